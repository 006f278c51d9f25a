"""What an import of CORDIS files brought and met with: in the terminal, and as rows for a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dashboard.imports.report import several
from dashboard.imports.values import QUIRKS
from dashboard.text import DEFAULT_LANGUAGE, text

SHOWN = 5
"""Examples of a quirk in the terminal; the file has all that were kept."""


@dataclass(frozen=True)
class CordisReport:
    """What an import brought. Counts are of the kept projects; `contribution` is in euros, where it is known.

    `rows_added` and `rows_changed` are of all the projects' tables; a row that the file no longer has counts as
    changed. An unchanged row keeps its earlier batch. `batch` is the number under which the import can be taken back.
    `quirks` has each key of `QUIRKS` that was met, `examples` the first of each.
    """

    file: str
    country: str
    batch: int
    frameworks: tuple[str, ...]
    projects: int
    participations: int
    organisations: int
    fields: int
    country_participations: int
    contribution: Decimal
    rows_added: int
    rows_changed: int
    quirks: dict[str, int]
    examples: dict[str, tuple[str, ...]]

    def lines(self) -> Iterator[str]:
        """The report in words, a line each."""
        if self.projects:
            yield f"{self.file}: {several(self.projects, 'project')} of {', '.join(self.frameworks)}"
            taking_part = several(self.participations, "participation")
            yield f"{taking_part} ({self.country_participations:,} of {self.country})"
            known = self.participations > self.quirks.get("no_contribution", 0)
            amount = f"EUR {self.contribution:,.2f} of known contribution" if known else "no EU contribution told"
            yield f"{several(self.organisations, 'organisation')}, {amount}"
        else:
            yield f"{self.file}: no project has a participant of {self.country}"
        yield f"{several(self.rows_added, 'row')} added, {self.rows_changed:,} changed"
        for quirk, count in self.quirks.items():
            shown = list(self.examples.get(quirk, ()))
            more = "; …" if len(shown) > SHOWN else ""
            yield f"{QUIRKS[quirk]}: {count:,}" + (f" ({'; '.join(shown[:SHOWN])}{more})" if shown else "")
        changed = self.rows_added or self.rows_changed
        yield text(f"verdict.{'whole' if changed else 'unchanged'}", DEFAULT_LANGUAGE, batch=str(self.batch))

    def rows(self) -> Iterator[dict[str, str | int | Decimal | None]]:
        """The report as a table: what was brought, then every quirk with its count, and its values a row each."""
        brought: dict[str, str | int | Decimal] = {
            "file": self.file, "country": self.country, "batch": self.batch,
            "framework programmes": ", ".join(self.frameworks), "projects": self.projects,
            "participations": self.participations, f"participations of {self.country}": self.country_participations,
            "organisations": self.organisations, "scientific fields of projects": self.fields,
            "known EU contribution (EUR)": self.contribution, "rows added": self.rows_added,
            "rows changed": self.rows_changed,
        }  # fmt: skip
        for what, value in brought.items():
            yield {"part": "brought", "what": what, "count": value, "value": None}
        for quirk, count in self.quirks.items():
            yield {"part": "quirk", "what": QUIRKS[quirk], "count": count, "value": None}
            for example in self.examples.get(quirk, ()):
                yield {"part": "value", "what": QUIRKS[quirk], "count": None, "value": example}
