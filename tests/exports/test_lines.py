"""Long texts in lines: none longer than its place, none lost, broken where a reader would break them."""

from hypothesis import given
from hypothesis import strategies as some

from dashboard.exports.lines import wrapped


def test_english_breaks_at_spaces() -> None:
    # 0.58 of 10 pixels a letter: 17 letters in 100 pixels. "Between Tokyo and" has 17.
    assert wrapped("Between Tokyo and Brussels", 100, 10) == ["Between Tokyo and", "Brussels"]


def test_japanese_breaks_anywhere_but_before_punctuation() -> None:
    # Ten characters of 10 pixels in 100; the eleventh is a full stop and takes the tenth along.
    assert wrapped("一二三四五六七八九十。次", 100, 10) == ["一二三四五六七八九", "十。次"]
    assert wrapped("一二三四五六七八九（十）", 100, 10) == ["一二三四五六七八九", "（十）"]


def test_a_word_in_japanese_stays_whole() -> None:
    assert wrapped("東京のJEUPISTEと", 60, 10) == ["東京の", "JEUPISTEと"]


def test_bold_is_wider() -> None:
    assert wrapped("Between Tokyo and", 100, 10, bold=True) == ["Between Tokyo", "and"]


@given(some.text())
def test_nothing_is_lost(said: str) -> None:
    assert "".join("".join(wrapped(said, 50, 10)).split()) == "".join(said.split())
