"""Reading of spreadsheets with any layout, by a mapping of their columns."""
