"""Validation of feeds, with a report of every problem."""
