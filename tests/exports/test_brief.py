"""The brief as its reader has it: its words by another program, its structure by another library, its pages counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pdfua.validator import Validator
from pypdf import PdfReader

from dashboard.database.schema import programme
from dashboard.database.snapshot import Snapshot, take
from dashboard.exports import brief as form
from dashboard.exports.brief import NoFont, fonts, pdf
from dashboard.figures.briefing import CHOSEN, PICTURE_WIDTH, PLACE, SIZE, _picture, brief, said
from dashboard.figures.findings import findings
from dashboard.figures.model import View
from dashboard.figures.register import FIGURES
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.model import Programme
from dashboard.store import Store

TERM = Period(Month(2013, 9), Month(2017, 2))
LATER = date(2018, 1, 1)
HOSTILE = 'Łódź Αθήνα 東京 *bold* #panic("x") $x$ @ref \\ <b> `raw` = head ไทย 𓀀'
UNWRITABLE = "\x00\x7f\u200b\ud800"


def seen(snapshot: Snapshot, language: str, filters: Filters | None = None) -> View:
    store = Store(snapshot)
    return View(filters or Filters(), language, False, Programme(TERM, LATER), store.version, store)


def quiet(done: int, total: int) -> None: ...


@pytest.fixture(scope="module")
def whole(demo_snapshot: Snapshot) -> Any:
    """`whole(language)`: the brief of the whole demonstration, made once."""
    return cache(lambda language: brief(seen(demo_snapshot, language), quiet))


def words(made: bytes) -> str:
    """What the brief says, without spaces and line breaks, whose places a PDF does not keep."""
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages))


def pages(made: bytes) -> int:
    return len(PdfReader(BytesIO(made)).pages)


SAYS = {
    "en": ["JEUPISTE: results brief", "Grant agreement: 609585", "Illustrative records", "2,700 people",
           "Help-desk cases", "987", "EU–Japan partnerships", "▼ behind by 1", "nearly 1,000",
           "→ Partnerships: EU–Japan partnerships", "95% interval 13% to 35%, n = 50", "How to read the figures",
           "https://cordis.europa.eu/project/id/609585", "September 2013 – February 2017", "1 / 4"],
    "ja": ["JEUPISTE：成果概要", "例示用の記録", "2,700人", "ヘルプデスク相談", "987", "日欧パートナーシップ",
           "▼ 1遅れ", "数値の読み方", "https://cordis.europa.eu/project/id/609585", "2013年9月〜2017年2月"],
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ja"])
def test_it_says_what_the_record_holds(language: str, whole, demo_snapshot: Snapshot) -> None:
    written = words(whole(language))
    expected = [*SAYS[language], *(one.said for one in findings(seen(demo_snapshot, language)))]
    assert [one for one in expected if re.sub(r"\s", "", one) not in written] == []


def test_a_row_of_the_table_by_hand(whole) -> None:
    """Published: 11 partnerships, 2 700 people; the targets are the demonstration's."""
    written = words(whole("en"))
    assert "EU–Japanpartnerships✓published:111112" in written.replace("12▼behindby1", "▼behindby1", 1)
    assert "2,700people2,500people2,500people▲aheadby200" in written


def test_all_six_pictures_are_in_it_with_their_words(whole) -> None:
    titles = [
        "11 partnerships join 13 organisations in 11 European countries with 11 organisations in 10 Japanese cities",
        "Of 11 contacts, 10 led to an agreement, 8 to a proposal, 4 to funding",
        "105 cases supported 57 applications; of the 50 with a result, 11 are funded",
    ]
    written = words(whole("en"))
    assert [one for one in titles if one.replace(" ", "") not in written] == []
    assert len(pictures(whole("en"))) == len(CHOSEN) == 6


def tree(element: Any) -> Iterator[Any]:
    """Every element of a structure tree in reading order."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from tree(kid)


def elements(made: bytes) -> list[tuple[str, str]]:
    """The tags of a PDF in reading order, each with its alternative text."""
    held = pikepdf.open(BytesIO(made))
    return [(str(one.S), str(one.get("/Alt", ""))) for one in tree(held.Root.StructTreeRoot)]


def pictures(made: bytes) -> list[str]:
    return [alt for tag, alt in elements(made) if tag == "/Figure"]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_it_is_tagged_as_pdf_ua_asks(language: str, whole, demo_snapshot: Snapshot) -> None:
    held = pikepdf.open(BytesIO(whole(language)))
    assert held.Root.MarkInfo.Marked
    assert str(held.Root.Lang) == language
    assert held.Root.ViewerPreferences.DisplayDocTitle
    with held.open_metadata() as metadata:
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert metadata["dc:title"] == {"en": "JEUPISTE: results brief", "ja": "JEUPISTE：成果概要"}[language]
    tags = [tag for tag, _ in elements(whole(language))]
    headings = [tag for tag in tags if tag.startswith("/H") and tag[2:].isdigit()]
    assert headings == ["/H1", "/H2", "/H2", "/H2", *["/H3"] * 6, "/H2", "/H2", "/H2"]
    assert tags.count("/Table") == 1
    assert tags.count("/TH") == 6 + 3  # a column each, and a stage each
    assert tags.count("/TD") == 17 * 6
    assert all(pictures(whole(language)))
    view = seen(demo_snapshot, language)
    assert pictures(whole(language)) == [one.alt for one in _drawn(view)]


def _drawn(view: View) -> list[Any]:
    from dashboard.figures.briefing import _picture
    from dashboard.figures.register import FIGURES

    return [one for name in CHOSEN for one in _picture(FIGURES[name], view)]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_checker_of_pdf_ua_finds_nothing(language: str, whole, tmp_path: Path) -> None:
    """As far as it looks: a sixth of the standard's rules. The rest is asserted here, and refused by typst itself."""
    path = tmp_path / "brief.pdf"
    path.write_bytes(whole(language))
    assert [str(one) for one in Validator().validate(path).findings] == []


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_font_is_embedded(language: str, whole) -> None:
    held = pikepdf.open(BytesIO(whole(language)))
    described = [one for one in held.objects if isinstance(one, pikepdf.Dictionary) and "/FontName" in one]
    names = {str(one.FontName) for one in described}
    assert any("DejaVuSans" in name for name in names)
    assert any("NotoSansCJKjp" in name for name in names) == (language == "ja")
    assert all({"/FontFile2", "/FontFile3"} & set(one.keys()) for one in described)


def test_two_to_four_pages_whatever_is_chosen(whole, demo_snapshot: Snapshot) -> None:
    year = Period(Month(2014, 1), Month(2014, 12))
    narrow = Filters(year, themes=("biotechnology",), sides=("japan",), countries=("DE", "JP"))
    for language in ("en", "ja"):
        assert 2 <= pages(whole(language)) <= 4
        made = brief(seen(demo_snapshot, language, narrow), quiet)
        assert 2 <= pages(made) <= 4
        assert {"en": "January2014–December2014", "ja": "2014年1月〜2014年12月"}[language] in words(made)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_an_empty_record_says_so(language: str, sqlite_url: str, insert) -> None:
    insert(
        sqlite_url, programme,
        {"code": "P", "acronym": "P", "title": HOSTILE, "start": date(2013, 9, 1), "end": date(2017, 2, 28),
         "service_standard": 3, "time_zone": "Europe/Brussels", "dataset": "recorded"},
    )  # fmt: skip
    made = brief(seen(take(sqlite_url), language), quiet)
    written = words(made)
    none, empty, badge = {
        "en": ("Norecordsinthisselection.", "Nothingtoshowinthisselection", "Illustrative"),
        "ja": ("この選択には記録がありません。", "この選択では表示するものがありません", "例示用"),
    }[language]
    assert none in written
    assert empty in written
    assert badge not in written
    assert 2 <= pages(made) <= 4


def test_text_of_the_record_is_never_read_as_markup(demo_snapshot: Snapshot) -> None:
    """And what no font has becomes a mark, not an error: Thai, a hieroglyph; nor is one what cannot be seen."""
    plain, hostile = said(seen(demo_snapshot, "en"), []), HOSTILE + UNWRITABLE
    made = words(pdf(replace(plain, subtitle=hostile, findings=[form.Said("•", "plain", hostile, hostile)])))
    shown = 'ŁódźΑθήνα東京*bold*#panic("x")$x$@ref\\<b>`raw`=head'
    assert made.count(shown + "����") == 3


def test_pictures_that_do_not_fit_are_left_out(demo_snapshot: Snapshot) -> None:
    square = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><text x="5" y="20">square</text></svg>'
    many = [form.Picture(f"Picture {number}.", "", square, "A square", []) for number in range(1, 12)]
    made = pdf(said(seen(demo_snapshot, "en"), many))
    assert pages(made) == 4
    assert "Picture1." in words(made)
    assert "Picture11." not in words(made)


def test_a_missing_font_is_named_by_its_package() -> None:
    with pytest.raises(NoFont, match="install Debian's fonts-noto-cjk"):
        fonts("東京", ["DejaVu Sans"])
    with pytest.raises(NoFont, match="install Debian's fonts-dejavu-core"):
        fonts("Tokyo", ["Noto Sans CJK JP"])
    assert fonts("Tokyo", ["DejaVu Sans"]) == ["DejaVu Sans"]
    assert fonts("東京", ["Noto Sans CJK JP", "DejaVu Sans"]) == ["DejaVu Sans", "Noto Sans CJK JP"]


@pytest.mark.parametrize("name", [name for name in CHOSEN if name != "partnership_map"])
def test_a_picture_takes_the_brief_s_width_in_letters_of_one_size(name: str, demo_snapshot: Snapshot) -> None:
    view = seen(demo_snapshot, "en")
    (picture,) = _picture(FIGURES[name], view)
    size = SIZE.search(picture.svg)
    assert size
    across, down = map(float, size.groups())
    assert down <= across * PLACE + 1
    assert 'font-size="12' in picture.svg
    assert across <= PICTURE_WIDTH * 1.13


def test_progress_reaches_its_end(demo_snapshot: Snapshot) -> None:
    steps: list[tuple[int, int]] = []
    brief(seen(demo_snapshot, "en"), lambda done, total: steps.append((done, total)))
    assert steps == [(done, 8) for done in range(9)]
