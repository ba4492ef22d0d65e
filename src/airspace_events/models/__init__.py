"""The record types of a feed. Each module defines one record type, or a few related types."""
