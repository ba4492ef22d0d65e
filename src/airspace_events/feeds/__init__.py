"""Feeds: which bytes are which record, and which record makes which bytes."""
