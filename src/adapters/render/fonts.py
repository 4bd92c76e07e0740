"""The fonts of what is printed: those of the machine, Noto Sans before all; one is embedded in typst itself."""

import re
from functools import cache

import typst

_LATIN = ("Noto Sans", "DejaVu Sans", "Liberation Sans", "Libertinus Serif")
_ASIAN = {"ja": "Noto Sans CJK JP", "zh": "Noto Sans CJK SC"}
_ASIAN_SIGNS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def families(language: str) -> list[str]:
    """The families that a language is set in, the first that has a sign counts.

    A Chinese name in a French letter is found too: what Latin has stays Latin.
    """
    own = _ASIAN.get(language.partition("-")[0])
    asian = [own, *(one for one in _ASIAN.values() if one != own)] if own else list(_ASIAN.values())
    return [_LATIN[0], *asian, *_LATIN[1:]] if own else [*_LATIN[:-1], *asian, _LATIN[-1]]


def can_set(text: str) -> bool:
    """Whether the machine has the signs of a text: empty boxes on paper would not be seen by whoever reads it again."""
    return not _ASIAN_SIGNS.search(text) or _has_asian_fonts()


@cache
def _has_asian_fonts() -> bool:
    return not set(_ASIAN.values()).isdisjoint(known_fonts().families())


@cache
def known_fonts() -> typst.Fonts:
    """Every font of the machine; looking for them takes longer than a letter."""
    return typst.Fonts()
