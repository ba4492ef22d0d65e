"""The Apache Arrow and Parquet formats, with nested tables."""
