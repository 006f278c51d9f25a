"""The database of record, and the snapshot of it that every page reads."""
