"""May this snapshot be believed? An empty or shrunken file must not settle a ledger (A6)."""

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """The tenant's thresholds: percents, and the number of items below which a few of them are no sign of anything."""

    shrink_percent: int
    shrink_items: int
    spike_percent: int


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """What a snapshot would do to what was open at its source. Amounts are by currency, in minor units."""

    open_items: int
    absent_items: int
    open_before: dict[str, int]
    absent_size: dict[str, int]
    """Absent items, their amounts without sign."""
    open_size: dict[str, int]
    """Open items, their amounts without sign."""
    open_after: dict[str, int]
    first: bool
    """The source's first import: there is nothing to compare with."""
    open_counts: dict[str, int] = {}
    """How many items were open in each currency."""
    grown: dict[str, int] = {}
    """By how much open amounts of known items grow: no ERP does that to a ledger, a misread decimal mark does."""
    unreadable: int = 0
    """Rejected rows that do not even say which item they are about."""


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """The thresholds, and what the file came to beside them. Percents are whole numbers, rounded up."""

    shrink_limit: int
    shrink_items: int
    spike_limit: int
    open_items: int
    settled_items: int
    settled_percent: int
    settled_amount_percent: dict[str, int]
    moved_percent: dict[str, int]
    """By how much the source's open amount would move; empty on its first import, which is not asked."""
    unreadable_rows: int


def figures(move: Move, limits: Limits) -> Figures:
    """What a person must see to judge what the guard says."""
    moved = {
        currency: _percent(_moved(move, currency), _base(move, currency))
        for currency in move.open_before
        if _base(move, currency) and not move.first
    }
    sizes = {currency: _percent(size, move.open_size.get(currency, 0)) for currency, size in move.absent_size.items()}
    return Figures(
        shrink_limit=limits.shrink_percent,
        shrink_items=limits.shrink_items,
        spike_limit=limits.spike_percent,
        open_items=move.open_items,
        settled_items=move.absent_items,
        settled_percent=_percent(move.absent_items, move.open_items),
        settled_amount_percent=sizes,
        moved_percent=moved,
        unreadable_rows=move.unreadable,
    )


def reason_to_hold(move: Move, limits: Limits) -> str | None:
    """The public code of why a person must look first, or None."""
    if move.absent_items and move.unreadable:
        return "unreadable-rows"
    if move.absent_items >= limits.shrink_items and _shrinks(move, limits):
        return "would-settle-too-much"
    if not move.first and any(_spikes(move, currency, limits) for currency in move.open_before):
        return "moves-too-much"
    return None


def _percent(part: int, whole: int) -> int:
    return -(-part * 100 // whole) if whole else 0


def _shrinks(move: Move, limits: Limits) -> bool:
    """Of all items, or of the amounts in a currency; one of which few items are open shrinks when a customer pays."""
    percent = limits.shrink_percent
    if move.absent_items * 100 > percent * move.open_items:
        return True
    return any(
        size * 100 > percent * move.open_size.get(currency, 0)
        for currency, size in move.absent_size.items()
        if not _few(move, currency, limits)
    )


def _few(move: Move, currency: str, limits: Limits) -> bool:
    return move.open_counts.get(currency, move.open_items) < limits.shrink_items


def _spikes(move: Move, currency: str, limits: Limits) -> bool:
    """Among a few items one invoice moves the sum by half; there, only known items that grow are a sign.

    Not even they where many are open in another currency: what is misread in one is misread in all.
    """
    if _few(move, currency, limits) and not all(_few(move, other, limits) for other in move.open_before):
        return False
    moved = move.grown.get(currency, 0) if _few(move, currency, limits) else _moved(move, currency)
    return moved * 100 > limits.spike_percent * _base(move, currency)


def _moved(move: Move, currency: str) -> int:
    return abs(move.open_after.get(currency, 0) - move.open_before.get(currency, 0))


def _base(move: Move, currency: str) -> int:
    """What is open; where credits nearly cancel it, all amounts without sign, or every payment would move it wildly."""
    net, size = abs(move.open_before.get(currency, 0)), move.open_size.get(currency, 0)
    return net if net * 2 >= size else size
