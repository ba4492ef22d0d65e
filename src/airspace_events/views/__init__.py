"""Views: overviews of records, reports and dossiers for a notebook or a terminal."""
