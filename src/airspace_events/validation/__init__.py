"""Validation: reads a feed and says everything that is wrong with it."""
