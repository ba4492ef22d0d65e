"""Spreadsheets of others, read by a mapping of their columns."""
