"""A talk from these results: its slides, their order, its start and its files."""

from dashboard.ui.html import put, tag
from dashboard.ui.page import title
from dashboard.ui.session import view
from dashboard.ui.talk import choose_form, choose_talk, headline, held_talk, list_slides
from dashboard.ui.talk_files import files, start

talk = held_talk()
title(headline)
put(tag("p", view().words("present.about"), "on-screen"))
choose_talk(talk)
list_slides(talk)
if talk.names:
    choose_form(talk)
    start(talk)
    files(talk)
