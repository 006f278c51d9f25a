"""How long a million help-desk cases in a CSV file take to come in, and how much memory.

    python -m benchmarks.imports [ROWS] [postgresql://…]

The database is a new SQLite file, or the given empty one. Prints seconds and the highest memory of the import's own
process; the aim is under 400 MB however long the file is.
"""

from __future__ import annotations

import csv
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

from dashboard.database import engine
from dashboard.database.schema import CHANNELS, DESKS, ORGANISATION_KINDS, TOPICS
from dashboard.settings import DEMO

COUNTRIES = ("JP", "DE", "FR", "IT", "AT", "PL", "SE", "FI", "ES", "NL")
THEMES = ("smart-communities", "power-electronics", "biotechnology", "cross-cutting")
HEADINGS = (
    "Programme", "Code", "Opened (UTC)", "First response (UTC)", "Closed (UTC)", "Desk", "Channel", "Topic",
    "Country of the enquirer", "Kind of enquirer", "Theme", "Satisfaction", "Came from activity",
)  # fmt: skip


def write(path: Path, rows: int) -> None:
    """A file of cases that differ, spread over the programme's term."""
    first = datetime.fromisoformat("2013-09-02 08:00")
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADINGS)
        for number in range(rows):
            opened = first + timedelta(minutes=number * 1_800_000 // rows)
            writer.writerow(
                ("JEUPISTE", f"B{number:07d}", opened.isoformat(" "), (opened + timedelta(hours=5)).isoformat(" "),
                 (opened + timedelta(days=3)).isoformat(" "), DESKS[number % 3], CHANNELS[number % 4],
                 TOPICS[number % 8], COUNTRIES[number % 10], ORGANISATION_KINDS[number % 7], THEMES[number % 4],
                 number % 5 + 1 if number % 3 else "", "E01" if number % 11 == 0 else "")
            )  # fmt: skip


def main(rows: int, url: str | None) -> None:
    """Write the file, import it in a process of its own, and say what that took."""
    with tempfile.TemporaryDirectory() as folder:
        place = url or f"sqlite:///{folder}/programme.db"
        engine.create(place, DEMO)
        path = Path(folder) / "help_desk_case.csv"
        write(path, rows)
        print(f"{rows:,} rows, {path.stat().st_size / 1e6:,.0f} MB of CSV into {engine.public_address(place)}")
        for what in ("first import", "the same again"):
            started = time.monotonic()
            program = "import sys; from benchmarks.imports import once; once(*sys.argv[1:])"
            subprocess.run([sys.executable, "-c", program, place, str(path)], check=True)
            print(f"{what}: {time.monotonic() - started:.1f} s in all")


def once(url: str, path: str) -> None:
    """Import the file in this process, and print its own memory."""
    from dashboard.imports.load import import_records

    report = import_records(url, Path(path))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cpu = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    print(f"  {list(report.lines())[-2]}; {cpu:.1f} s of processor time, {memory:.0f} MB at most")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, sys.argv[2] if len(sys.argv) > 2 else None)
