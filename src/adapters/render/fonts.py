"""The fonts of what is printed: those of the machine, Noto Sans before all; one is embedded in typst itself."""

from functools import cache

import typst

_LATIN = ("Noto Sans", "DejaVu Sans", "Liberation Sans", "Libertinus Serif")
_ASIAN = {"ja": "Noto Sans CJK JP", "zh": "Noto Sans CJK SC"}


def families(language: str) -> list[str]:
    """The families that a language is set in, the first that has a sign counts.

    A Chinese name in a French letter is found too: what Latin has stays Latin.
    """
    own = _ASIAN.get(language.partition("-")[0])
    asian = [own, *(one for one in _ASIAN.values() if one != own)] if own else list(_ASIAN.values())
    return [_LATIN[0], *asian, *_LATIN[1:]] if own else [*_LATIN[:-1], *asian, _LATIN[-1]]


@cache
def known_fonts() -> typst.Fonts:
    """Every font of the machine; looking for them takes longer than a letter."""
    return typst.Fonts()
