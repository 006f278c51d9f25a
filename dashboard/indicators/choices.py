"""What can be chosen in a record."""

from dashboard.filters import Choices, Month, Period
from dashboard.queries import programme as ask
from dashboard.store import Store


def choices(store: Store) -> Choices:
    """The programmes' months and the codes in this version of the record, which must hold a programme."""
    programmes = store.frame(ask.programmes())
    return Choices(
        period=Period(Month.of(programmes["start"].min()), Month.of(programmes["end"].max())),
        themes=tuple(store.frame(ask.themes())["code"]),
        countries=tuple(store.frame(ask.countries())["country"]),
        programmes=tuple(programmes["code"]),
    )
