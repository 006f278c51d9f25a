"""What the dashboard stands on: the record, how full and how sound it is, its tables, and what the words mean."""

from dashboard.figures import data, data_checks, data_words
from dashboard.figures.overview import RECONCILIATION
from dashboard.ui.bringing import bring_records
from dashboard.ui.data import broken_rows, choose_table, definitions, programme_card
from dashboard.ui.figure_card import section, show
from dashboard.ui.page import title
from dashboard.ui.take_back import imports

title(data_checks.headline)

section("data.programme")
programme_card()

section("data.record")
show(data.HOLDINGS)
show(data.REACH)
show(data.COMPLETENESS)
show(data.COLUMNS)

section("data.quality")
show(data_checks.CHECKS)
broken_rows()

section("data.published")
show(RECONCILIATION)

section("data.tables")
choose_table()

bring_records()

section("data.batches")
imports()

section("data.words")
show(data_words.DEFINITIONS)
definitions()
show(data_words.GLOSSARY)
