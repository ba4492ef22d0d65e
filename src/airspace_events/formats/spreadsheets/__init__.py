"""Reading of spreadsheets with any layout, using a mapping of their columns."""
