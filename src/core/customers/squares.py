"""What marks an account: the alerts that it raises (B7)."""

import msgspec

from relance.core.customers.saved_searches import SavedSearch


class Square(msgspec.Struct, frozen=True, kw_only=True):
    """An alert as a square: its colour, what stands in it, and its name for who asks."""

    number: int
    name: str
    colour: str
    sign: str


def square_of(alert: SavedSearch) -> Square:
    """How an alert marks the accounts that raise it."""
    return Square(number=alert.number, name=alert.name, colour=alert.alert, sign=alert.sign)
