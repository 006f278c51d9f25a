"""Intervals, effect sizes, control limits, percentiles and working days.

Pure functions of numbers and dates; they know nothing of the programme. Missing values must be dropped before: a value
that is not a finite number raises ValueError instead of spoiling a result unseen. Intervals are of 95 % confidence.

scipy is imported on first use, for it is slow to import.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import accumulate, groupby, pairwise
from math import fsum, inf, isclose, isfinite, sqrt
from zoneinfo import ZoneInfo

CONFIDENCE = 0.95
RUN_LENGTH = 8
DAYS_A_MONTH = 365.2425 / 12

Histogram = Mapping[float, int] | Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, in the unit of the estimate that it belongs to."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Mean:
    n: int
    value: float
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class PairedGain:
    n: int
    mean_difference: float
    interval: Interval | None
    hedges_g: float | None = None


@dataclass(frozen=True, slots=True)
class XmR:
    """A process behaviour chart: `low` and `high` are the natural process limits around `centre`."""

    centre: float
    low: float
    high: float
    mean_moving_range: float
    range_high: float
    outside: tuple[int, ...]
    runs: tuple[range, ...]

    @property
    def signals(self) -> tuple[int, ...]:
        """Every index that is outside the limits or in a run, in order."""
        return tuple(sorted({*self.outside, *(index for run in self.runs for index in run)}))


@dataclass(frozen=True, slots=True)
class NetPromoter:
    promoters: int
    passives: int
    detractors: int
    score: float
    interval: Interval | None

    @property
    def n(self) -> int:
        return self.promoters + self.passives + self.detractors


@dataclass(frozen=True, slots=True)
class RateRatio:
    ratio: float
    interval: Interval


def wilson(successes: int, n: int, confidence: float = CONFIDENCE) -> Interval | None:
    """Wilson's score interval of a share (0 to 1), without continuity correction.

    None when n is 0. With no success it starts at 0, with nothing but successes it ends at 1, and it always holds the
    share itself. ValueError when successes are below 0 or above n.
    Source: Wilson (1927), JASA 22; method 3 of Newcombe (1998), Statistics in Medicine 17.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} successes of {n}: they must lie between 0 and n")
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence of {confidence}: it must lie between 0 and 1")
    if n == 0:
        return None
    z = _normal_quantile(confidence)
    share = successes / n
    centre = (successes + z**2 / 2) / (n + z**2)
    margin = z / (n + z**2) * sqrt(n * share * (1 - share) + z**2 / 4)
    return Interval(max(0.0, min(share, centre - margin)), min(1.0, max(share, centre + margin)))


def mean_interval(values: Iterable[float]) -> Mean | None:
    """The arithmetic mean with Student's t interval, in the unit of the values.

    None without values; one value has no interval. When all are equal the interval has no width: nothing was seen to
    vary, which with few values is no proof that nothing does.
    Source: Student (1908), Biometrika 6; Altman et al. (2000), Statistics with Confidence, ch. 4.
    """
    numbers = _finite(values)
    if not numbers:
        return None
    mean = _mean(numbers)
    return Mean(len(numbers), mean, _t_interval(len(numbers), mean, _deviation(numbers)))


def paired_gain(before: Iterable[float], after: Iterable[float]) -> PairedGain | None:
    """What the same people gained: mean of after − before, its t interval, and Hedges' g.

    `before` and `after` hold one person at the same place, in the same unit, which is also that of the mean and the
    interval; ValueError when their lengths differ. The effect size is Hedges' g_av: the mean difference by the average
    of the two standard deviations, times 1 − 3 / (4·2n − 9), the correction for small samples. It has no unit.

    None without pairs; one pair has neither interval nor g. When every difference is equal the interval has no width;
    when neither the scores before nor those after vary, g is None.
    Source: Lakens (2013), Frontiers in Psychology 4:863, formulas 4 and 10.
    """
    befores, afters = _finite(before), _finite(after)
    gain = mean_interval([later - earlier for earlier, later in zip(befores, afters, strict=True)])
    if gain is None:
        return None
    spread = (_deviation(befores) + _deviation(afters)) / 2
    return PairedGain(gain.n, gain.value, gain.interval, _hedges_g(gain.n, gain.value, spread))


def paired_gain_from_sums(
    n: int, sum_difference: float, sum_squared_difference: float, spread: float | None = None
) -> PairedGain | None:
    """Mean and interval of `paired_gain` from sums over the pairs, such as a database returns them.

    The sums are those of after − before and of its square. Hedges' g can't be told from them: it wants `spread`, the
    average of the standard deviations of before and of after (`deviation_from_sums`), and is None without.
    None when n is 0; one pair has no interval. ValueError when n is below 0 or no n differences have such sums.
    """
    if n < 0:
        raise ValueError(f"{n} pairs: there can't be fewer than none")
    if n == 0:
        return None
    mean = sum_difference / n
    deviation = deviation_from_sums(n, sum_difference, sum_squared_difference)
    return PairedGain(n, mean, _t_interval(n, mean, deviation), _hedges_g(n, mean, spread or 0.0))


def deviation_from_sums(n: int, total: float, squares: float) -> float:
    """The standard deviation (n − 1) of n numbers by their sum and the sum of their squares; 0 for a single number.

    ValueError when no n numbers have such sums. What is left by rounding of numbers that are all equal counts as 0.
    """
    left, rounding = squares - total**2 / n, 1e-9 * abs(squares)
    if not left >= -rounding:
        raise ValueError(f"no {n} differences have the sum {total} and squares {squares}")
    return sqrt(left / (n - 1)) if n > 1 and left > rounding else 0.0


def xmr(values: Iterable[float], floor: float | None = None) -> XmR | None:
    """Natural process limits of a series in the order of time: what routine variation alone would bring.

    The limits are mean ± 2.66 × mean moving range, and moving ranges up to 3.268 × their mean are routine. `floor` is
    the least that is possible (0 for counts), and the lower limit never lies below it. `outside` are the indexes beyond
    the limits, `runs` the stretches of eight or more values on one side of the centre; a value on the centre (or on a
    limit) belongs to neither side and so ends a run.

    None for fewer than two values; limits are of little use below five or six. When all values are equal, the limits
    coincide with the centre and nothing is a signal.
    Source: Wheeler (2000), Understanding Variation, 2nd ed., appendix (constants 2.660 and 3.268; detection rules).
    """
    numbers = _finite(values)
    if len(numbers) < 2:
        return None
    centre = _mean(numbers)
    moving = _mean([abs(later - earlier) for earlier, later in pairwise(numbers)])
    high, low = centre + 2.66 * moving, centre - 2.66 * moving
    if floor is not None:
        low = max(low, floor)

    def side(index: int) -> bool | None:
        on_centre = isclose(numbers[index], centre, rel_tol=1e-9, abs_tol=1e-9 * moving)
        return None if on_centre else numbers[index] > centre

    stretches = [(which, list(indexes)) for which, indexes in groupby(range(len(numbers)), side)]
    return XmR(
        centre=centre,
        low=low,
        high=high,
        mean_moving_range=moving,
        range_high=3.268 * moving,
        outside=tuple(index for index, number in enumerate(numbers) if not low <= number <= high),
        runs=tuple(
            range(indexes[0], indexes[-1] + 1)
            for which, indexes in stretches
            if which is not None and len(indexes) >= RUN_LENGTH
        ),
    )


def net_promoter(scores: Iterable[int]) -> NetPromoter | None:
    """Net promoter score of answers from 0 to 10: 9 and 10 promote, 7 and 8 are passive, 0 to 6 detract.

    See `net_promoter_from_counts` for what is returned. ValueError for an answer that is no whole number of 0 to 10.
    Source: Reichheld (2003), Harvard Business Review 81(12).
    """
    answers = list(scores)
    if strange := [answer for answer in answers if answer not in range(11)]:
        raise ValueError(f"{strange[0]} is not an answer from 0 to 10")
    promoters, detractors = sum(answer >= 9 for answer in answers), sum(answer <= 6 for answer in answers)
    return net_promoter_from_counts(promoters, len(answers) - promoters - detractors, detractors)


def net_promoter_from_counts(promoters: int, passives: int, detractors: int) -> NetPromoter | None:
    """Share of promoters less share of detractors, in points from −100 to 100, with an adjusted Wald interval.

    Answers of +1, 0 and −1 are trinomial; with shares p and d of promoters and detractors, their variance is
    p + d − (p − d)². The interval is score ± 1.96 √(variance / n) after ¾ promoter, 1½ passives and ¾ detractor are
    added, cut off at −100 and 100: unlike the plain one it keeps its confidence in small groups, and has a width when
    all answers are alike. It need not be symmetrical about the score, but always holds it.

    None without answers; a single answer has no interval. ValueError for a count below 0.
    Source: Rocks (2016), The American Statistician 70 (adjusted Wald "3, T"), after Agresti and Min (2005).
    """
    if min(promoters, passives, detractors) < 0:
        raise ValueError(f"counts of {promoters}, {passives} and {detractors}: none can be below 0")
    n = promoters + passives + detractors
    if n == 0:
        return None
    score = 100 * (promoters - detractors) / n
    if n == 1:
        return NetPromoter(promoters, passives, detractors, score, None)
    p, d = (promoters + 0.75) / (n + 3), (detractors + 0.75) / (n + 3)
    margin = _normal_quantile(CONFIDENCE) * sqrt((p + d - (p - d) ** 2) / (n + 3))
    interval = Interval(max(-100.0, 100 * (p - d - margin)), min(100.0, 100 * (p - d + margin)))
    return NetPromoter(promoters, passives, detractors, score, interval)


def weighted_percentile(counts: Histogram, share: float) -> float | None:
    """The value below which a share (0 to 1) of the records lies, from a histogram of value → number of records.

    In the unit of the values, interpolated linearly between neighbours: the same as numpy.percentile and DuckDB's
    quantile_cont of the records one by one. None without records; the value itself for one or all equal. ValueError for
    a share outside 0 to 1 or a count below 0.
    Source: Hyndman and Fan (1996), The American Statistician 50, definition 7.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"a share of {share}: it must lie between 0 and 1")
    if any(count < 0 for count in counts.values()):
        raise ValueError("a count can't be below 0")
    records = sorted((value, count) for value, count in counts.items() if count)
    if not records:
        return None
    values, upto = _finite(value for value, _ in records), list(accumulate(count for _, count in records))
    last = upto[-1] - 1
    position = share * last
    below = int(position)
    low, high = (values[bisect_right(upto, index)] for index in (below, min(below + 1, last)))
    return low + (high - low) * (position - below)


def median(counts: Histogram) -> float | None:
    """The middle value of a histogram of value → number of records: its `weighted_percentile` of one half.

    Of single values, it is `median(Counter(values))`.
    """
    return weighted_percentile(counts, 0.5)


def working_days(start: datetime, end: datetime, zone: str) -> int:
    """Working days from the local date of `start` to that of `end`: the weekdays d with start < d <= end.

    `zone` is an IANA name (Asia/Tokyo) and says whose dates are meant; datetimes without a zone are UTC. Working days
    are Monday to Friday; public holidays are not considered. The same local day is 0, Friday to Monday 1, Saturday to
    Monday 1, Saturday to Sunday 0. An end before its start counts below zero.
    """

    def weekdays_until(moment: datetime) -> int:
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        weeks, days = divmod(aware.astimezone(ZoneInfo(zone)).toordinal(), 7)  # day 1 of the calendar was a Monday
        return 5 * weeks + min(days, 5)

    return weekdays_until(end) - weekdays_until(start)


def poisson_rate_ratio(count_before: int, count_after: int) -> RateRatio | None:
    """How many times as many events after as before, over equally long periods, with an exact interval.

    Given their sum, the events after are binomial; the interval is Clopper and Pearson's of their share p, as the odds
    p / (1 − p). It has no unit: 1 is no change. With none before, ratio and high end are infinite; with none after,
    ratio and low end are 0. None when both are 0. ValueError for a count below 0.
    Source: Przyborowski and Wilenski (1940), Biometrika 31; Clopper and Pearson (1934), Biometrika 26.
    """
    if min(count_before, count_after) < 0:
        raise ValueError(f"counts of {count_before} and {count_after}: neither can be below 0")
    if count_before == count_after == 0:
        return None
    from scipy.special import betaincinv

    tail = (1 - CONFIDENCE) / 2
    low = _odds(betaincinv(count_after, count_before + 1, tail)) if count_after else 0.0
    high = _odds(betaincinv(count_after + 1, count_before, 1 - tail)) if count_before else inf
    return RateRatio(count_after / count_before if count_before else inf, Interval(low, high))


def months_between(first: date, last: date) -> float:
    """Days from first to last in average Gregorian months of 365.2425 / 12 = 30.436875 days; below 0 when reversed."""
    return (last - first).days / DAYS_A_MONTH


def _finite(values: Iterable[float]) -> list[float]:
    numbers = [float(value) for value in values]
    if not all(map(isfinite, numbers)):
        raise ValueError("a value is missing or infinite: drop it before")
    return numbers


def _mean(numbers: list[float]) -> float:
    """Never outside the numbers, as rounding could bring it: equal numbers have exactly their own mean."""
    return min(max(fsum(numbers) / len(numbers), min(numbers)), max(numbers))


def _deviation(numbers: list[float]) -> float:
    """The sample's standard deviation (n − 1); 0 for a single number."""
    mean = _mean(numbers)
    return sqrt(fsum((number - mean) ** 2 for number in numbers) / max(len(numbers) - 1, 1))


def _hedges_g(n: int, mean: float, spread: float) -> float | None:
    return mean / spread * (1 - 3 / (8 * n - 9)) if n > 1 and spread else None


def _t_interval(n: int, mean: float, deviation: float) -> Interval | None:
    if n < 2:
        return None
    from scipy.special import stdtrit

    margin = float(stdtrit(n - 1, (1 + CONFIDENCE) / 2)) * deviation / sqrt(n)
    return Interval(mean - margin, mean + margin)


def _normal_quantile(confidence: float) -> float:
    """1.96 for 95 %."""
    from scipy.special import ndtri

    return float(ndtri((1 + confidence) / 2))


def _odds(probability: float) -> float:
    return float(probability / (1 - probability))
