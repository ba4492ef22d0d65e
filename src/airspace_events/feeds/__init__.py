"""Reads and writes feeds: records as bytes, and bytes as records."""
