"""Validate feeds, and report every problem."""
