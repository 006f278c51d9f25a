"""An indicator's measurement in words: the same on tiles, slides and in briefs."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.figures.model import View
from dashboard.indicators.model import Assessment, Change, Indicator, Measurement, Reckoning, Status, measure, trailing
from dashboard.indicators.reconciliation import Published, Reconciled, published
from dashboard.settings import suppression_threshold
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
    number = said if unit == "share" else view.number(found.now.value, format.digits(unit))
    before, number, after = said.partition(number)
    return before, number, after


def say_detail(found: Measurement, view: View) -> str:
    """What stands behind a ratio: its numbers, its interval; or why there is no value."""
    now, unit = found.now, found.indicator.unit
    if now.withheld:
        return view.words("tile.withheld", threshold=suppression_threshold())
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
    target = format.quantity(found.target, found.indicator.unit, view.language)
    return view.words(f"status.{_standing(found.assessment)}", gap=_gap(found, found.assessment, view), target=target)


def say_standing(found: Measurement, view: View) -> str:
    """The same with its shape and without the target, where that stands beside it; a dash where there is none."""
    if found.assessment is None:
        return format.NOTHING
    said = view.words(f"standing.{_standing(found.assessment)}", gap=_gap(found, found.assessment, view))
    return f"{SHAPES[found.assessment.status]} {said}"


def _standing(assessment: Assessment) -> str:
    return "on_target" if assessment.status is Status.ON_TRACK and not assessment.gap else assessment.status.value


def _gap(found: Measurement, assessment: Assessment, view: View) -> str:
    """By how much, without a sign."""
    unit, gap = found.indicator.unit, abs(assessment.gap)
    if unit == "share":
        return format.quantity(gap, unit, view.language, sign=True).removeprefix("+")
    return view.number(gap, format.digits(unit))


def say_change(found: Measurement, view: View) -> str:
    """The difference to the period before, named."""
    if found.change is None:
        return view.words("tile.no_period_before")
    return _since("tile.change", found.change, view, amount=say_amount(found, view))


def say_amount(found: Measurement, view: View) -> str:
    """The difference to the period before alone; a dash where there is none."""
    if found.change is None:
        return format.NOTHING
    if not found.change.amount:
        return view.words("tile.no_change")
    return format.quantity(found.change.amount, found.indicator.unit, view.language, sign=True)


def say_since(found: Sequence[Measurement], view: View) -> str:
    """What the differences of measurements in one view are against, as a column's heading."""
    changes = [one.change for one in found if one.change]
    return _since("brief.change", changes[0], view) if changes else view.words("brief.no_change")


def _since(key: str, change: Change, view: View, **values: str) -> str:
    last = format.month(change.before.last, view.language, short=True)
    return view.words(key, months=len(change.period), last=last, **values)


def say_trend(found: Measurement, view: View) -> str:
    """What a point of the trend counts; of a stock, what was there at a month's end."""
    month = found.period.last
    kind = "stock" if found.indicator.reckoning is Reckoning.STOCK else (
        "month" if trailing(month, found.period).first == month else "six_months"
    )  # fmt: skip
    return view.words(f"tile.trend_{kind}")


def say_published(found: Measurement, view: View) -> str:
    """For the whole programme: whether what was published is what the records give; empty where nothing was."""
    figure: Published | None = published(view.store, view.filters).get(found.indicator.key)
    filters = view.filters
    if figure is None or filters.period or filters.themes or filters.sides or filters.countries:
        return ""
    agrees = Reconciled(figure, found.now.value or 0).agrees
    said = view.words(f"qualifier.{figure.qualifier}", value=view.number(figure.value))
    return view.words("tile.published_agrees" if agrees else "tile.published_differs", said=said)
