"""`export slides` as its user sees it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pptx import Presentation

from dashboard.__main__ import main


@pytest.fixture
def run(demo_url: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", demo_url)
    return lambda *arguments: CliRunner().invoke(main, ["export", "slides", *map(str, arguments)])


def test_slides_of_one_s_own_with_filters(run, tmp_path: Path) -> None:
    out = tmp_path / "talk.pptx"
    result: Result = run(out, "--slide", "pipeline", "--slide", "findings", "--language", "ja", "--from", "2015-01")
    assert result.stdout == f"Wrote 2 slides, a cover and sources to {out}\n"
    slides = list(Presentation(str(out)).slides)
    assert slides[2].shapes.title.text_frame.text == "記録が示すこと"
    assert "2015年1月" in " ".join(shape.text_frame.text for shape in slides[0].shapes if shape.has_text_frame)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--set", "tea"], "there is no set 'tea'; there are review, interest_group, dialogue"),
        (["--slide", "cake"], "there is no slide 'cake'"),
        (["--theme", "tea"], "--theme tea: unknown"),
        (["--language", "fr"], "'fr' is not one of 'en', 'ja', 'both'"),
    ],
)
def test_a_wrong_choice_is_named(run, tmp_path: Path, options: list[str], said: str) -> None:
    result = run(tmp_path / "talk.pptx", *options)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / "talk.pptx").exists()


def test_a_wrong_name_or_template_is_one_line(run, tmp_path: Path) -> None:
    assert "ends in .pptx" in run(tmp_path / "talk.pdf").stderr
    notes = tmp_path / "notes.pptx"
    notes.write_text("dear diary")
    result = run(tmp_path / "talk.pptx", "--slide", "findings", "--template", notes)
    assert result.exit_code == 2
    assert result.stderr == f"dashboard: {notes}: it is no PowerPoint presentation (.pptx)\n"
    missing = run(tmp_path / "talk.pptx", "--template", tmp_path / "none.pptx")
    assert missing.stderr == f"dashboard: {tmp_path / 'none.pptx'}: No such file or directory\n"
