"""Flat tables: CSV, and data frames."""
