"""The records: what a feed holds. Each module holds one kind of record, or two close ones."""
