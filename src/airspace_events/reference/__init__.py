"""Reference data: records that are built into the library."""
