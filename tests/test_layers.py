"""Who may import whom: only what stands higher up in the table, and streamlit only where visits run."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.settings import ROOT

ALLOWED = {
    "settings": "",
    "statistics": "",
    "network": "",
    "disclosure": "",
    "filters": "",
    "charts": "",
    "text": "filters",
    "maps": "charts",
    "exports": "charts text",
    "database": "",
    "demonstration": "settings",
    "imports": "database text",
    "queries": "database filters settings",
    "store": "database",
    "indicators": "disclosure filters queries settings statistics store",
    "sitemap": "indicators",
    "figures": "charts database disclosure exports filters indicators maps network queries settings statistics store"
    " text",
    "talks": "charts database exports figures filters indicators store text",
    "ui": "charts database exports figures filters imports indicators maps queries settings sitemap store talks text",
    "pages": "figures indicators ui",
    "app": "database sitemap text ui",
    "api": "charts database exports figures filters indicators queries settings sitemap store text",
    "server": "api database settings talks text ui",
    "commands": "database exports figures filters imports indicators queries server settings store text",
    "__main__": "commands database exports filters imports indicators queries server settings store text",
}
STREAMLIT = {"ui", "pages", "app", "server"}
FILES = sorted([*ROOT.glob("dashboard/**/*.py"), *ROOT.glob("pages/*.py")])


def room(file: Path) -> str:
    top, name, *_ = file.relative_to(ROOT).with_suffix("").parts
    return top if top == "pages" else name


def imports(file: Path) -> Iterator[list[str]]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name.split(".") for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{file}:{node.lineno}: relative"
            yield from (f"{node.module}.{one.name}".split(".") for one in node.names)


@pytest.mark.parametrize("name", ALLOWED)
def test_a_room_imports_only_what_it_may(name: str) -> None:
    for file in (one for one in FILES if room(one) == name):
        for top, *below in imports(file):
            assert top != "streamlit" or name in STREAMLIT, f"{file}: streamlit"
            assert top != "dashboard" or below[0] in {name, *ALLOWED[name].split()}, f"{file}: {'.'.join(below)}"


def test_every_room_stands_in_the_table_below_what_it_imports() -> None:
    rooms = list(ALLOWED)
    assert {room(file) for file in FILES} <= {"__init__", *rooms}
    for name, allowed in ALLOWED.items():
        assert set(allowed.split()) <= set(rooms[: rooms.index(name)]), name
