"""Charts as SVG made here: no inline style, so the strict policy allows them; colours come from the style sheet."""

from collections.abc import Sequence

from markupsafe import Markup

_PIECE = Markup('<rect class="a{kind}" x="{x}" width="{width}" height="{height}"/>')
_BAR = Markup(
    '<svg class="age" viewBox="0 0 {width} {height}" preserveAspectRatio="none" aria-hidden="true">{pieces}</svg>'
)


def age_bar(parts: Sequence[int], width: int = 88, height: int = 8, gap: float = 1.0) -> Markup:
    """A bar of not due, 1 to 30, 31 to 60, 61 to 90 and over 90 days; decoration, since the numbers stand beside it."""
    known = [(kind, amount) for kind, amount in enumerate(parts) if amount > 0]
    total = sum(amount for _, amount in known)
    room = width - gap * max(0, len(known) - 1)
    pieces, at = [], 0.0
    for kind, amount in known:
        size = room * amount / total
        pieces.append(_PIECE.format(kind=kind, x=f"{at:.1f}", width=f"{size:.1f}", height=height))
        at += size + gap
    return _BAR.format(width=width, height=height, pieces=Markup("").join(pieces))


def meter(share: float, label: str, kind: str = "fillok", width: int = 128, height: int = 6) -> Markup:
    """How much of a whole is done, 0 to 1."""
    filled = f"{width * min(1.0, max(0.0, share)):.1f}"
    return Markup(
        '<svg viewBox="0 0 {w} {h}" preserveAspectRatio="none" role="img" aria-label="{label}">'
        '<rect class="track" width="{w}" height="{h}"/><rect class="{kind}" width="{filled}" height="{h}"/></svg>'
    ).format(w=width, h=height, label=label, kind=kind, filled=filled)
