"""Rules that compare records with each other."""
