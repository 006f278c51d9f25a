"""What the dashboard asks of the snapshot: one function a question, from Filters to a Select for DuckDB."""
