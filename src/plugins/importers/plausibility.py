"""How likely a reading of bytes is: words of one script, in one case, with the letters of one language."""

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from math import log
from typing import NamedTuple

from relance.plugins.importers.alphabets import LETTERS, TELLING
from relance.plugins.importers.code_pages import CODE_PAGES
from relance.plugins.importers.east_asia import OF_SEVERAL_BYTES, likelihood_in

_WORD = re.compile(rb"[0-9A-Za-z'\x80-\xff]*[\x80-\xff][0-9A-Za-z'\x80-\xff]*")
_BETWEEN = re.compile(rb"[;,\t\r\n\"]")
"""Bytes that end a cell and are never the second half of a character."""
_MOST_CELLS = 500
_SIGNS = frozenset("°€£§«»“”„\u2013\u00a0ºª")
_RARE_SIGNS = frozenset("\u2018\u2019—…²³½¼·•®©™µ\xd7¿¡†±\u202f\u00ad")
_ABROAD = frozenset("éáíóúöüäèñçãåøßôêâë")
"""Letters that names from abroad bring into any language."""
_FOREIGN, _STRANGE, _SIGN, _RARE_SIGN, _NO_LETTER, _CONTROL = map(log, (0.004, 5e-4, 0.02, 0.002, 1e-5, 1e-7))
_TELLING = 2.0
_LONE = frozenset("ÀÁÂÈÉÍÓÔÚÅÖ")
"""Capitals that are words of their own; any other alone was rather a sign, such as a pound."""
_ODD_CASE, _AMID, _SCRIPTS = map(log, (0.002, 0.01, 0.001))


class Reading(NamedTuple):
    """What one encoding makes of the bytes; `likelihood` is a logarithm, comparable within one sample."""

    encoding: str
    text: str
    likelihood: float


class Words:
    """The different cells of a sample that hold a byte beyond ASCII, and the words in them."""

    def __init__(self, sample: bytes, whole: bool) -> None:
        body = sample if whole or b"\n" not in sample else sample[: sample.rindex(b"\n")]
        odd = dict.fromkeys(cell for cell in _BETWEEN.split(body) if not cell.isascii())
        self.cells = b"\n".join(list(odd)[:_MOST_CELLS])
        words = _WORD.findall(self.cells)
        self.words, self.count = b"\n".join(words), len(set(words))


def readings(words: Words) -> list[Reading]:
    """What every encoding that can read the words makes of them, the likeliest first.

    Encodings that make the same of them count as one, the most common.
    """
    found: dict[str, Reading] = {}
    for one in (*_of_one_byte(words), *_of_several_bytes(words)):
        same = found.get(one.text)
        likelihood = max(one.likelihood, same.likelihood) if same else one.likelihood
        found[one.text] = Reading(same.encoding if same else one.encoding, one.text, likelihood)
    return sorted(found.values(), key=lambda one: one.likelihood, reverse=True)


def _of_one_byte(words: Words) -> Iterator[Reading]:
    for page in CODE_PAGES:
        text = _decoded(words.words, page.encoding)
        if text is None:
            continue
        letters = Counter(char for char in text if char > "\x7f")
        best = max(_in_language(letters, language) for language in page.languages)
        yield Reading(page.encoding, text, best + _oddities(text) + _known(text) + page.prior)


def _of_several_bytes(words: Words) -> Iterator[Reading]:
    for encoding in OF_SEVERAL_BYTES:
        text = _decoded(words.cells, encoding)
        if text is not None:
            yield Reading(encoding, text, likelihood_in(encoding, text))


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return codecs.decode(data, encoding)
    except UnicodeDecodeError:
        return None


def _in_language(letters: Counter[str], language: str) -> float:
    alphabet = LETTERS[language]
    whole = sum(place**-0.7 for place in range(1, len(alphabet) + 1))
    share = {char: log(0.95 * place**-0.7 / whole) for place, char in enumerate(alphabet, 1)}
    return sum(count * _likelihood(char, share) for char, count in letters.items())


def _likelihood(char: str, share: dict[str, float]) -> float:
    known = share.get(char.lower())
    if known is not None:
        return known
    if char in _SIGNS:
        return _SIGN
    if char in _RARE_SIGNS:
        return _RARE_SIGN
    if not char.isalpha():
        return _CONTROL if char < "\xa0" else _NO_LETTER
    return _FOREIGN if char.lower() in _ABROAD else _STRANGE


def _known(text: str) -> float:
    """Words that stand in headers and read otherwise in another code page."""
    return _TELLING * sum(word.lower() in TELLING for word in set(text.split("\n")))


def _oddities(text: str) -> float:
    """What no writer would write: a capital within small letters, two scripts in one word, a sign amid letters."""
    return sum(_oddity(word) for word in text.split("\n"))


def _oddity(word: str) -> float:
    scripts = {_script(char) for char in word if char.isalpha()}
    odd = _SCRIPTS * (len(scripts) - 1) if scripts else 0.0
    if len(word) == 1 and word.isupper() and word not in _LONE:
        odd += _AMID
    for before, char, after in zip(f" {word}", word, f"{word[1:]} ", strict=False):
        if char > "\x7f":
            odd += _misplaced(before, char, after)
    return odd


def _misplaced(before: str, char: str, after: str) -> float:
    if char.isalpha():
        if char.isupper():
            return _ODD_CASE if before.islower() else 0.0
        return _ODD_CASE if before.isupper() and char.islower() and not after.islower() else 0.0
    return _AMID if before.isalpha() and after.isalpha() and char not in "\u2019\u00ad·" else 0.0


def _script(char: str) -> str:
    if char < "\u0250" or "\u1e00" <= char <= "\u1eff":
        return "Latin"
    return unicodedata.name(char, "?").split(" ")[0]
