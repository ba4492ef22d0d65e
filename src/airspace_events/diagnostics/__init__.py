"""Diagnostics: messages for the errors of pydantic, and suggestions for corrections."""
