"""Apache Arrow and Parquet: nested tables."""
