"""The register names every figure once, under the page that shows it."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import dashboard.figures
from dashboard.figures.model import Figure
from dashboard.figures.register import FIGURES, PAGES, page_of
from dashboard.sitemap import PAGES as SITES
from tests.pages.conftest import markup, visit  # noqa: F401 - a fixture

OTHER_LOOKS = {"globe", "europe", "japan"}
BEHIND_A_CHOICE = ("progress-", "reach_by_", "newcomers_", "cases_around_", "cases_by_", "arrivals-", "public_table-")
"""Of these a page shows one at a time."""
WITHOUT_CORDIS = [site for site in SITES if site.key in PAGES and site.key != "framework"]


def held() -> set[Figure]:
    found: set[Figure] = set()
    for module in pkgutil.iter_modules(dashboard.figures.__path__):
        for value in vars(importlib.import_module(f"dashboard.figures.{module.name}")).values():
            several = value.values() if isinstance(value, dict) else [value]
            found |= {one for one in several if isinstance(one, Figure)}
    return found


def test_every_figure_is_registered_but_other_looks_at_the_same() -> None:
    missing = [one for one in held() if one.name not in FIGURES]
    assert {one.variant for one in missing} == OTHER_LOOKS
    assert all(one.key in FIGURES or f"{one.key}-" in " ".join(FIGURES) for one in missing)


def test_no_name_stands_twice() -> None:
    assert sum(map(len, PAGES.values())) == len(FIGURES)


@pytest.mark.parametrize("site", WITHOUT_CORDIS, ids=lambda site: site.key)
def test_a_page_shows_the_figures_registered_for_it(visit, demo_url: str, site) -> None:  # noqa: F811
    """In the same order; a page may repeat another's figures."""
    shown = re.findall(r'<h3 id="([^"]+)"', markup(visit(demo_url, site)))
    shown = [name for name in shown if not name.startswith("progress-") and page_of(name) == site.key]
    names = [one.name for one in PAGES[site.key]]
    assert shown == [name for name in names if name in shown]
    assert [name for name in names if name not in shown and not name.startswith(BEHIND_A_CHOICE)] == []


def test_the_page_of_a_figure() -> None:
    assert page_of("case_volume") == "helpdesk"
    assert page_of("partnership_matrix") == "partnerships"
