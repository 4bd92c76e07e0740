"""Which items a payment reduces: those of the number it names, oldest first; the rest is unallocated (A20)."""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from relance.core.kernel.identifiers import CustomerId, ItemId


class Payment(msgspec.Struct, frozen=True, kw_only=True):
    """Money that came in; `amount` is positive minor units. Without a number it is for nothing in particular.

    `also` are further numbers that it names, where it pays several items at once.
    """

    line: int
    customer: CustomerId
    paid_on: date
    currency: str
    amount: int
    number: str = ""
    reference: str = ""
    also: tuple[str, ...] = ()


class Payable(msgspec.Struct, frozen=True, kw_only=True):
    """An item that a payment may name."""

    item: ItemId
    customer: CustomerId
    number: str
    currency: str
    open_amount: int
    due_on: date


class Allocation(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one payment: parts taken off items, in order, and the rest."""

    payment: Payment
    parts: tuple[tuple[ItemId, int], ...] = ()
    rest: int = 0


class Allocated(msgspec.Struct, frozen=True, kw_only=True):
    """All payments of a file. `unknown` name a number that their customer does not have in that currency."""

    allocations: tuple[Allocation, ...]
    unknown: tuple[Payment, ...]
    twice: tuple[Payment, ...]


def allocate(
    payments: Sequence[Payment], payables: Iterable[Payable], seen: frozenset[tuple[int, str, date, int]] = frozenset()
) -> Allocated:
    """Allocate payments in order; `seen` are the keys of payments that came in before."""
    by_number: dict[tuple[int, str, str], list[Payable]] = {}
    for payable in sorted(payables, key=lambda one: (one.due_on, one.item)):
        by_number.setdefault((payable.customer, payable.number, payable.currency), []).append(payable)
    left = {payable.item: payable.open_amount for named in by_number.values() for payable in named}
    known, done, unknown, twice = set(seen), [], [], []
    for payment in payments:
        if payment.reference and key_of(payment) in known:
            twice.append(payment)
            continue
        named = _named(payment, by_number)
        if payment.number and not named:
            unknown.append(payment)
            continue
        known.add(key_of(payment))
        done.append(_allocated(payment, named, left))
    return Allocated(allocations=tuple(done), unknown=tuple(unknown), twice=tuple(twice))


def key_of(payment: Payment) -> tuple[int, str, date, int]:
    """Two payments of one key, reference included, are the same payment twice."""
    return (payment.customer, payment.reference, payment.paid_on, payment.amount)


def _named(payment: Payment, by_number: dict[tuple[int, str, str], list[Payable]]) -> list[Payable]:
    """The items of every number that the payment names, the oldest first."""
    numbers = (payment.number, *payment.also)
    named = [one for number in numbers for one in by_number.get((payment.customer, number, payment.currency), [])]
    return sorted(named, key=lambda one: (one.due_on, one.item)) if payment.also else named


def _allocated(payment: Payment, named: list[Payable], left: dict[ItemId, int]) -> Allocation:
    rest, parts = payment.amount, []
    for payable in named:
        part = min(rest, max(0, left[payable.item]))
        if part:
            left[payable.item] -= part
            rest -= part
            parts.append((payable.item, part))
    return Allocation(payment=payment, parts=tuple(parts), rest=rest)
