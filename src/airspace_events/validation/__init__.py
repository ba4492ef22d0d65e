"""Validation: reads feeds and reports every problem in them."""
