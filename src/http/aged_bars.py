"""Aged bars as SVG: presentation attributes only, so the page's policy lets them live; numbers stand beside them."""

from collections.abc import Sequence

from markupsafe import Markup

_WIDTH = 1000


def aged_bar(parts: Sequence[int], links: Sequence[str] = ()) -> Markup:
    """One bar of the five ages; with `links` each piece leads to its items. The legend says the same in words."""
    pieces, left = [], 0
    for place, width in enumerate(_widths(parts)):
        if width:
            rect = Markup('<rect class="a{}" x="{}" width="{}" height="14"/>').format(place, left, width)
            pieces.append(Markup('<a href="{}" tabindex="-1">{}</a>').format(links[place], rect) if links else rect)
        left += width
    return Markup('<svg viewBox="0 0 {} 14" preserveAspectRatio="none" aria-hidden="true">{}</svg>').format(
        _WIDTH, Markup("").join(pieces)
    )


def micro_age(parts: Sequence[int], longest: int | None = None) -> Markup:
    """A row's own bar, 88 by 8; `longest` is the amount that fills it."""
    total = sum(max(0, part) for part in parts)
    shown = sum(part > 0 for part in parts)
    scale = 88 if not longest else max(2 * shown, round(88 * total / longest)) if total else 0
    pieces, left = [], 0
    for place, width in enumerate(_widths(parts, scale)):
        if width:
            pieces.append(Markup('<rect class="a{}" x="{}" width="{}" height="8"/>').format(place, left, width))
        left += width
    return Markup('<svg class="age" viewBox="0 0 88 8" preserveAspectRatio="none" aria-hidden="true">{}</svg>').format(
        Markup("").join(pieces)
    )


def step_places(days: Sequence[int]) -> list[int]:
    """Where steps stand on a line of 1000: their days in proportion, never closer than a card is wide."""
    if not days:
        return []
    low, high = min(0, *days), max(1, *days)
    return [60 + round(880 * (day - low) / (high - low)) for day in days]


def _widths(parts: Sequence[int], whole: int = _WIDTH) -> list[int]:
    """Whole widths that add up to `whole`; a piece that is there is never invisible."""
    amounts = [max(0, part) for part in parts]
    total = sum(amounts)
    if not total:
        return [0] * len(amounts)
    least = max(1, whole // 250)
    widths = [max(least, whole * amount // total) if amount else 0 for amount in amounts]
    largest = widths.index(max(widths))
    widths[largest] += whole - sum(widths)
    return widths
