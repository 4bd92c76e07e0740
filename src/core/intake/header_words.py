"""How well a column's name tells a field: without accents, case and punctuation, whole or by its parts."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from relance.core.intake.column_names import NAMES
from relance.core.intake.fields import FIELDS, KINDS, Kind
from relance.core.intake.money_names import DERIVED, MONEY
from relance.core.intake.neighbour_names import NEIGHBOURS
from relance.core.intake.people_names import PEOPLE

_WHOLE, _OWN = 96, 100
_PART, _PREFIX = 74, 78
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "\u0131": "i", "æ": "ae", "œ": "oe", "°": " ", "º": " "}
)
_SMALL = frozenset(("de", "du", "des", "del", "della", "dello", "dei", "do", "da", "of", "the", "van", "der", "den"))
"""Words that say nothing: `numero du document` is `numero document`."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UMLAUT = re.compile(r"([aoAO])e|(?<!\bd)(?<!\bD)([uU])e")
"""Written out where a program knows no umlauts: Faelligkeit. What is due has none."""
_DU, _OWED = re.compile("\\bd(?:\u00fb|u\u0302)\\b"), "due"
"""`Montant dû` is no `montant`: the participle has its accent, or stands at the end."""
_LOST = "\ufffd"
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_TELLING = 80
"""A name that tells less is no sign where it is only a part of the column's."""
_GUESSED = frozenset(("predicted", "prediction", "forecast", "bucket", "ageing", "aging"))
_ALIKE: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "customers": {"code": ("customer_code", "code"), "name": ("customer_name", "name")},
    "contacts": {"name": ("last_name",)},
    "users": {"name": ("last_name",)},
    "payments": {"paid_on": ("paid_on", "moved_on"), "payer": ("customer_name", "payer"), "text": ("movement_text",)},
}
"""Fields whose names are catalogued under other words."""


@lru_cache(maxsize=4096)
def words_of(name: str) -> tuple[str, ...]:
    """`N° Pièce (TTC)` as n, piece, ttc."""
    parted = _DU.sub(_OWED, _CAMEL.sub(" ", name).casefold()).translate(_LETTERS)
    bare = "".join(char for char in unicodedata.normalize("NFKD", parted) if not unicodedata.combining(char))
    bare = unicodedata.normalize("NFKC", bare)
    words = "".join(char if char.isalnum() or char == _LOST else " " for char in bare).split()
    if words and words[-1] == "du":
        words[-1] = _OWED
    return tuple(word for word in words if word not in _SMALL) or tuple(words)


@lru_cache(maxsize=4096)
def name_score(kind: Kind, field: str, column: str) -> int:
    """0 to 100: how well the column's name tells the field; what follows in brackets counts only where it helps."""
    bare = re.sub(r"[(\[].*?[)\]]", " ", column)
    texts = {column, bare} | {_UMLAUT.sub(r"\1\2", text) for text in (column, bare)}
    return max(_score(kind, field, words_of(text)) for text in texts)


@lru_cache(maxsize=4096)
def name_worth(column: str) -> int:
    """0 to 96: how well a column's name tells any field of any kind; one of our own names tells no more than others."""
    return max(min(_WHOLE, name_score(kind, field, column)) for kind in KINDS for field in fields_of(kind))


@lru_cache(maxsize=4096)
def is_derived(column: str) -> bool:
    """Whether a program computes or guesses this column from others."""
    seen = _Name(words_of(column))
    if not seen.words:
        return False
    if any(word in _GUESSED for word in seen.words):
        return True
    return any(_same(seen, name) or (len(name.joined) > 7 and _within(name, seen)) for name, _ in _catalogue(DERIVED))


def fields_of(kind: Kind) -> tuple[str, ...]:
    """The fields that columns may fill, in their order."""
    return tuple(field.name for field in FIELDS[kind])


class _Name:
    """The words of a name, and the same without blanks."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words, self.joined = words, "".join(words)


def _score(kind: Kind, field: str, words: tuple[str, ...]) -> int:
    if not words:
        return 0
    seen = _Name(words)
    if _same(seen, _Name(words_of(field))):
        return _OWN
    return max((_against(seen, name, weight) for name, weight in _names(kind, field)), default=0)


def _against(seen: _Name, name: _Name, weight: int) -> int:
    if _same(seen, name):
        return _WHOLE * weight // 100
    if _abbreviates(seen.words, name.words):
        return _PREFIX * weight // 100
    if weight >= _TELLING and len(name.joined) * 3 >= len(seen.joined) and _within(name, seen):
        return _PART * weight // 100
    return 0


def _same(seen: _Name, name: _Name) -> bool:
    if _LOST not in seen.joined:
        return seen.joined == name.joined
    return re.fullmatch(re.escape(seen.joined).replace(_LOST, "."), name.joined) is not None


def _within(name: _Name, seen: _Name) -> bool:
    """Whether the name stands in it, word by word; names in Chinese and Japanese know no blanks."""
    if _LOST in seen.joined:
        return any(_same(_Name((word,)), name) for word in seen.words if _LOST in word)
    if name.joined not in seen.joined:
        return False
    if _CJK.search(name.joined):
        return True
    size = len(name.words)
    return any(seen.words[start : start + size] == name.words for start in range(len(seen.words) - size + 1))


def _abbreviates(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """`fact date` for `facture date`: word by word the beginning, of three letters at least."""
    if len(words) != len(name) or words[0][0] != name[0][0]:
        return False
    pairs = zip(words, name, strict=True)
    return all(long.startswith(word) and (len(word) >= 3 or word == long) for word, long in pairs)


@lru_cache(maxsize=512)
def _names(kind: Kind, field: str) -> tuple[tuple[_Name, int], ...]:
    catalogue = {**NAMES, **MONEY, **PEOPLE}
    own = _ALIKE.get(kind, {}).get(field, (field,))
    texts = (text for word in own for text in (catalogue.get(word, ""), NEIGHBOURS.get(word, "")))
    return tuple(name for text in texts for name in _catalogue(text))


@lru_cache(maxsize=128)
def _catalogue(text: str) -> tuple[tuple[_Name, int], ...]:
    entries = [entry.strip().partition("~") for entry in text.split(",") if entry.strip()]
    return tuple((_Name(words_of(name)), int(weight or 100)) for name, _, weight in entries)
