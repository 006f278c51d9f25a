"""What the figures say, in sentences made by rules: the same on pages, slides and briefs.

A rule says only what its figure carries, and nothing where there is too little to say it. Each sentence names the page
and the figure that show it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dashboard import statistics
from dashboard.figures.helpdesk_usual import usual
from dashboard.figures.model import Tone, View
from dashboard.figures.register import PAGES
from dashboard.figures.surviving import surviving
from dashboard.indicators.catalogue import CATALOGUE, INDICATORS
from dashboard.indicators.model import Change, Indicator, Measurement, Status, measure, months
from dashboard.queries import events, partnerships, training
from dashboard.settings import suppression_threshold
from dashboard.text import format

RARE = ("events", "presentations", "partnerships", "reports")
"""Counts whose events come one by one, so that chance alone makes them vary as Poisson's law says. Applications come in
bunches at deadlines, cases after events: they are not among them."""

CASES = "help_desk_cases"

ENOUGH_MONTHS = 12
"""Months from which on a sentence, which is quoted without its chart, leans on control limits."""

CONCENTRATED = 0.25
"""A place with this share of the people reached is worth a sentence."""

MOST_NAMED = 3


SHAPES = {Tone.GOOD: "▲", Tone.BAD: "▼", Tone.PLAIN: "•"}


PRESSING = (Tone.BAD, Tone.GOOD, Tone.PLAIN)


@dataclass(frozen=True)
class Finding:
    """One sentence, the page (its key in the sitemap) and the figure's card that show it."""

    said: str
    tone: Tone
    page: str
    figure: str


def findings(view: View) -> list[Finding]:
    """Every sentence that the record carries in this view, the most pressing first."""
    measured = {one.key: measure(one, view.filters, view.store, view.programme) for one in INDICATORS}
    changes = [*_rare_changes(measured, view), *_change_of_cases(measured[CASES].change, view)]
    found = [
        *_behind(measured, view),
        *_ahead(measured, view),
        *(one for is_signal, one in changes if is_signal),
        *_unusual_months(view),
        *_concentration(view),
        *(one for is_signal, one in changes if not is_signal),
        *_missing(measured, view),
    ]
    return found or [Finding(view.words("finding.none"), Tone.PLAIN, "overview", "results_chain")]


def standing_out(page: str, view: View) -> list[Finding]:
    """What went well on a page and what did not, as far as its indicators and figures carry it, weaknesses first.

    Figures judge by rules of their own what their titles say; one that cannot be made says nothing here."""
    measured = {one.key: measure(one, view.filters, view.store, view.programme) for one in INDICATORS}
    here = {key: one for key, one in measured.items() if _page(one.indicator) == page}
    found = [*_behind(here, view), *_ahead_alone(here, view), *_judged(page, view)]
    return sorted(
        (replace(one, said=one.said.rstrip(".。")) for one in found), key=lambda one: PRESSING.index(one.tone)
    )


def _judged(page: str, view: View) -> Iterator[Finding]:
    for figure in PAGES[page]:
        if figure.judge:
            with surviving("figure", figure.name):
                frame = figure.frame(view)
                tone = None if frame.empty or figure.hides_all(frame) else figure.judge(frame, view)
                if tone:
                    yield Finding(figure.say_title(frame, view), tone, page, figure.name)


def _value(value: float | None, indicator: Indicator, view: View) -> str:
    return format.quantity(value, indicator.unit, view.language)


def _page(indicator: Indicator) -> str:
    return {"reach": "events", "partnering": "partnerships", "help_desk": "helpdesk"}.get(
        indicator.strand, indicator.strand.value
    )


def _shown_in(indicator: Indicator) -> str:
    """The tile or figure of its page that shows an indicator."""
    return "success" if indicator.key == "application_success_rate" else f"tile-{indicator.key}"


def _gap(one: Measurement) -> float:
    """By how much of its plan an indicator differs from it, better being more."""
    assert one.assessment
    share = one.assessment.gap / one.assessment.planned if one.assessment.planned else one.assessment.gap
    return -share if one.indicator.lower_is_better else share


def _assessed(measured: dict[str, Measurement], status: Status) -> list[Measurement]:
    found = [one for one in measured.values() if one.assessment and one.assessment.status is status]
    return sorted(found, key=lambda one: abs(_gap(one)), reverse=True)


def _against(one: Measurement, view: View, key: str) -> str:
    assert one.assessment
    return view.words(
        key,
        name=view.words(f"indicator.{one.indicator.key}.name"),
        actual=_value(one.now.value, one.indicator, view),
        planned=_value(one.assessment.planned, one.indicator, view),
    )


def _behind(measured: dict[str, Measurement], view: View) -> Iterator[Finding]:
    for one in _assessed(measured, Status.BEHIND):
        yield Finding(
            _against(one, view, "finding.behind"), Tone.BAD, _page(one.indicator), _shown_in(one.indicator)
        )


def _ahead(measured: dict[str, Measurement], view: View) -> Iterator[Finding]:
    assessed = [one for one in measured.values() if one.assessment]
    if assessed and not _assessed(measured, Status.BEHIND):
        said = view.words("finding.all_met", count=view.number(len(assessed)))
        yield Finding(said, Tone.GOOD, "overview", "results_chain")
    yield from _ahead_alone(measured, view)


def _ahead_alone(measured: dict[str, Measurement], view: View) -> Iterator[Finding]:
    if ahead := _assessed(measured, Status.AHEAD):
        names = [_against(one, view, "finding.ahead_one") for one in ahead[:MOST_NAMED]]
        said = view.words("finding.ahead", names=format.listing(names, view.language))
        yield Finding(said, Tone.GOOD, _page(ahead[0].indicator), _shown_in(ahead[0].indicator))


def _rare_changes(measured: dict[str, Measurement], view: View) -> Iterator[tuple[bool, Finding]]:
    """Rare counts that differ from the period before, and whether by more than chance makes them."""
    for key in RARE:
        change = measured[key].change
        if change is None:
            continue
        before, now = _counts(key, change, view)
        ratio = statistics.poisson_rate_ratio(before, now)
        if ratio is not None and before != now:
            chance = ratio.interval.low <= 1 <= ratio.interval.high
            yield from _changed(key, change, (before, now), view, not chance, f"tile-{key}")


def _change_of_cases(change: Change | None, view: View) -> Iterator[tuple[bool, Finding]]:
    """Whether the help desk's cases changed by more than they usually vary from month to month: beyond their
    usual variation where a month of the period is a signal in the change's direction, within it where no month of
    either period is one; nothing is said of what lies between."""
    if change is None:
        return
    before, now = _counts(CASES, change, view)
    known = usual(view)
    if not known.limits or len(known.cases) < ENOUGH_MONTHS or before == now:
        return
    figure = f"tile-{CASES}" if view.filters.period else "case_volume"  # which shows no more than the chosen period
    above = {month: known.cases[month] > known.limits.centre for month in known.signals}
    if any(above.get(month) is (now > before) for month in change.period.months()):
        yield from _changed(CASES, change, (before, now), view, True, figure)
    elif not above.keys() & {*change.before.months(), *change.period.months()}:
        yield from _changed(CASES, change, (before, now), view, False, figure)


def _counts(key: str, change: Change, view: View) -> tuple[int, int]:
    """What was counted in the period before and in the period."""
    record = months(CATALOGUE[key], view.filters, view.store)
    return int(record.value(change.before).numerator), int(record.value(change.period).numerator)


def _changed(
    key: str, change: Change, counts: tuple[int, int], view: View, is_signal: bool, figure: str
) -> Iterator[tuple[bool, Finding]]:
    """Whether a change is a signal, and its sentence. While the period's last month is running, only a rise that is a
    signal can be told."""
    before, now = counts
    rose = now > before
    if view.programme.unfinished(change.period.last) and not (rose and is_signal):
        return
    form = ("rose" if rose else "fell") if is_signal else "within"
    said = view.words(
        f"finding.cases_{form}" if key == CASES else f"finding.{form}",
        name=view.words(f"indicator.{key}.name"), before=view.number(before), now=view.number(now),
        months=view.number(len(change.period)), last=format.month(change.before.last, view.language),
    )  # fmt: skip
    tone = (Tone.GOOD if rose else Tone.BAD) if is_signal and key != CASES else Tone.PLAIN
    yield is_signal, Finding(said, tone, _page(CATALOGUE[key]), figure)


def _unusual_months(view: View) -> Iterator[Finding]:
    """The strongest of the help desk's months beyond the limits of their usual variation."""
    period, known = view.filters.period or view.programme.elapsed, usual(view)
    if not known.limits or len(known.cases) < ENOUGH_MONTHS:
        return
    limits, cases = known.limits, known.cases
    outside = [month for month, kind in known.signals.items() if kind == "outside" and month in period]
    if not outside:
        return
    strongest = max(outside, key=lambda month: abs(cases[month] - limits.centre))
    high = cases[strongest] > limits.high
    said = view.words(
        "finding.unusually_many" if high else "finding.unusually_few",
        month=format.month(strongest, view.language), count=view.number(cases[strongest]),
        limit=view.number(limits.high if high else limits.low, 2, fixed=True),  # as the chart's line is labelled
    )  # fmt: skip
    yield Finding(said, Tone.PLAIN, "helpdesk", "case_volume")


def _concentration(view: View) -> Iterator[Finding]:
    every, cities = view.store.value(events.people(view.filters)), view.frame(events.places).dropna(subset=["city"])
    most = cities["participants"].max()  # the largest: what is hidden is smaller
    if len(cities) > 1 and every and most / every >= CONCENTRATED:
        top = cities.loc[cities["participants"].idxmax()]
        said = view.words(
            "finding.concentrated",
            place=view.city(top["city"], top["country"]), share=format.share(most / every, view.language),
        )  # fmt: skip
        yield Finding(said, Tone.PLAIN, "events", "event_map")
    members = view.localise(view.frame(partnerships.organisations), "name")
    count = len(view.frame(partnerships.partnerships))
    if count > MOST_NAMED and members["partnerships"].max() * 2 >= count:
        top = members.loc[members["partnerships"].idxmax()]
        said = view.words(
            "finding.single_partner", name=top["name"], count=view.number(top["partnerships"]), all=view.number(count)
        )
        yield Finding(said, Tone.PLAIN, "partnerships", "partnership_map")


def _missing(measured: dict[str, Measurement], view: View) -> Iterator[Finding]:
    """What the record does not tell: answers, results and uses that are outstanding."""
    cases, answered = measured["help_desk_cases"].now.numerator, measured["first_response_days"].now.numerator
    made, decided = (measured[key].now for key in ("applications_supported", "application_success_rate"))
    asked = view.frame(training.totals)["answers"].fillna(0).iloc[0]
    applied = measured["applied_after_six_months"].now
    unknown = asked - (applied.denominator or 0)
    if applied.withheld or unknown < suppression_threshold():
        unknown = 0  # too few people to tell of
    unused = measured["reports_used"].now
    reports = unused.denominator or 0
    counts = (
        ("unanswered", cases - answered, cases, "helpdesk", "case_table"),
        ("undecided", made.numerator - (decided.denominator or 0), made.numerator, "helpdesk", "pathways"),
        ("unknown", unknown, asked, "training", "behaviour"),
        ("unused", reports - unused.numerator, reports, "dialogue", "report_timeline"),
    )
    for key, count, among, page, figure in counts:
        if count:
            said = view.words(f"finding.{key}", count=view.number(count), all=view.number(among))
            yield Finding(said, Tone.PLAIN, page, figure)
