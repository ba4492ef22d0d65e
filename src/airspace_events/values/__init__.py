"""The values in the fields of records. Each module defines one kind of value."""
