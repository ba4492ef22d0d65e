"""Diagnostics: pydantic errors in words, and suggestions of what was meant."""
