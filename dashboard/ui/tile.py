"""The tile of a headline indicator: value, target, status, change, trend, published mark, and two ways on."""

from __future__ import annotations

import streamlit as st

from dashboard.charts.sparkline import sparkline
from dashboard.figures.model import View
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.model import Indicator, Measurement, Status, measure
from dashboard.indicators.reconciliation import Published, Reconciled, published
from dashboard.settings import settings
from dashboard.sitemap import explaining
from dashboard.store import remembered
from dashboard.text import format
from dashboard.ui.definition import open_definition
from dashboard.ui.html import plain, put, tag, wrap
from dashboard.ui.session import view as current_view

YEAR = 12
SHAPES = {Status.AHEAD: "▲", Status.ON_TRACK: "●", Status.BEHIND: "▼"}


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
    measured = measure(indicator, view.filters, view.store, view.programme)
    return "".join(
        (
            _value(measured, view),
            tag("div", _detail(measured, view), "detail"),
            _trend(measured, view),
            _status(measured, view),
            tag("div", say_change(measured, view), "change"),
            _mark(indicator, measured, view),
        )
    )


def _value(measured: Measurement, view: View) -> str:
    """The value, its unit's words smaller than its number."""
    now, unit = measured.now.value, measured.indicator.unit
    said = format.quantity(now, unit, view.language)
    number = said if unit == "share" else view.number(now, 1 if unit in format.WITH_DECIMAL else 0)
    before, number, after = said.partition(number)
    inner = tag("small", before) + tag("span", number) + tag("small", after)
    return wrap("div", inner, "value", id=f"tile-{measured.indicator.key}")


def _trend(measured: Measurement, view: View) -> str:
    """How the value went month by month, as a line; the value's change stands beside it in words."""
    drawn = sparkline([value for _, value in measured.trend], view.colours.muted, view.colours.grid)
    key = "six_months" if len(measured.period) > YEAR else "month"
    line = wrap("img", "", src=drawn, alt="") if drawn else ""
    return wrap("div", line, "spark", title=view.words(f"tile.trend_{key}"))


def _detail(measured: Measurement, view: View) -> str:
    """What stands behind a ratio: its numbers, its interval; or why there is no value."""
    now, unit = measured.now, measured.indicator.unit
    if now.withheld:
        return view.words("tile.withheld", threshold=settings().suppression_threshold)
    if now.value is None:
        return view.words("tile.no_value")
    if measured.ignored:
        return view.words(
            "tile.ignores",
            filters=format.listing([view.words(f"tile.ignored_{name}") for name in measured.ignored], view.language),
        )
    if now.interval:
        low, high = (format.quantity(bound, unit, view.language) for bound in (now.interval.low, now.interval.high))
        return view.words("tile.interval", low=low, high=high, n=view.number(now.denominator))
    if now.denominator:
        return view.words("tile.of", n=view.number(now.denominator))
    return view.words("tile.answered", n=view.number(now.numerator)) if unit == "working_days" else ""


def say_status(measured: Measurement, view: View) -> str:
    """Ahead, on track or behind, and by how much of which target."""
    if measured.assessment is None or measured.target is None:
        return view.words("status.none")
    unit = measured.indicator.unit
    gap = abs(measured.assessment.gap)
    said = (
        format.quantity(gap, unit, view.language, sign=True).removeprefix("+")
        if unit == "share"
        else view.number(gap, 1 if unit in format.WITH_DECIMAL else 0)
    )
    status = measured.assessment.status
    key = "on_target" if status is Status.ON_TRACK and not measured.assessment.gap else status.value
    return view.words(f"status.{key}", gap=said, target=format.quantity(measured.target, unit, view.language))


def _status(measured: Measurement, view: View) -> str:
    if measured.assessment is None:
        return tag("div", say_status(measured, view), "status none")
    status = measured.assessment.status
    return wrap(
        "div", tag("span", SHAPES[status], "shape") + " " + tag("span", say_status(measured, view)), f"status {status}"
    )


def say_change(measured: Measurement, view: View) -> str:
    """The difference to the period before, named."""
    change = measured.change
    if change is None:
        return view.words("tile.no_period_before")
    unit = measured.indicator.unit
    amount = (
        format.quantity(change.amount, unit, view.language, sign=True)
        if change.amount
        else view.words("tile.no_change")
    )
    return view.words(
        "tile.change",
        amount=amount,
        months=len(change.period),
        last=format.month(change.before.last, view.language, short=True),
    )


def _mark(indicator: Indicator, measured: Measurement, view: View) -> str:
    """For the whole programme: whether what was published is what the records give."""
    figure: Published | None = published(view.store, view.filters).get(indicator.key)
    unfiltered = view.filters.period is None and not (
        view.filters.themes or view.filters.sides or view.filters.countries
    )
    if figure is None or not unfiltered:
        return tag("div", "", "published")
    agrees = Reconciled(figure, measured.now.value or 0).agrees
    said = view.words(f"qualifier.{figure.qualifier}", value=view.number(figure.value))
    return tag(
        "div", view.words("tile.published_agrees" if agrees else "tile.published_differs", said=said), "published"
    )
