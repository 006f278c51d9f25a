"""A dashboard that shows what a science-cooperation programme achieved, read live from its database."""
