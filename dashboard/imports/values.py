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
    "several_programme_parts": "projects with several programme parts",
    "no_project_row": "projects that only the organisations' table knows",
    "duplicate_project": "projects that stand twice (one is kept)",
    "duplicate_participation": "participations that stand twice (one is kept)",
    "eu_country_code": "EU country codes made ISO's",
    "decimal_comma": "amounts with a decimal comma",
    "irregular_row": "rows longer or shorter than their header",
    "unreadable": "values that cannot be read, left empty",
    "other_role": "roles that are none of the known five",
    "located_address": "participations placed at their address",
    "located_city": "participations placed at their city",
    "located_country": "participations placed at their country's centre",
    "located_nowhere": "participations without a place",
}
EXAMPLES = 5

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

_CENT = Decimal("0.01")
_LARGEST_AMOUNT = Decimal(10) ** 14
_ISO_DATE = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)([ T].*)?")
_DAY_FIRST = re.compile(r"(\d\d?)[./](\d\d?)[./](\d{4})([ T].*)?")
_COORDINATES = re.compile(r"\(?\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*\)?")


@dataclass
class Quirks:
    """How often each quirk was met, and the first few values or places of it."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def note(self, quirk: str, example: str = "") -> None:
        self.counts[quirk] += 1
        shown = self.examples.setdefault(quirk, [])
        if example and len(shown) < EXAMPLES and example not in shown:
            shown.append(example)


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
