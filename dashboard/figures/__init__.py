"""Figures: what is asked, how it is drawn, what its records are. One declaration serves page, file and slide."""
