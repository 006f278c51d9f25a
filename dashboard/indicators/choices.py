"""What can be chosen in a record."""

from dashboard.filters import Choices, Month, Period
from dashboard.queries import programme as ask
from dashboard.store import Store, remembered


def choices(store: Store) -> Choices:
    """The programmes' months and the codes in this version of the record, which must hold a programme."""
    return remembered(("choices", store.version), lambda: _choices(store))


def _choices(store: Store) -> Choices:
    programmes = store.frame(ask.programmes())
    return Choices(
        period=Period(Month.of(programmes["start"].min()), Month.of(programmes["end"].max())),
        themes=tuple(store.frame(ask.themes())["code"]),
        countries=tuple(store.frame(ask.countries())["country"]),
        programmes=tuple(programmes["code"]),
    )
