"""A talk as one document that needs nothing but a browser."""
