"""Writes the demonstration's records: `python -m dashboard.demonstration` fills data/demo/ anew, always the same.

The script (`script.py`) is written by hand: what took place where, who worked with whom. What comes in numbers
(attendance, cases, training results, use of the information services) is drawn by a random generator with a fixed
seed, so that the totals are the programme's published figures and their course in time is plausible. Nothing in it is
a record of JEUPISTE unless its `source` names where that was published.
"""
