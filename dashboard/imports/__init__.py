"""Bringing records into the programme database."""
