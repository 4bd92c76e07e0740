"""How many parts an SMS travels in: 160 signs of the GSM alphabet or 70 of Unicode, fewer where there are several."""

import msgspec

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
"""Each of these takes two places."""
LONGEST = 1600
"""What a gateway takes in one message."""


class Segments(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of a text. `alphabet` is `gsm-7` or `ucs-2`; `places` are what the text takes in it."""

    alphabet: str
    places: int
    parts: int


def segments(text: str) -> Segments:
    """Count the parts as networks do: no sign is cut in two, and every part of several tells its place."""
    if all(sign in _BASIC or sign in _EXTENDED for sign in text):
        sizes, alone, joined, alphabet = [2 if sign in _EXTENDED else 1 for sign in text], 160, 153, "gsm-7"
    else:
        sizes, alone, joined, alphabet = [2 if ord(sign) > 0xFFFF else 1 for sign in text], 70, 67, "ucs-2"
    places = sum(sizes)
    return Segments(alphabet=alphabet, places=places, parts=1 if places <= alone else _parts(sizes, joined))


def _parts(sizes: list[int], room: int) -> int:
    parts, taken = 1, 0
    for size in sizes:
        if taken + size > room:
            parts, taken = parts + 1, 0
        taken += size
    return parts
