"""Promises to pay, and how they are judged (D3)."""

from collections.abc import Callable
from datetime import date
from typing import ClassVar, Literal

from relance.core.kernel.days import add_working_days
from relance.core.kernel.errors import BadInput

Verdict = Literal["kept", "half-kept", "broken"]


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


def paid_since(promised: dict[str, int], left: dict[str, int], payments: dict[str, int]) -> dict[str, int]:
    """What was paid: what left the items, and unallocated payments that came in since, up to what was promised."""
    return {
        currency: amount - left.get(currency, 0) + max(0, payments.get(currency, 0))
        for currency, amount in promised.items()
    }
