"""Compare two feeds, merge several feeds, and split a merged feed."""
