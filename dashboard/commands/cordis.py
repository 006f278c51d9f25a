"""The report of `import-cordis` as a file."""

from __future__ import annotations

from pathlib import Path

import click
import pandas as pd

from dashboard.exports.formats import FORMATS, Content
from dashboard.imports.cordis_report import CordisReport

SUFFIXES = (".csv", ".xlsx")


def checked(report: Path | None) -> None:
    """Refuse, before anything is imported, a report that could not be written."""
    if report and report.suffix.lower() not in SUFFIXES:
        raise click.UsageError(f"--report {report}: give a name that ends in .csv or .xlsx")
    if report and not report.parent.is_dir():
        raise click.UsageError(f"--report {report}: there is no folder {report.parent}")


def write_report(report: CordisReport, path: Path) -> None:
    """Write the report: what was brought, every quirk with its count, and each value of it that was kept."""
    frame = pd.DataFrame(report.rows())
    frame["count"] = frame["count"].astype(object).where(frame["count"].notna(), None)
    source = ("file", report.file)
    content = Content(frame, source, "Report", [("About", [*_about(report), source])])
    path.write_bytes(FORMATS[path.suffix.lower()[1:]].write(content))


def _about(report: CordisReport) -> list[tuple[str, str]]:
    return [("import-cordis", line) for line in report.lines()]
