"""Encodings of East Asia, told by how common their characters are: every pair of bytes is some character in some."""

import re
from math import log
from typing import NamedTuple

from relance.plugins.importers.alphabets import HANGUL, JAPANESE, SIMPLIFIED, TRADITIONAL


class _Writing(NamedTuple):
    """An encoding's own characters by their first byte: those in daily use, then those of names and books."""

    common: frozenset[str]
    daily: range
    rare: range
    prior: float


OF_SEVERAL_BYTES = {
    "cp932": _Writing(JAPANESE, range(0x88, 0x98), range(0x98, 0xEB), -1.5),
    "euc_jp": _Writing(JAPANESE, range(0xB0, 0xD0), range(0xD0, 0xF5), -3.0),
    "gb18030": _Writing(SIMPLIFIED, range(0xB0, 0xD8), range(0xD8, 0xF8), -1.5),
    "big5": _Writing(TRADITIONAL, range(0xA4, 0xC7), range(0xC9, 0xFA), -2.0),
    "cp949": _Writing(HANGUL, range(0), range(0), -2.0),
}
_COMMON, _KANA, _DAILY, _WIDE, _RARE, _HALF, _NEVER = map(log, (0.03, 0.03, 0.003, 0.003, 3e-5, 1e-4, 1e-7))
_ALONE = re.compile(r"(?<=[A-Za-z])[\u0100-\uffff](?=[A-Za-z])")
"""One such character between two letters: the byte of a code page that swallowed the next."""


def likelihood_in(encoding: str, text: str) -> float:
    """The logarithm of how likely the text is as one that was written in this encoding."""
    writing = OF_SEVERAL_BYTES[encoding]
    far = sum(_likelihood(char, encoding, writing) for char in text if char > "\x7f")
    return far + len(_ALONE.findall(text)) * _NEVER + writing.prior


def _likelihood(char: str, encoding: str, writing: _Writing) -> float:
    if char in writing.common:
        return _COMMON if writing.common is not HANGUL or _in_daily_use(char) else _NEVER
    if "\uff61" <= char <= "\uff9f":
        return _HALF  # half-width kana: every byte of a code page makes one
    if "\u3041" <= char <= "\u30fe":
        return _KANA if writing.common is JAPANESE else _RARE
    if "\u3000" <= char <= "\u3020" or "\uff01" <= char <= "\uffe6":
        return _WIDE
    raw = char.encode(encoding)
    if len(raw) != 2 or (raw[1] < 0xA1 and encoding in ("gb18030", "cp949")):
        return _NEVER
    return _DAILY if raw[0] in writing.daily else _RARE if raw[0] in writing.rare else _NEVER


def _in_daily_use(char: str) -> bool:
    """Whether a syllable is among those of the standard; the code page knows thousands that nobody writes."""
    try:
        char.encode("euc_kr")
    except UnicodeEncodeError:
        return False
    return True
