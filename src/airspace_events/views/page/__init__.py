"""A page for readers, with a map, a timeline and a table of the incidents of a dossier."""
