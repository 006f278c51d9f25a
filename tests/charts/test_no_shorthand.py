"""Altair's shorthand strings ("month:O") make it guess at types: channels are objects with a field and a type.

The second end of a bar (`alt.X2("end")`) has no type to guess, so its name may stand alone.
"""

from __future__ import annotations

import ast
import re

import altair as alt
import pytest

from dashboard.settings import ROOT

CHANNELS = {
    f"alt.{name}"
    for name in dir(alt)
    if isinstance(made := getattr(alt, name), type) and hasattr(made, "_encoding_name") and not name.endswith("2")
}
TYPED = re.compile(r"[\w() ]*:[QNOTG]")


def shorthand(source: str) -> list[int]:
    """The lines that give a channel, or `encode`, a string instead of a field, or any string a type after a colon."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and TYPED.fullmatch(node.value):
            found.append(node.lineno)
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        is_encode, is_channel = called.endswith(".encode"), called in CHANNELS
        given = [*node.args, *(one.value for one in node.keywords if is_encode or one.arg == "shorthand")]
        if (is_encode or is_channel) and any(map(is_text, given)):
            found.append(node.lineno)
    return sorted(set(found))


def is_text(node: ast.expr) -> bool:
    if isinstance(node, ast.List | ast.Tuple):
        return any(map(is_text, node.elts))
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('chart.encode(x="month:O")', [1]),
        ('chart.encode("month")', [1]),
        ('chart.encode(tooltip=["a", "b"])', [1]),
        ('alt.X("month")\nalt.Y(shorthand="value")', [1, 2]),
        ('alt.Y(f"{name}_end")', [1]),
        ('alt.X2("end:Q")', [1]),
        ('alt.X2("end")', []),
        ('kind = "count():Q"', [1]),
        ('alt.X(field="month", type="ordinal")', []),
        ('chart.encode(marks.x("month", "ordinal"), tooltip=[alt.Tooltip(field="a", type="nominal")])', []),
        ('alt.value("red")', []),
        ('sa.Text("name")', []),
    ],
)
def test_what_is_found(source: str, lines: list[int]) -> None:
    assert shorthand(source) == lines


def test_the_channels_are_known() -> None:
    assert {"alt.X", "alt.Y", "alt.Color", "alt.Text", "alt.Tooltip", "alt.Order", "alt.Longitude"} <= CHANNELS


def test_no_chart_uses_shorthand() -> None:
    files = sorted((ROOT / "dashboard" / "charts").rglob("*.py"))
    found = [f"{file.relative_to(ROOT)}:{line}" for file in files for line in shorthand(file.read_text("utf-8"))]
    assert found == []
