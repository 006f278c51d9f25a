"""Statistics against published worked examples, calculations by hand, and scipy, numpy and DuckDB."""

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import comb, inf, nan, sqrt
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from dashboard.statistics import (
    Interval,
    deviation_from_sums,
    mean_interval,
    median,
    months_between,
    net_promoter,
    net_promoter_from_counts,
    paired_gain,
    paired_gain_from_sums,
    poisson_rate_ratio,
    weighted_percentile,
    wilson,
    working_days,
    xmr,
)

# Student (1908), The probable error of a mean: additional hours of sleep of ten patients under two drugs.
SLEEP_1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SLEEP_2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]

# Lakens (2013), the ten people who rated two films.
FILM_1 = [9, 7, 8, 9, 8, 9, 9, 10, 9, 9]
FILM_2 = [9, 6, 7, 8, 7, 9, 8, 8, 8, 7]

# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: ten batches of a flow rate.
FLOW_RATE = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]

scores = st.integers(0, 100)
pairs = st.lists(st.tuples(scores, scores), min_size=2, max_size=40)
histograms = st.dictionaries(st.integers(-50, 50), st.integers(0, 6), max_size=12)
moments = st.datetimes(datetime.fromisoformat("2013-01-01"), datetime.fromisoformat("2019-01-01"))
zones = st.sampled_from(["Europe/Brussels", "Asia/Tokyo", "America/St_Johns"])


def ends(interval: Interval | None) -> tuple[float, float]:
    assert interval is not None
    return interval.low, interval.high


def same(
    interval: Interval | None, low: float, high: float, abs: float | None = None, rel: float | None = None
) -> bool:
    return ends(interval) == pytest.approx((low, high), abs=abs, rel=rel)


def test_importing_statistics_does_not_import_scipy() -> None:
    command = "import sys; import dashboard.statistics; sys.exit('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", command], check=False).returncode == 0


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_equals_table_1_of_newcombe_1998(successes: int, n: int, low: float, high: float) -> None:
    assert same(wilson(successes, n), low, high, abs=5e-5)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0.5, 0.999))
def test_wilson_equals_scipy_within_0_and_1_around_the_share(counts: tuple[int, int], confidence: float) -> None:
    successes, n = counts
    low, high = ends(wilson(successes, n, confidence))
    expected = stats.binomtest(successes, n).proportion_ci(confidence, method="wilson")
    assert (low, high) == pytest.approx((expected.low, expected.high), abs=1e-12)
    assert 0 <= low <= successes / n <= high <= 1
    assert low < high


def test_wilson_at_its_edges() -> None:
    assert wilson(0, 0) is None
    assert ends(wilson(0, 1))[0] == 0
    assert ends(wilson(1, 1))[1] == 1
    for successes, n, confidence in [(-1, 5, 0.95), (6, 5, 0.95), (0, -1, 0.95), (1, 2, 0), (1, 2, 1)]:
        with pytest.raises(ValueError, match="must lie between"):
            wilson(successes, n, confidence)


def test_mean_interval_by_hand() -> None:
    """2, 4, 6: mean 4, deviation 2, t(2) = 4.302653, so 4 ± 4.302653 · 2 / √3 = 4 ± 4.968276."""
    mean = mean_interval([2, 4, 6])
    assert mean is not None
    assert (mean.n, mean.value) == (3, 4)
    assert same(mean.interval, -0.968276, 8.968276, abs=1e-6)


@given(st.lists(st.floats(-1e3, 1e3).map(lambda value: round(value, 3)), min_size=2, max_size=30))
def test_mean_interval_equals_scipy(values: list[float]) -> None:
    assume(min(values) < max(values))
    mean = mean_interval(np.array(values))
    expected = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    assert mean is not None
    assert mean.value == pytest.approx(np.mean(values), abs=1e-9)
    assert same(mean.interval, expected.low, expected.high, abs=1e-9)


def test_mean_interval_of_none_one_and_equals() -> None:
    assert mean_interval([]) is None
    one, equal = mean_interval([7]), mean_interval([0.1] * 10)
    assert one is not None
    assert (one.n, one.value, one.interval) == (1, 7, None)
    assert equal is not None
    assert equal.value == 0.1
    assert ends(equal.interval) == (0.1, 0.1)


@pytest.mark.parametrize("missing", [nan, inf])
def test_a_missing_value_is_an_error(missing: float) -> None:
    for calculate in (
        lambda: mean_interval([1, missing]),
        lambda: paired_gain([1, missing], [2, 3]),
        lambda: paired_gain([2, 3], [1, missing]),
        lambda: xmr([1, missing]),
        lambda: weighted_percentile({1: 1, missing: 1}, 0.5),
    ):
        with pytest.raises(ValueError, match="missing"):
            calculate()


def test_paired_gain_equals_student_1908() -> None:
    """Mean 1.58 h; the interval as R's t.test(paired = TRUE) prints it for its data set `sleep`."""
    gain = paired_gain(SLEEP_1, SLEEP_2)
    assert gain is not None
    assert gain.n == 10
    assert gain.mean_difference == pytest.approx(1.58)
    assert same(gain.interval, 0.7001142, 2.4598858, abs=1e-7)


def test_hedges_g_av_equals_lakens_2013() -> None:
    """Mean difference 1, t(9) = 4.74, d_av = 1.13, Hedges' g_av = 1.08; here with its sign."""
    gain, loss = paired_gain(FILM_2, FILM_1), paired_gain(FILM_1, FILM_2)
    assert gain is not None
    assert gain.mean_difference == 1
    low, high = ends(gain.interval)
    assert stats.t.ppf(0.975, 9) / ((high - low) / 2) == pytest.approx(4.74, abs=0.005)
    assert gain.hedges_g == pytest.approx(1.08, abs=0.005)
    assert gain.hedges_g == pytest.approx(1 / ((0.82327 + 0.94868) / 2) * (1 - 3 / (4 * (10 + 10) - 9)), abs=1e-5)
    assert loss is not None
    assert gain.hedges_g is not None
    assert loss.hedges_g == -gain.hedges_g


@given(pairs)
def test_paired_gain_equals_scipy_and_its_sums(rows: list[tuple[int, int]]) -> None:
    before, after = zip(*rows, strict=True)
    differences = [later - earlier for earlier, later in rows]
    gain = paired_gain(np.array(before), np.array(after))
    spread = sum(
        deviation_from_sums(len(rows), sum(numbers), sum(number**2 for number in numbers)) / 2
        for numbers in (before, after)
    )
    sums = len(rows), sum(differences), sum(difference**2 for difference in differences)
    summed = paired_gain_from_sums(*sums, spread)
    assert gain is not None
    assert summed is not None
    assert summed.n == gain.n == len(rows)
    assert summed.mean_difference == pytest.approx(gain.mean_difference)
    assert same(summed.interval, *ends(gain.interval), abs=1e-6)
    assert summed.hedges_g == (gain.hedges_g if gain.hedges_g is None else pytest.approx(gain.hedges_g))
    assert paired_gain_from_sums(*sums) == replace(summed, hedges_g=None)
    if len(set(differences)) > 1:
        expected = stats.ttest_rel(after, before).confidence_interval(0.95)
        assert same(gain.interval, expected.low, expected.high, abs=1e-9)
    else:
        assert ends(gain.interval) == ends(summed.interval) == (differences[0], differences[0])


def test_paired_gain_of_none_one_and_equals() -> None:
    assert paired_gain([], []) is None
    one, constant, shifted = paired_gain([40], [60]), paired_gain([0.1] * 3, [0.4] * 3), paired_gain([1, 3], [2, 4])
    assert one is not None
    assert (one.n, one.mean_difference, one.interval, one.hedges_g) == (1, 20, None, None)
    assert constant is not None
    assert constant.hedges_g is None
    assert shifted is not None
    assert ends(shifted.interval) == (1, 1)
    assert shifted.hedges_g == pytest.approx(1 / sqrt(2) * (1 - 3 / 7))
    with pytest.raises(ValueError, match="shorter"):
        paired_gain([1, 2], [1])


def test_paired_gain_from_sums_at_its_edges() -> None:
    assert paired_gain_from_sums(0, 0, 0) is None
    one, equal = paired_gain_from_sums(1, 20, 400), paired_gain_from_sums(6, sum([0.8] * 6), sum([0.8 * 0.8] * 6))
    assert one is not None
    assert (one.mean_difference, one.interval, one.hedges_g) == (20, None, None)
    assert equal is not None
    assert ends(equal.interval) == (equal.mean_difference, equal.mean_difference)
    with pytest.raises(ValueError, match="no 2 differences"):
        paired_gain_from_sums(2, 10, 49)  # two numbers that add up to 10 have squares of 50 or more
    with pytest.raises(ValueError, match="no 2 differences"):
        paired_gain_from_sums(2, nan, 49)
    with pytest.raises(ValueError, match="fewer than none"):
        paired_gain_from_sums(-1, 0, 0)


def test_xmr_equals_the_nist_handbook() -> None:
    """It prints 50.81, 1.8778, 45.8159 and 55.8041; its 3 / 1.128 is 2.6596 where Wheeler has 2.66."""
    chart = xmr(FLOW_RATE)
    assert chart is not None
    assert chart.centre == pytest.approx(50.81)
    assert chart.mean_moving_range == pytest.approx(1.8778, abs=5e-5)
    assert (chart.low, chart.high) == pytest.approx((45.8159, 55.8041), abs=1e-3)
    assert chart.range_high == pytest.approx(3.268 * 16.9 / 9)
    assert chart.signals == ()


def test_xmr_by_hand_finds_what_lies_outside() -> None:
    """Twenty values of 4 and 6 in turn, then 21: centre 121/21, ranges 19 · 2 and 15, mean 53/20, 2.66 of it 7.049."""
    chart = xmr([4, 6] * 10 + [21])
    assert chart is not None
    assert chart.centre == pytest.approx(121 / 21)
    assert chart.mean_moving_range == pytest.approx(2.65)
    assert (chart.low, chart.high) == pytest.approx((121 / 21 - 7.049, 121 / 21 + 7.049))
    assert chart.outside == (20,)


def test_xmr_finds_values_below_the_lower_limit_as_well() -> None:
    chart = xmr([-4, -6] * 10 + [-21])
    assert chart is not None
    assert chart.outside == (20,)


@pytest.mark.parametrize("scale", [1, 0.1, 0.7, 1e6])
def test_xmr_finds_runs_of_eight_on_one_side(scale: float) -> None:
    def runs(values: list[int]) -> tuple[range, ...]:
        chart = xmr([scale * value for value in values])
        assert chart is not None
        return chart.runs

    low, high = [1, 3] * 4, [7, 9] * 4  # around a centre of 5
    assert runs(low + high) == (range(8), range(8, 16))
    assert runs([5, *low, 5, 5, *high]) == (range(1, 9), range(11, 19))
    assert runs([*low[:7], *high[1:], 5]) == ()
    assert runs([*low[:4], 5, *low[4:], *high[:4], 5, *high[4:]]) == ()
    assert runs([low[0], *low, *high, high[-1]]) == (range(9), range(9, 18))


def test_xmr_signals_are_all_indexes_once_and_in_order() -> None:
    chart = xmr([1] * 8 + [9] * 8)
    assert chart is not None
    assert chart.outside == tuple(range(16))  # 5 ± 2.66 · 8 / 15
    assert chart.signals == tuple(range(16))
    late = xmr([1, 3] * 4 + [30] + [1, 3] * 4)
    assert late is not None
    assert late.outside == (8,)
    assert late.signals == tuple(range(17))
    later = xmr([4, 6] * 14 + [8] * 9)  # centre 212/37: the last 6 and the nine of 8 lie above it
    assert later is not None
    assert later.signals == tuple(range(27, 37))


def test_xmr_floor_holds_the_lower_limit_only() -> None:
    counts = [0, 5, 1, 4]  # centre 2.5, ranges 5, 4, 3: 2.5 − 2.66 · 4 = −8.14
    free, floored = xmr(counts), xmr(counts, floor=0)
    assert free is not None
    assert floored is not None
    assert free.low == pytest.approx(-8.14)
    assert floored.low == 0
    assert floored.high == free.high == pytest.approx(13.14)
    assert floored.outside == ()
    high = xmr([50, 51, 50], floor=0)
    assert high is not None
    assert high.low == pytest.approx(50 + 1 / 3 - 2.66)


def test_xmr_of_none_one_two_and_equals() -> None:
    assert xmr([]) is None
    assert xmr([3]) is None
    assert xmr([3, 4]) is not None
    equal = xmr([0.1] * 10)
    assert equal is not None
    assert (equal.centre, equal.low, equal.high, equal.mean_moving_range) == (0.1, 0.1, 0.1, 0)
    assert equal.signals == ()


def test_net_promoter_by_hand() -> None:
    """Six promote, three are passive, one detracts: 60 % − 10 %.

    With the added answers p = 6.75 / 13 and d = 1.75 / 13, p − d = 0.384615, the variance 0.653846 − 0.147929 =
    0.505917, its root by 13 is 0.197274, and 1.959964 times that 0.386650.
    """
    net = net_promoter(np.array([9, 9, 9, 10, 10, 10, 7, 7, 8, 6]))
    assert net is not None
    assert (net.promoters, net.passives, net.detractors, net.n, net.score) == (6, 3, 1, 10, 50)
    assert same(net.interval, 38.4615 - 38.6650, 38.4615 + 38.6650, abs=1e-3)
    assert net == net_promoter_from_counts(6, 3, 1)


def test_net_promoter_groups_the_eleven_answers() -> None:
    groups = {answer: net_promoter([answer]) for answer in range(11)}
    assert [net.score for net in groups.values() if net] == [-100] * 7 + [0] * 2 + [100] * 2


def test_net_promoter_of_many_has_the_standard_error_of_a_trinomial() -> None:
    """Shares of 1/2, 1/3 and 1/6 have a variance of 5/9, so a standard error of √(5/9) / 18 = 4.14 points at 324."""
    net = net_promoter_from_counts(162, 108, 54)
    assert net is not None
    low, high = ends(net.interval)
    assert net.score == pytest.approx(100 / 3)
    assert (high - low) / 2 / 1.959964 == pytest.approx(4.14, abs=0.05)


def test_net_promoter_interval_keeps_its_confidence_in_small_groups_as_rocks_2016_found() -> None:
    def coverage(n: int, p: float, d: float) -> float:
        true, covered = 100 * (p - d), 0.0
        for promoters in range(n + 1):
            for detractors in range(n + 1 - promoters):
                passives = n - promoters - detractors
                net = net_promoter_from_counts(promoters, passives, detractors)
                assert net is not None
                low, high = ends(net.interval)
                ways = comb(n, promoters) * comb(n - promoters, detractors)
                covered += (low <= true <= high) * ways * p**promoters * d**detractors * (1 - p - d) ** passives
        return covered

    for shares in [(0.5, 0.2), (0.7, 0.05), (0.9, 0.05), (0.2, 0.6)]:
        assert 0.93 <= coverage(12, *shares) <= 0.99


@given(st.integers(0, 400), st.integers(0, 400), st.integers(0, 400))
def test_net_promoter_interval_holds_the_score_and_mirrors(promoters: int, passives: int, detractors: int) -> None:
    assume(promoters + passives + detractors > 1)
    net = net_promoter_from_counts(promoters, passives, detractors)
    mirrored = net_promoter_from_counts(detractors, passives, promoters)
    assert net is not None
    assert mirrored is not None
    low, high = ends(net.interval)
    assert -100 <= low <= net.score <= high <= 100
    assert low < high
    assert same(mirrored.interval, -high, -low)


def test_net_promoter_at_its_edges() -> None:
    assert net_promoter([]) is None
    assert net_promoter_from_counts(0, 0, 0) is None
    one = net_promoter([10])
    assert one is not None
    assert (one.score, one.interval) == (100, None)
    alike = net_promoter([10] * 5)
    assert alike is not None
    low, high = ends(alike.interval)
    assert (alike.score, high) == (100, 100)
    assert 0 < low < 100
    for answer in (-1, 11, 8.5, nan):
        with pytest.raises(ValueError, match="from 0 to 10"):
            net_promoter(np.array([9, answer]))
    with pytest.raises(ValueError, match="below 0"):
        net_promoter_from_counts(1, -1, 1)


def test_weighted_percentile_by_hand() -> None:
    """1, 1, 2, 5: the median lies between 1 and 2; the 90th percentile at place 2.7 of 0 to 3, so 2 + 0.7 · 3."""
    counts = {5: 1, 1: 2, 2: 1}
    assert median(counts) == 1.5
    assert weighted_percentile(counts, 0.9) == pytest.approx(4.1)
    assert weighted_percentile(counts, 0) == 1
    assert weighted_percentile(counts, 1) == 5


@given(histograms, st.floats(0, 1))
def test_weighted_percentile_equals_numpy_on_the_expansion(counts: dict[float, int], share: float) -> None:
    expansion = [value for value, count in counts.items() for _ in range(count)]
    if not expansion:
        assert weighted_percentile(counts, share) is None
        return
    assert weighted_percentile(counts, share) == pytest.approx(np.percentile(expansion, 100 * share), abs=1e-9)
    assert median(Counter(expansion)) == np.median(expansion)


@pytest.mark.parametrize("share", [0, 0.1, 0.25, 0.5, 0.9, 1])
def test_weighted_percentile_equals_duckdb(share: float) -> None:
    waits = [0, 0, 1, 1, 1, 2, 3, 3, 5, 8, 13]
    query = f"SELECT quantile_cont(wait, {share}) FROM (SELECT unnest({waits}) AS wait)"
    [(expected,)] = duckdb.connect().execute(query).fetchall()
    assert weighted_percentile(Counter(waits), share) == pytest.approx(expected)


def test_weighted_percentile_at_its_edges() -> None:
    assert weighted_percentile({}, 0.5) is None
    assert weighted_percentile({3: 0}, 0.5) is None
    assert median({3: 0, 7: 1}) == 7
    assert weighted_percentile({0.1: 9}, 0.37) == 0.1
    for counts, share, message in [({1: 1}, 1.1, "share"), ({1: 1}, -0.1, "share"), ({1: -1}, 0.5, "below 0")]:
        with pytest.raises(ValueError, match=message):
            weighted_percentile(counts, share)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2015-05-06 09:00", "2015-05-06 17:00", 0),  # one Wednesday
        ("2015-05-06 17:00", "2015-05-07 09:00", 1),  # Wednesday to Thursday, though less than 24 hours
        ("2015-05-08 12:00", "2015-05-09 12:00", 0),  # Friday to Saturday
        ("2015-05-08 12:00", "2015-05-11 12:00", 1),  # Friday to Monday
        ("2015-05-09 12:00", "2015-05-10 12:00", 0),  # Saturday to Sunday
        ("2015-05-09 12:00", "2015-05-11 12:00", 1),  # Saturday to Monday
        ("2015-05-10 12:00", "2015-05-11 12:00", 1),  # Sunday to Monday
        ("2015-05-06 12:00", "2015-05-20 12:00", 10),  # two weeks, though 14 May was a holiday in Belgium
        ("2015-05-11 12:00", "2015-05-08 12:00", -1),  # an end before its start
        ("2014-01-01 12:00", "2015-01-01 12:00", 261),  # the 261 weekdays of 2 January 2014 to 1 January 2015
    ],
)
def test_working_days_by_the_calendar(start: str, end: str, days: int) -> None:
    assert working_days(datetime.fromisoformat(start), datetime.fromisoformat(end), "Europe/Brussels") == days


def test_working_days_count_local_dates() -> None:
    """Thursday 18:00 in Brussels is already Friday 01:00 in Tokyo, where the answer of Friday is the same day's."""
    asked, answered = datetime(2015, 5, 7, 16, tzinfo=UTC), datetime(2015, 5, 8, 10, tzinfo=UTC)
    assert working_days(asked, answered, "Europe/Brussels") == 1
    assert working_days(asked, answered, "Asia/Tokyo") == 0


@pytest.mark.parametrize(
    ("friday", "end", "days"),
    [
        ("2015-03-27 12:00", "2015-03-29 21:30", 0),  # Sunday 23:30, two hours before UTC
        ("2015-03-27 12:00", "2015-03-29 22:30", 1),  # Monday 00:30
        ("2015-10-23 12:00", "2015-10-25 22:30", 0),  # Sunday 23:30, one hour before UTC again
        ("2015-10-23 12:00", "2015-10-25 23:30", 1),  # Monday 00:30
    ],
)
def test_working_days_know_summer_time(friday: str, end: str, days: int) -> None:
    assert working_days(datetime.fromisoformat(friday), datetime.fromisoformat(end), "Europe/Brussels") == days


def test_working_days_take_naive_datetimes_as_utc_and_others_as_they_are() -> None:
    """Thursday 23:00 in UTC is Friday in Tokyo already; Thursday 23:00 in Tokyo is not."""
    thursday, friday = datetime.fromisoformat("2015-05-07 23:00"), datetime(2015, 5, 8, 3, tzinfo=UTC)
    assert working_days(thursday, friday, "Asia/Tokyo") == 0
    assert working_days(thursday.replace(tzinfo=UTC), friday, "Asia/Tokyo") == 0
    assert working_days(thursday.replace(tzinfo=ZoneInfo("Asia/Tokyo")), friday, "Asia/Tokyo") == 1


@given(moments, st.timedeltas(timedelta(0), timedelta(60)), zones)
def test_working_days_equal_the_weekdays_counted_one_by_one(start: datetime, span: timedelta, zone: str) -> None:
    first, last = (moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date() for moment in (start, start + span))
    days = [first + timedelta(number) for number in range(1, (last - first).days + 1)]
    assert working_days(start, start + span, zone) == sum(day.weekday() < 5 for day in days)


@given(moments, st.integers(0, 30), st.integers(0, 30), st.timedeltas(timedelta(0), timedelta(1)), zones)
def test_working_days_add_up_over_a_split_at_midnight(
    start: datetime, days: int, more: int, rest: timedelta, zone: str
) -> None:
    local = start.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    midnight = datetime.combine(local.date() + timedelta(days), datetime.min.time(), ZoneInfo(zone))
    end = midnight + timedelta(more) + rest
    parts = working_days(local, midnight, zone) + working_days(midnight, end, zone)
    assert working_days(local, end, zone) == parts
    just_before = midnight.astimezone(UTC) - timedelta(microseconds=1)
    assert working_days(just_before, midnight, zone) == (midnight.weekday() < 5)


def test_poisson_rate_ratio_equals_the_example_of_rateratio_test() -> None:
    """Fay, Testing the ratio of two Poisson rates: 2 events in 17,877 and 9 in 16,660 years.

    It prints a ratio of 0.2070941557 from 0.02177406 to 1.00054910; without the years these are times 17,877 / 16,660.
    """
    ratio, years = poisson_rate_ratio(9, 2), 17877 / 16660
    assert ratio is not None
    assert ratio.ratio == pytest.approx(0.2070941557 * years)
    assert same(ratio.interval, 0.02177406 * years, 1.00054910 * years, rel=1e-6)


@given(st.integers(0, 300), st.integers(0, 300))
def test_poisson_rate_ratio_equals_the_odds_of_scipys_exact_interval(before: int, after: int) -> None:
    assume(before + after)
    ratio = poisson_rate_ratio(before, after)
    assert ratio is not None
    low, high = ends(ratio.interval)
    share = stats.binomtest(after, before + after).proportion_ci(0.95, method="exact")
    assert low == pytest.approx(share.low / (1 - share.low), rel=1e-6)
    assert high == (pytest.approx(share.high / (1 - share.high), rel=1e-6) if before else inf)
    assert low <= ratio.ratio <= high


def test_poisson_rate_ratio_at_its_edges() -> None:
    """With none on one side, 0.025^(1/n) bounds the share: 3 events give 0.292402, odds of 0.413231."""
    assert poisson_rate_ratio(0, 0) is None
    rise, fall = poisson_rate_ratio(0, 3), poisson_rate_ratio(3, 0)
    assert rise is not None
    assert fall is not None
    assert (rise.ratio, rise.interval.high) == (inf, inf)
    assert rise.interval.low == pytest.approx(0.413231, abs=1e-6)
    assert (fall.ratio, fall.interval.low) == (0, 0)
    assert fall.interval.high == pytest.approx(1 / 0.413231, abs=1e-5)
    with pytest.raises(ValueError, match="below 0"):
        poisson_rate_ratio(-1, 2)


def test_months_between_are_average_gregorian_months() -> None:
    assert months_between(date(2000, 1, 1), date(2400, 1, 1)) == pytest.approx(4800, abs=1e-9)
    assert months_between(date(2015, 1, 1), date(2015, 1, 31)) == pytest.approx(30 / 30.436875)
    assert months_between(date(2015, 1, 1), date(2015, 1, 1)) == 0
    assert months_between(date(2015, 1, 31), date(2015, 1, 1)) == -months_between(date(2015, 1, 1), date(2015, 1, 31))
