"""Promises to pay, and how they are judged (D3)."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import ClassVar, Literal

import msgspec

from relance.core.kernel.days import add_working_days
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ItemId

Verdict = Literal["kept", "half-kept", "broken"]


class Unallocated(msgspec.Struct, frozen=True, kw_only=True):
    """An unallocated payment and what is left of it to count for promises, as a positive amount."""

    item: ItemId
    currency: str
    came_at: datetime
    left: int


class PromiseInThePast(BadInput):
    """A promise is for today or a later day."""

    code: ClassVar[str] = "promise-in-the-past"


def last_day_of_grace(promised_on: date, grace_days: int, is_holiday: Callable[[date], bool]) -> date:
    """The day after which an import judges the promise."""
    return add_working_days(promised_on, grace_days, is_holiday)


def verdict(promised: dict[str, int], paid: dict[str, int]) -> Verdict:
    """Kept: at least what was promised, in every currency; half kept: something; else broken."""
    if all(paid.get(currency, 0) >= amount for currency, amount in promised.items()):
        return "kept"
    return "half-kept" if any(paid.get(currency, 0) > 0 for currency in promised) else "broken"


def counted(missing: dict[str, int], since: datetime, payments: Iterable[Unallocated]) -> dict[ItemId, int]:
    """How much of which payments counts for a promise of that moment: the oldest first, no more than is missing."""
    missing, used = dict(missing), {}
    for one in payments:
        part = min(one.left, missing.get(one.currency, 0))
        if one.came_at > since and part > 0:
            missing[one.currency] -= part
            used[one.item] = part
    return used


def less(payments: Iterable[Unallocated], used: dict[ItemId, int]) -> list[Unallocated]:
    """The payments without what has counted: it counts once."""
    return [msgspec.structs.replace(one, left=one.left - used.get(one.item, 0)) for one in payments]
