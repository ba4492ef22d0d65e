"""Reads spreadsheets of any layout, by a mapping of their columns."""
