"""Flat tables, for CSV files and data frames."""
