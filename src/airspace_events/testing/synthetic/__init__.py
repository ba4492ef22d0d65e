"""Synthetic feeds: made-up records that resemble real ones in shape and size."""
