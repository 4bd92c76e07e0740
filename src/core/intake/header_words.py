"""How well a column's name tells a field: names are compared without accents, case and punctuation, and by their parts."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from relance.core.intake.column_names import NAMES
from relance.core.intake.fields import FIELDS, Kind
from relance.core.intake.money_names import DERIVED, MONEY
from relance.core.intake.people_names import PEOPLE

_WHOLE, _OWN = 96, 100
_PART, _PREFIX = 74, 78
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "ı": "i", "æ": "ae", "œ": "oe", "°": " ", "º": " "})
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LOST = "\ufffd"
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_CONTACT_NAME = {"contacts": "last_name", "users": "last_name"}
_ALIKE: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "customers": {"code": ("customer_code", "code"), "name": ("customer_name", "name")},
    "contacts": {"name": ("last_name",)},
    "users": {"name": ("last_name",)},
}
"""Fields whose names are catalogued under other words."""


@lru_cache(maxsize=4096)
def words_of(name: str) -> tuple[str, ...]:
    """`N° Pièce (TTC)` as n, piece, ttc."""
    parted = _CAMEL.sub(" ", name).casefold().translate(_LETTERS)
    bare = "".join(char for char in unicodedata.normalize("NFKD", parted) if not unicodedata.combining(char))
    bare = unicodedata.normalize("NFKC", bare)
    return tuple("".join(char if char.isalnum() or char == _LOST else " " for char in bare).split())


@lru_cache(maxsize=4096)
def name_score(kind: Kind, field: str, column: str) -> int:
    """0 to 100: how well the column's name tells the field; what follows in brackets counts only where it helps."""
    bare = re.sub(r"[(\[].*?[)\]]", " ", column)
    return max(_score(kind, field, words_of(text)) for text in {column, bare})


@lru_cache(maxsize=4096)
def is_derived(column: str) -> bool:
    """Whether a program computes or guesses this column from others."""
    words = words_of(column)
    if not words:
        return False
    return any(_same(words, name) or (len(name) > 1 and _within(name, words)) for name, _ in _catalogue(DERIVED)) or (
        any(word in {"predicted", "prediction", "forecast", "bucket", "ageing", "aging"} for word in words)
    )


def _score(kind: Kind, field: str, words: tuple[str, ...]) -> int:
    if not words:
        return 0
    if _same(words, words_of(field)):
        return _OWN
    return max((_against(words, name, weight) for name, weight in _names(kind, field)), default=0)


def _against(words: tuple[str, ...], name: tuple[str, ...], weight: int) -> int:
    if _same(words, name):
        return _WHOLE * weight // 100
    if _abbreviates(words, name):
        return _PREFIX * weight // 100
    if weight >= 80 and _within(name, words) and sum(map(len, name)) * 3 >= sum(map(len, words)):
        return _PART * weight // 100
    return 0


def _same(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    joined, wanted = "".join(words), "".join(name)
    if _LOST not in joined:
        return joined == wanted
    return re.fullmatch(re.escape(joined).replace(_LOST, "."), wanted) is not None


def _within(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether the name stands in it, word by word; names in Chinese and Japanese know no blanks."""
    if _CJK.search("".join(name)):
        return "".join(name) in "".join(words)
    size = len(name)
    return any(_same(words[start : start + size], name) for start in range(len(words) - size + 1))


def _abbreviates(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """`fact date` for `facture date`: word by word the beginning, of three letters at least, or a single n."""
    if len(words) != len(name) or words == name:
        return False
    return all(
        long.startswith(word) and (len(word) >= 3 or word == long) for word, long in zip(words, name, strict=True)
    )


@lru_cache(maxsize=512)
def _names(kind: Kind, field: str) -> tuple[tuple[tuple[str, ...], int], ...]:
    catalogue = {**NAMES, **MONEY} | PEOPLE
    own = _ALIKE.get(kind, {}).get(field, (field,))
    return tuple(name for word in own for name in _catalogue(catalogue.get(word, "")))


@lru_cache(maxsize=128)
def _catalogue(text: str) -> tuple[tuple[tuple[str, ...], int], ...]:
    entries = [entry.strip().partition("~") for entry in text.split(",") if entry.strip()]
    return tuple((words_of(name), int(weight or 100)) for name, _, weight in entries)


def fields_of(kind: Kind) -> tuple[str, ...]:
    """The fields that columns may fill, in their order."""
    return tuple(field.name for field in FIELDS[kind])
