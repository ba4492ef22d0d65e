"""The values that records are made of. Each module holds one kind of value."""
