"""Which items may not be asked for on a day, and which may (D2, D4)."""

from collections.abc import Iterable
from operator import attrgetter

from relance.core.collection.rules import DayRules
from relance.core.ledger.items import COLLECTABLE_TYPES, MEMO_TYPES, Item

_AGE = attrgetter("due_on", "issued_on", "number", "item")
OWN_DEBITS = frozenset({"direct-debit", "draft"})


def is_held(item: Item, on: DayRules) -> bool:
    """Whether something holds the item: a dispute, a promise not judged yet, a pause, our own debit (D2, D3).

    A pause counts up to and including its last day, as does the time in which our own debit may still be returned.
    """
    if item.hold == "pause":
        return item.hold_until is None or on.today <= item.hold_until
    if item.hold is not None:
        return True
    return item.type == "invoice" and item.payment_method in OWN_DEBITS and item.due_on >= on.debits_from


def is_debit(item: Item) -> bool:
    """An invoice or miscellaneous amount with something left to pay."""
    return item.open_amount > 0 and item.type in COLLECTABLE_TYPES


def is_overdue(item: Item, on: DayRules) -> bool:
    """A debit from the day after its due date (D1)."""
    return is_debit(item) and item.due_on < on.today


def is_askable(item: Item, on: DayRules) -> bool:
    """A debit, due or not, that is not held and reaches the ignore threshold (B3)."""
    return is_debit(item) and item.open_amount >= on.rules.ignore.get(item.currency, 0) and not is_held(item, on)


def is_collectable(item: Item, on: DayRules) -> bool:
    """An askable item that is overdue (D4)."""
    return item.due_on < on.today and is_askable(item, on)


def is_credit(item: Item) -> bool:
    """Whatever the customer has with us: credit notes, unallocated payments, negative invoices; never a draft."""
    return item.open_amount < 0 and item.type != "draft" and item.type not in MEMO_TYPES


def oldest_first(items: Iterable[Item]) -> list[Item]:
    """By due date, issue date, number: the order of leaders and of messages (D6)."""
    return sorted(items, key=_AGE)


def collectable(items: Iterable[Item], on: DayRules) -> list[Item]:
    """The account's collectable items, the oldest first (D4)."""
    return oldest_first(item for item in items if is_collectable(item, on))


def free_credits(items: Iterable[Item], on: DayRules) -> list[Item]:
    """Open credits that are not held, the oldest first; one that refers to a held item is held with it (D4)."""
    items = list(items)
    if not any(map(is_credit, items)):
        return []
    held_numbers = {item.number for item in items if item.open_amount > 0 and is_held(item, on)}
    return oldest_first(
        item for item in items if is_credit(item) and not is_held(item, on) and item.reference not in held_numbers
    )
