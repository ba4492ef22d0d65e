"""Synthetic feeds: made-up records that resemble real records in shape and size."""
