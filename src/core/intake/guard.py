"""May this snapshot be believed? An empty or shrunken file must not settle a ledger (A6)."""

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """The tenant's thresholds: percents, and the number of items below which shrinking does not ask."""

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
        currency: _percent(abs(move.open_after.get(currency, 0) - before), abs(before))
        for currency, before in move.open_before.items()
        if before and not move.first
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
    if move.absent_items >= limits.shrink_items and _shrinks(move, limits.shrink_percent):
        return "would-settle-too-much"
    if not move.first and _spikes(move, limits.spike_percent):
        return "moves-too-much"
    return None


def _percent(part: int, whole: int) -> int:
    return -(-part * 100 // whole) if whole else 0


def _shrinks(move: Move, percent: int) -> bool:
    if move.absent_items * 100 > percent * move.open_items:
        return True
    return any(size * 100 > percent * move.open_size.get(currency, 0) for currency, size in move.absent_size.items())


def _spikes(move: Move, percent: int) -> bool:
    return any(
        before and abs(move.open_after.get(currency, 0) - before) * 100 > percent * abs(before)
        for currency, before in move.open_before.items()
    )
