"""What the dashboard stands on: the record, how full and how sound it is, its tables, and what the words mean."""

from dashboard.figures import data, data_checks, data_words
from dashboard.figures.overview import RECONCILIATION
from dashboard.ui.data import broken_rows, choose_table, definitions, programme_card, template_download
from dashboard.ui.figure_card import section, show
from dashboard.ui.page import title
from dashboard.ui.take_back import take_back
from dashboard.ui.upload import bring_in

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

section("data.bring", "on-screen")
template_download()
bring_in()

section("data.batches")
show(data.BATCHES)
take_back()

section("data.words")
definitions()
show(data_words.DEFINITIONS)
show(data_words.GLOSSARY)
