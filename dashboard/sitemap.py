"""The register of pages: address, file, words and icon, in the order of the navigation."""

from dataclasses import dataclass

from dashboard.indicators.model import Strand


@dataclass(frozen=True)
class Page:
    """`path` is the address ("" is the start page); its words stand under `page.<key>`; `strand` is what it explains.
    """

    key: str
    path: str
    strand: Strand | None = None

    @property
    def file(self) -> str:
        """Seen from dashboard/app.py."""
        return f"../pages/{self.key}.py"


PAGES = (
    Page("overview", ""),
    Page("partnerships", "partnerships", Strand.PARTNERING),
    Page("framework", "framework"),
    Page("events", "events", Strand.REACH),
    Page("helpdesk", "helpdesk", Strand.HELP_DESK),
    Page("training", "training", Strand.TRAINING),
    Page("dialogue", "dialogue", Strand.DIALOGUE),
    Page("data", "data"),
    Page("present", "present"),
)


def explaining(strand: Strand) -> Page:
    """The page that explains a strand's indicators."""
    return next(page for page in PAGES if page.strand is strand)
