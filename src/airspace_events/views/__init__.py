"""Views: records, reports and dossiers at one glance, for a notebook or a terminal."""
