"""Synthetic feeds: made-up records with the shapes and the sizes of real ones."""
