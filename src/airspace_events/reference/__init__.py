"""Reference data: the records that are built into the library."""
