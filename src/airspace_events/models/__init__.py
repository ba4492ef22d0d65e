"""The records of a feed. Each module defines one type of record, or a few related types."""
