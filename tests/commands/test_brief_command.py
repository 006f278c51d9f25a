"""`export brief` as its user sees it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from dashboard.__main__ import main
from dashboard.exports import brief as form


@pytest.fixture(autouse=True)
def record(demo_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", demo_url)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["export", "brief", *arguments])


def test_it_writes_a_brief_of_what_is_chosen(tmp_path: Path) -> None:
    out = tmp_path / "brief.pdf"
    done = run(str(out), "--from", "2015-01", "--to", "2015-12", "--language", "ja")
    assert (done.exit_code, done.stdout) == (0, f"Wrote {out}\n")
    assert "2015年1月〜2015年12月" in PdfReader(out).pages[0].extract_text()


def test_a_wrong_name_or_filter_is_refused(tmp_path: Path) -> None:
    done = run(str(tmp_path / "brief.docx"))
    assert done.exit_code == 2
    assert "the name of a brief ends in .pdf" in done.stderr
    done = run(str(tmp_path / "brief.pdf"), "--theme", "tea")
    assert done.exit_code == 2
    assert "--theme tea: unknown" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    done = run(str(tmp_path / "none" / "brief.pdf"))
    assert done.exit_code == 2
    assert done.stderr == f"dashboard: {tmp_path}/none/brief.pdf: No such file or directory\n"


def test_a_missing_font_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Poor:
        def families(self) -> list[str]:
            return ["DejaVu Sans"]

    monkeypatch.setattr(form, "_fonts", Poor)
    done = run(str(tmp_path / "brief.pdf"), "--language", "ja")
    assert done.exit_code == 2
    assert done.stderr == (
        "dashboard: the brief needs a font that is not installed: install Debian's fonts-noto-cjk, then try again\n"
    )
