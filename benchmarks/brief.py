"""Seconds that a brief takes, by language: `python -m benchmarks.brief`, of the database of DASHBOARD_DATABASE_URL."""

from __future__ import annotations

from time import perf_counter

from dashboard.commands.choosing import chosen_view
from dashboard.figures.briefing import brief
from dashboard.text import LANGUAGES


def main() -> None:
    for language in LANGUAGES:
        view = chosen_view(language, first=None, last=None, theme=(), side=(), country=(), programme=None)
        begun = perf_counter()
        made = brief(view, lambda *_: None)
        print(f"brief {language}  {perf_counter() - begun:5.1f} s  {len(made) / 1024:5.0f} KB")


if __name__ == "__main__":
    main()
