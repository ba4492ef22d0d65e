"""Read spreadsheets with any layout, using a mapping of their columns."""
