"""The tile of a headline indicator: value, target, status, change, trend, published mark, its definition, and from the
overview the way to the page that explains it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.charts.sparkline import sparkline
from dashboard.figures.measured import (
    SHAPES,
    measured,
    say_change,
    say_detail,
    say_published,
    say_status,
    say_trend,
    value_parts,
)
from dashboard.figures.model import View
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.model import Indicator, Measurement
from dashboard.sitemap import explaining
from dashboard.ui.definition import asked
from dashboard.ui.html import plain, put, tag, wrap
from dashboard.ui.session import view as current_view
from dashboard.ui.still import still


def tiles(keys: Sequence[str], view: View) -> str:
    """A row of tiles as markup, which wraps where the page is narrow, for the page that explains them."""
    return wrap("div", "".join(_named(CATALOGUE[key], view) for key in keys), "tiles")


def _named(indicator: Indicator, view: View) -> str:
    name = tag("div", view.words(f"indicator.{indicator.key}.name"), "name")
    return wrap("div", name + _inside(indicator, view), "tile")


def leading_tiles(*keys: str) -> None:
    """A row of tiles each of which leads to the page that explains it. The link is streamlit's, which changes the page
    without loading it anew and takes along what is held in the address: such a tile is three pieces, not one."""
    view = current_view()
    with st.container(horizontal=True, gap="small", key=f"tiles-{keys[0]}"):
        still(f"tiles {keys}", view, lambda: _leading(keys, view))


def _leading(keys: tuple[str, ...], view: View) -> None:
    for key in keys:
        indicator = CATALOGUE[key]
        with st.container(border=True, key=f"tile-{key}", gap=None):
            st.page_link(
                explaining(indicator.strand).file, label=plain(view.words(f"indicator.{key}.name")), width="stretch"
            )
            put(_inside(indicator, view))


def _inside(indicator: Indicator, view: View) -> str:
    found = measured(indicator, view)
    return "".join(
        (
            _value(found, view),
            tag("div", say_detail(found, view), "detail"),
            _trend(found, view),
            _status(found, view),
            tag("div", say_change(found, view), "change"),
            tag("div", say_published(found, view), "published"),
            asked(indicator.key, view),
        )
    )


def _value(found: Measurement, view: View) -> str:
    """The value, its unit's words smaller than its number."""
    before, number, after = value_parts(found, view)
    inner = tag("small", before) + tag("span", number) + tag("small", after)
    return wrap("div", inner, "value", id=f"tile-{found.indicator.key}")


def _trend(found: Measurement, view: View) -> str:
    """How the value went month by month, as a line; the value's change stands beside it in words."""
    drawn = sparkline([value for _, value in found.trend], view.colours.muted, view.colours.grid)
    line = wrap("img", "", src=drawn, alt="") if drawn else ""
    return wrap("div", line, "spark", title=say_trend(found, view))


def _status(found: Measurement, view: View) -> str:
    said = say_status(found, view)
    if found.assessment is None:
        return tag("div", said, "status none")
    status = found.assessment.status
    return wrap("div", tag("span", SHAPES[status], "shape") + " " + tag("span", said), f"status {status}")
