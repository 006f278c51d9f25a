"""The tile of a headline indicator: value, target, status, change, trend, published mark, and two ways on."""

from __future__ import annotations

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
from dashboard.store import remembered
from dashboard.ui.definition import open_definition
from dashboard.ui.html import plain, put, tag, wrap
from dashboard.ui.session import view as current_view


def tiles(*keys: str) -> None:
    """A row of tiles that wraps where the page is narrow."""
    view = current_view()
    with st.container(horizontal=True, gap="small", key=f"tiles-{keys[0]}"):
        for key in keys:
            _tile(CATALOGUE[key], view)


def _tile(indicator: Indicator, view: View) -> None:
    key = indicator.key
    with st.container(border=True, key=f"tile-{key}", gap=None):
        st.page_link(
            explaining(indicator.strand).file, label=plain(view.words(f"indicator.{key}.name")),
            width="stretch",  # streamlit takes what is held in the address along by itself
        )  # fmt: skip
        put(remembered(("tile", view.identity, key), lambda: _inside(indicator, view)))
        st.button(
            view.words("tile.definition"), key=f"define-{key}", type="tertiary",
            on_click=open_definition, args=(key,),
        )  # fmt: skip


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
