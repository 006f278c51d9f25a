"""An indicator's measurement in words: the same on tiles, slides and in briefs."""

from __future__ import annotations

from dashboard.figures.model import View
from dashboard.indicators.model import Indicator, Measurement, Status, measure
from dashboard.indicators.reconciliation import Published, Reconciled, published
from dashboard.settings import settings
from dashboard.text import format

SHAPES = {Status.AHEAD: "▲", Status.ON_TRACK: "●", Status.BEHIND: "▼"}


def measured(indicator: Indicator, view: View) -> Measurement:
    return measure(indicator, view.filters, view.store, view.programme)


def say_value(found: Measurement, view: View) -> str:
    """The value with its unit."""
    return format.quantity(found.now.value, found.indicator.unit, view.language)


def value_parts(found: Measurement, view: View) -> tuple[str, str, str]:
    """The value's number, and the words of its unit before and after it."""
    unit, said = found.indicator.unit, say_value(found, view)
    number = said if unit == "share" else view.number(found.now.value, 1 if unit in format.WITH_DECIMAL else 0)
    before, number, after = said.partition(number)
    return before, number, after


def say_detail(found: Measurement, view: View) -> str:
    """What stands behind a ratio: its numbers, its interval; or why there is no value."""
    now, unit = found.now, found.indicator.unit
    if now.withheld:
        return view.words("tile.withheld", threshold=settings().suppression_threshold)
    if now.value is None:
        return view.words("tile.no_value")
    if found.ignored:
        return view.words(
            "tile.ignores",
            filters=format.listing([view.words(f"tile.ignored_{name}") for name in found.ignored], view.language),
        )
    if now.interval:
        low, high = (format.quantity(bound, unit, view.language) for bound in (now.interval.low, now.interval.high))
        return view.words("tile.interval", low=low, high=high, n=view.number(now.denominator))
    if now.denominator:
        return view.words("tile.of", n=view.number(now.denominator))
    return view.words("tile.answered", n=view.number(now.numerator)) if unit == "working_days" else ""


def say_status(found: Measurement, view: View) -> str:
    """Ahead, on track or behind, and by how much of which target."""
    if found.assessment is None or found.target is None:
        return view.words("status.none")
    unit = found.indicator.unit
    gap = abs(found.assessment.gap)
    said = (
        format.quantity(gap, unit, view.language, sign=True).removeprefix("+")
        if unit == "share"
        else view.number(gap, 1 if unit in format.WITH_DECIMAL else 0)
    )
    status = found.assessment.status
    key = "on_target" if status is Status.ON_TRACK and not found.assessment.gap else status.value
    return view.words(f"status.{key}", gap=said, target=format.quantity(found.target, unit, view.language))


def say_change(found: Measurement, view: View) -> str:
    """The difference to the period before, named."""
    change = found.change
    if change is None:
        return view.words("tile.no_period_before")
    amount = (
        format.quantity(change.amount, found.indicator.unit, view.language, sign=True)
        if change.amount
        else view.words("tile.no_change")
    )
    return view.words(
        "tile.change",
        amount=amount,
        months=len(change.period),
        last=format.month(change.before.last, view.language, short=True),
    )


def say_published(found: Measurement, view: View) -> str:
    """For the whole programme: whether what was published is what the records give; empty where nothing was."""
    figure: Published | None = published(view.store, view.filters).get(found.indicator.key)
    filters = view.filters
    if figure is None or filters.period or filters.themes or filters.sides or filters.countries:
        return ""
    agrees = Reconciled(figure, found.now.value or 0).agrees
    said = view.words(f"qualifier.{figure.qualifier}", value=view.number(figure.value))
    return view.words("tile.published_agrees" if agrees else "tile.published_differs", said=said)
