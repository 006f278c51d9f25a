"""What the fields of a CORDIS table say, and a count of everything about them that is out of the ordinary."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

# The quirks an import counts, in the order of its report, and what each says.
QUIRKS = {
    "no_organisation_code": "participations without an organisation's code (its name stands in)",
    "no_name": "participations without a name (the code stands in)",
    "no_country": "participations without a country",
    "no_city": "participations without a city",
    "no_role": "participations without a role",
    "no_contribution": "participations without an EU contribution",
    "no_dates": "projects without a start or an end",
    "no_title": "projects without a title",
    "no_programme_part": "projects without a programme part",
    "part_by_legal_basis": "projects whose programme part only legalBasis.csv tells",
    "part_by_call": "projects whose programme part is told from their call or topic",
    "several_programme_parts": "projects with several programme parts",
    "no_project_row": "projects that only the organisations' table knows",
    "duplicate_project": "projects that stand twice (one is kept)",
    "other_number": "projects known by another number until now, found by their record number",
    "duplicate_participation": "participations that stand twice (one is kept)",
    "eu_country_code": "EU country codes made ISO's",
    "decimal_comma": "amounts with a decimal comma",
    "irregular_field": "scientific fields that are no path from a broad field to a narrow one, left out",
    "irregular_row": "rows longer or shorter than their header",
    "unreadable": "values that cannot be read, left empty",
    "other_role": "roles that are none of the known five",
    "located_address": "participations placed at their address",
    "located_city": "participations placed at their city",
    "located_country": "participations placed at their country's centre",
    "located_nowhere": "participations without a place",
}
EXAMPLES = 1000
"""Of a quirk, the values or places that are kept for the report's file."""

EU_CODES = {"UK": "GB", "EL": "GR", "KO": "XK"}
ROLES = {
    "coordinator": "coordinator",
    "hostinstitution": "coordinator",
    "participant": "participant",
    "beneficiary": "participant",
    "partner": "partner",
    "partnerorganisation": "partner",
    "internationalpartner": "partner",
    "thirdparty": "third_party",
    "linkedthirdparty": "third_party",
    "affiliatedentity": "third_party",
    "associatedpartner": "associated_partner",
    "associated": "associated_partner",
}
FRAMEWORKS = (("FP7", r"fp-?7|seventh"), ("H2020", r"(h|horizon)[ _-]?2020"), ("HORIZON", r"horizon"))
# The programme part that a call or topic belongs to, by its beginning, where that leaves no doubt.
CALLS = {
    "FP7": {
        "ERC": "FP7-IDEAS-ERC", "FP7-SCIENCE-IN-SOCIETY": "FP7-SIS", "FP7-AERONAUTICS": "FP7-TRANSPORT",
        **{part: part for part in (
            "FP7-COH", "FP7-ENERGY", "FP7-ENVIRONMENT", "FP7-EURATOM", "FP7-HEALTH", "FP7-ICT", "FP7-INCO",
            "FP7-INFRASTRUCTURES", "FP7-JTI", "FP7-KBBE", "FP7-NMP", "FP7-PEOPLE", "FP7-REGIONS", "FP7-REGPOT",
            "FP7-SECURITY", "FP7-SME", "FP7-SPACE", "FP7-SSH", "FP7-TRANSPORT",
        )},
    },
    "H2020": {
        "ERC": "H2020-EU.1.1.", "H2020-FETOPEN": "H2020-EU.1.2.", "H2020-FETPROACT": "H2020-EU.1.2.",
        "FETOPEN": "H2020-EU.1.2.", "MSCA": "H2020-EU.1.3.", "H2020-MSCA": "H2020-EU.1.3.",
        "H2020-INFRA": "H2020-EU.1.4.", "INFRA": "H2020-EU.1.4.", "NFRP": "H2020-Euratom",
    },
    "HORIZON": {
        "ERC": "HORIZON.1.1", "HORIZON-MSCA": "HORIZON.1.2", "HORIZON-INFRA": "HORIZON.1.3",
        "HORIZON-HLTH": "HORIZON.2.1", **{f"HORIZON-CL{number}": f"HORIZON.2.{number}" for number in range(2, 7)},
        "HORIZON-EIC": "HORIZON.3.1", "HORIZON-EIE": "HORIZON.3.2", "HORIZON-EIT": "HORIZON.3.3",
        "HORIZON-WIDERA": "HORIZON.4", "EURATOM": "EURATOM2027",
    },
}  # fmt: skip

_CENT = Decimal("0.01")
_LARGEST_AMOUNT = Decimal(10) ** 14
_ISO_DATE = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)([ T].*)?")
_DAY_FIRST = re.compile(r"(\d\d?)[./](\d\d?)[./](\d{4})([ T].*)?")
_COORDINATES = re.compile(r"\(?\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*\)?")


@dataclass
class Quirks:
    """How often each quirk was met, and the first values or places of it, each once and in order."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, dict[str, None]] = field(default_factory=dict)

    def note(self, quirk: str, example: str = "") -> None:
        self.counts[quirk] += 1
        shown = self.examples.setdefault(quirk, {})
        if example and len(shown) < EXAMPLES:
            shown[example] = None


def words(text: str) -> str | None:
    """A text on one line, or None when it is empty; zero bytes, which PostgreSQL refuses, are dropped."""
    return " ".join(text.replace("\0", "").split()) or None


def country(text: str, quirks: Quirks) -> str | None:
    """An ISO 3166 alpha-2 code (XK for Kosovo); the EU's own codes are translated. NA is Namibia."""
    code = text.upper()
    if not code:
        return None
    if not (len(code) == 2 and code.isascii() and code.isalpha()):
        quirks.note("unreadable", f"country {text!r}")
        return None
    if code in EU_CODES:
        quirks.note("eu_country_code", f"{code} is {EU_CODES[code]}")
    return EU_CODES.get(code, code)


def amount(text: str, quirks: Quirks) -> Decimal | None:
    """Euros to the cent. The last comma or point parts the cents, unless it stands more than once: then thousands."""
    if not text:
        return None
    plain = re.sub(r"[\s'’€]|EUR", "", text)
    signs = re.findall(r"[.,]", plain)
    if signs:
        decimal = signs[-1] if signs.count(signs[-1]) == 1 else None
        whole, _, cents = plain.rpartition(decimal) if decimal else (plain, "", "")
        plain = f"{re.sub('[.,]', '', whole)}.{cents}"
        if decimal == ",":
            quirks.note("decimal_comma", text)
    try:
        value = Decimal(plain)
        if 0 <= value < _LARGEST_AMOUNT:
            return value.quantize(_CENT, ROUND_HALF_UP)
    except InvalidOperation:
        pass
    quirks.note("unreadable", f"amount {text!r}")
    return None


def day(text: str, quirks: Quirks) -> date | None:
    """A calendar day, written 2014-09-01 or 01/09/2014 (the day first), a time after it ignored."""
    if not text:
        return None
    try:
        if match := _ISO_DATE.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _DAY_FIRST.fullmatch(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        pass
    quirks.note("unreadable", f"date {text!r}")
    return None


def coordinates(text: str, quirks: Quirks) -> tuple[float, float] | None:
    """Degrees north and east from `lat,lon` or `(lat,lon)`; 0,0 is what some programs write for nothing."""
    if not text:
        return None
    if match := _COORDINATES.fullmatch(text):
        latitude, longitude = float(match[1]), float(match[2])
        if abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude or longitude):
            return latitude, longitude
    quirks.note("unreadable", f"geolocation {text!r}")
    return None


def role(text: str, quirks: Quirks) -> str | None:
    """coordinator, participant, partner, third_party, associated_partner, or other."""
    if not text:
        return None
    known = ROLES.get(re.sub(r"[^a-z]", "", text.casefold()))
    if known is None:
        quirks.note("other_role", text)
    return known or "other"


def framework(text: str) -> str | None:
    """FP7, H2020 or HORIZON as a text names it: a field of the table, or a file's name."""
    return next((code for code, spelling in FRAMEWORKS if re.search(spelling, text, re.IGNORECASE)), None)


def is_yes(text: str) -> bool:
    """Whether a field says yes, as programs write it."""
    return text.casefold() in ("true", "1", "yes", "y", "t")


def path(text: str) -> str | None:
    """A EuroSciVoc path from the broad field to the narrow: names, each after a slash; None where it is none."""
    names = [name for name in (" ".join(part.split()) for part in text.replace("\0", "").split("/")) if name]
    return "/" + "/".join(names) if names and not any(name.isdigit() for name in names) else None


def part_of_call(call: str, framework: str) -> str | None:
    """The programme part of a call or topic by its beginning (FP7-ICT-2011-7 is of FP7-ICT)."""
    beginnings = (begin for begin in CALLS[framework] if re.match(rf"{re.escape(begin)}(-|$)", call, re.IGNORECASE))
    return next((CALLS[framework][begin] for begin in sorted(beginnings, key=len, reverse=True)), None)
