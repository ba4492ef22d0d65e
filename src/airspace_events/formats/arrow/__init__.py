"""Nested tables in Apache Arrow and Parquet."""
