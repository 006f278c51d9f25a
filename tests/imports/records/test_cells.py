"""What single cells say, by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from dashboard.imports import cells, dates
from dashboard.imports.cells import Wrong, converter
from dashboard.imports.dates import Evidence
from dashboard.imports.form import Field, sheets


def field(table: str, name: str) -> Field:
    return next(one for one in sheets()[table].fields if one.name == name)


def utc(written: str) -> datetime:
    return datetime.fromisoformat(written)


READ = [
    ("organisation", "latitude", "34.5", 34.5),
    ("organisation", "latitude", "34,5", 34.5),
    ("organisation", "latitude", "-12", -12.0),
    ("organisation", "latitude", "−12", -12.0),
    ("organisation", "latitude", "３４．５", 34.5),
    ("organisation", "latitude", 90, 90.0),  # right boundary, kept
    ("organisation", "latitude", 0.1 + 0.2, 0.1 + 0.2),
    ("application", "requested_eur", "1.234,56", Decimal("1234.56")),
    ("application", "requested_eur", "1,234.56", Decimal("1234.56")),
    ("application", "requested_eur", "1 234,56 €", Decimal("1234.56")),
    ("application", "requested_eur", "1 234,5", Decimal("1234.50")),
    ("application", "requested_eur", "1.234.567", Decimal("1234567.00")),
    ("application", "requested_eur", "EUR 0", Decimal("0.00")),
    ("application", "requested_eur", 1234.56, Decimal("1234.56")),
    ("application", "requested_eur", "9999999999999.99", Decimal("9999999999999.99")),
    ("attendance", "participants", "１２３", 123),
    ("attendance", "participants", 5.0, 5),
    ("attendance", "participants", "5,0", 5),
    ("attendance", "participants", "0", 0),  # left boundary, kept
    ("help_desk_case", "satisfaction", "", None),
    ("help_desk_case", "satisfaction", "   ", None),
    ("help_desk_case", "code", " Ｈ０００１　", "H0001"),
    ("help_desk_case", "code", 12.0, "12"),
    ("help_desk_case", "code", "0012", "0012"),
    ("help_desk_case", "desk", "European desk", "eu"),
    ("help_desk_case", "desk", "欧州窓口", "eu"),
    ("help_desk_case", "desk", "H2020 Contact-Point", "h2020_contact_point"),
    ("help_desk_case", "enquirer_country", "uk", "GB"),
    ("help_desk_case", "enquirer_country", "EL", "GR"),
    ("help_desk_case", "enquirer_country", "Germany", "DE"),
    ("help_desk_case", "enquirer_country", "日本", "JP"),
    ("help_desk_case", "enquirer_country", "ＪＰ", "JP"),
    ("help_desk_case", "opened", "2014-05-29T08:30:00+09:00", utc("2014-05-28 23:30")),
    ("help_desk_case", "opened", "2014-05-29 08:30Z", utc("2014-05-29 08:30")),
    ("help_desk_case", "opened", "2014/5/29 8:30", utc("2014-05-29 08:30")),
    ("help_desk_case", "opened", "29.5.2014 8:30", utc("2014-05-29 08:30")),
    ("help_desk_case", "opened", "29/05/2014 8:30 pm", utc("2014-05-29 20:30")),
    ("help_desk_case", "opened", "05/29/2014 12:05 AM", utc("2014-05-29 00:05")),
    ("help_desk_case", "opened", "2014年5月29日 8:30:15.25", utc("2014-05-29 08:30:15.250000")),
    ("help_desk_case", "opened", date(2014, 5, 29), utc("2014-05-29")),
    ("help_desk_case", "opened", utc("2014-05-29 08:29:59.999500"), utc("2014-05-29 08:30")),
    ("activity", "start", "２０１４／０５／２９", date(2014, 5, 29)),
    ("activity", "start", "20140529", date(2014, 5, 29)),
    ("activity", "start", 20140529.0, date(2014, 5, 29)),
    ("activity", "start", "05/05/2014", date(2014, 5, 5)),  # the same in both orders
    ("activity", "start", "2014-05-29 00:00:00", date(2014, 5, 29)),
    ("activity", "start", datetime(2014, 5, 29, 10, 0), date(2014, 5, 29)),  # noqa: DTZ001
    ("information_use", "month", "2014-05", date(2014, 5, 1)),
    ("information_use", "month", "2014年5月", date(2014, 5, 1)),
    ("report_use", "tabled", "yes", True),
    ("report_use", "tabled", "いいえ", False),
    ("report_use", "tabled", "FALSE", False),
    ("report_use", "tabled", 1.0, True),
    ("training_result", "applied_after_six_months", True, "yes"),
    ("programme", "title", " two\r\nlines ", "two\nlines"),
    ("programme", "title", 2014.0, "2014"),
    ("programme", "title", "＝全角", "＝全角"),  # a text stays as it is
]


@pytest.mark.parametrize(("table", "name", "cell", "value"), READ)
def test_read(table: str, name: str, cell: Any, value: Any) -> None:
    found = converter(field(table, name), None)(cell)
    assert found == value
    assert type(found) is type(value)


REFUSED = [
    ("programme", "title", "", "missing"),
    ("programme", "title", None, "missing"),
    ("programme", "title", "  ", "missing"),
    ("programme", "title", "a\0b", "control"),
    ("programme", "title", "x" * 32_768, "too_long"),
    ("programme", "time_zone", "Brussels", "no_time_zone"),
    ("programme", "service_standard", "0", "too_low"),
    ("organisation", "latitude", "90.0001", "too_high"),
    ("organisation", "latitude", "nan", "no_number"),
    ("organisation", "latitude", float("inf"), "no_number"),
    ("organisation", "latitude", "1e999", "no_number"),
    ("organisation", "latitude", True, "no_number"),
    ("organisation", "latitude", "12,34,5", "no_number"),
    ("organisation", "kind", "school", "no_choice"),
    ("organisation", "country", "JPN", "no_country"),
    ("organisation", "country", "EU", "no_country"),
    ("attendance", "participants", "-1", "too_low"),
    ("attendance", "participants", "1.5", "no_whole_number"),
    ("attendance", "participants", "1,234", "no_whole_number"),  # a little more than one
    ("attendance", "participants", "2147483648", "too_high"),
    ("attendance", "participants", "1e999999999", "no_whole_number"),
    ("attendance", "participants", "twelve", "no_whole_number"),
    ("application", "requested_eur", "1,234", "no_cents"),
    ("application", "requested_eur", "10000000000000", "too_high"),
    ("application", "requested_eur", "-1", "too_low"),
    ("help_desk_case", "satisfaction", "6", "too_high"),
    ("help_desk_case", "opened", "2014-05-29 25:00", "no_moment"),
    ("help_desk_case", "opened", "2014-05-29 13:00 pm", "no_moment"),
    ("activity", "start", "2014-02-29", "no_date"),
    ("activity", "start", "29/05/14", "no_date"),
    ("activity", "start", "29-05/2014", "no_date"),
    ("activity", "start", "0214-05-29", "no_date"),
    ("activity", "start", "13/13/2014", "no_date"),
    ("activity", "start", 41788.0, "no_date"),
    ("activity", "start", "04/05/2014", "ambiguous_dates"),
    ("report_use", "tabled", "perhaps", "no_yes_no"),
]


@pytest.mark.parametrize(("table", "name", "cell", "fault"), REFUSED)
def test_refused(table: str, name: str, cell: Any, fault: str) -> None:
    with pytest.raises(Wrong) as caught:
        converter(field(table, name), None)(cell)
    assert caught.value.fault == fault


def test_a_value_remembered_is_refused_again() -> None:
    convert = converter(field("help_desk_case", "satisfaction"), None)
    assert [convert("5"), convert("5")] == [5, 5]
    for _ in range(2):
        with pytest.raises(Wrong):
            convert("6")


@pytest.mark.parametrize(
    ("written", "order"),
    [
        (["04/05/2014", "29/05/2014"], "dmy"),
        (["04/05/2014", "05/29/2014"], "mdy"),
        (["29/05/2014", "30/05/2014", "05/29/2014"], "dmy"),  # the more
        (["29/05/2014", "05/29/2014"], None),
        (["04/05/2014", "05/05/2014"], None),
        (["2014-05-29", "29.05.2014", None, 7], None),  # nothing of these has two readings
        (["04/05/2014", "２９／０５／２０１４"], "dmy"),
    ],
)
def test_the_column_shows_its_order(written: list[object], order: str | None) -> None:
    column = Evidence()
    for row, cell in enumerate(written, start=2):
        column.observe(row, cell)
    assert column.order() == order


def test_a_date_is_read_in_its_columns_order() -> None:
    assert dates.day("04/05/2014", "dmy") == date(2014, 5, 4)
    assert dates.day("04/05/2014", "mdy") == date(2014, 4, 5)
    assert dates.day("04.05.2014", "mdy") == date(2014, 5, 4)  # points are always day first
    with pytest.raises(dates.NotADate) as caught:
        dates.day("05/29/2014", "dmy")
    assert caught.value.order == "dmy"


def test_every_iso_country_is_known() -> None:
    assert {"JP", "XK", "TW", "GB", "GR", "NA"} <= set(cells.countries().values())
    assert len(set(cells.countries().values())) == 250


def test_moments_lose_their_zone() -> None:
    found = dates.moment(datetime(2014, 5, 29, 8, 30, tzinfo=UTC), None)
    assert found == utc("2014-05-29 08:30")
    assert found.tzinfo is None
