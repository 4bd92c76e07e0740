"""How the cells of a file are to be read, guessed from the columns that are mapped; what is open becomes a question."""

import re
from collections.abc import Iterable, Mapping, Sequence

from relance.core.intake.amount_styles import amount_style
from relance.core.intake.day_styles import agreed
from relance.core.intake.fields import FIELDS, Kind
from relance.core.intake.header_words import words_of
from relance.core.intake.mapping import Question
from relance.core.intake.seen import ColumnSeen
from relance.core.intake.splits import split_of
from relance.core.intake.terms import parse_terms
from relance.core.intake.type_words import type_of
from relance.core.intake.understanding import Guess
from relance.core.ledger.items import ITEM_TYPES

MOST_WORDS = 12
"""More unknown words than this in a column of types or terms are no such column."""
_OPEN_FLAGS = frozenset(("isopen", "open", "openflag", "offen", "ouvert", "abierto", "aperto", "aberto"))
_FLAGS = frozenset(("0", "1", "true", "false", "yes", "no", "y", "n"))
Found = tuple[list[Guess], list[Question]]


def cell_guesses(
    kind: Kind,
    columns: Mapping[str, ColumnSeen],
    mapping: Mapping[str, str],
    given: Mapping[str, str],
    guessed: frozenset[str],
    decimals: int = 2,
) -> Found:
    """Options that follow from the values. `given` are a person's; `guessed` are the fields that no person mapped.

    `decimals` is the most that the file's currencies have: 1,234 yen are never one yen and a bit.
    """
    seen = {field: columns[name] for field, name in mapping.items() if name in columns}
    parts = [
        _days(kind, seen, given),
        _decimals(kind, seen, given, decimals),
        _whole_numbers(kind, seen, given),
        _types(seen, given, guessed),
        _terms(seen, given, guessed),
        _paid(seen, list(columns.values()), given, guessed) if kind == "items" else ([], []),
        _split(kind, seen, given, guessed),
    ]
    return [guess for part, _ in parts for guess in part], [asked for _, part in parts for asked in part]


def _of_sort(kind: Kind, sort: str, seen: Mapping[str, ColumnSeen]) -> list[ColumnSeen]:
    names = [field.name for field in FIELDS[kind] if field.sort == sort]
    return [seen[name] for name in names if name in seen and seen[name].telling]


def _days(kind: Kind, seen: Mapping[str, ColumnSeen], given: Mapping[str, str]) -> Found:
    columns = [column for column in _of_sort(kind, "day", seen) if column.days.patterns]
    if "date" in given or not columns:
        return [], []
    reading = agreed([column.days for column in columns])
    if not reading.rivals:
        why = f"{columns[0].telling[0]!r} and all other days read so"
        value = "|".join(reading.patterns)
        return [Guess(name="date", value=value, confidence=96, code="all-days-read", why=why)], []
    plain = [pattern for column in columns if not column.days.rivals for pattern in column.days.patterns]
    others = [pattern for pattern in dict.fromkeys(plain) if pattern not in (*reading.patterns, *reading.rivals)]
    choices = tuple("date=" + "|".join((*others, pattern)) for pattern in (*reading.patterns, *reading.rivals))
    asked = next(column for column in columns if column.days.rivals or reading.example == "")
    message = (
        f"{reading.example!r} in {asked.name!r} is two different days; say which with --option {choices[0]} or another"
    )
    return [], [Question(code="date", column=asked.name, choices=choices, message=message)]


def _decimals(kind: Kind, seen: Mapping[str, ColumnSeen], given: Mapping[str, str], decimals: int) -> Found:
    columns = _of_sort(kind, "amount", seen)
    if "decimal" in given or not columns:
        return [], []
    style = amount_style(value for column in columns for value in column.written)
    if style.decimal and not style.against:
        why = f"{style.example!r} says so, and no amount says otherwise"
        return [Guess(name="decimal", value=style.decimal, confidence=96, code="amounts-agree", why=why)], []
    if not style.against and not style.open_example:
        return [], []
    if style.open_example and not decimals:
        mark = "." if "," in style.open_example else ","
        why = f"the currency has no decimals, so {style.open_example!r} has thousands"
        return [Guess(name="decimal", value=mark, confidence=93, code="no-decimals", why=why)], []
    example = style.open_example or f"{style.example}' and '{style.against}"
    column = next(one for one in columns if (style.open_example or style.against) in one.values)
    message = f"{example!r} in {column.name!r} may be a thousand times more; say which mark is before the decimals"
    return [], [Question(code="decimal", column=column.name, choices=("decimal=.", "decimal=,"), message=message)]


def _whole_numbers(kind: Kind, seen: Mapping[str, ColumnSeen], given: Mapping[str, str]) -> Found:
    sorts = {field.name: field.sort for field in FIELDS[kind]}
    floats = [name for name, column in seen.items() if sorts.get(name) in {"text", "known"} and column.floats]
    if "whole-numbers" in given or not floats:
        return [], []
    why = f"{seen[floats[0]].telling[0]!r} is a number that passed through a spreadsheet"
    return [Guess(name="whole-numbers", value=",".join(floats), confidence=97, code="numbers-as-floats", why=why)], []


def _types(seen: Mapping[str, ColumnSeen], given: Mapping[str, str], guessed: frozenset[str]) -> Found:
    column = seen.get("type")
    if column is None:
        return [], []
    said = {name.removeprefix("type.").lower() for name in given if name.startswith("type.")}
    words = [word for word in column.telling if word not in ITEM_TYPES and word.lower() not in said]
    guesses = [
        Guess(name=f"type.{word}", value=found, confidence=88, code="known-word", why=f"{word!r} is a word for {found}")
        for word in words
        if (found := type_of(word)) is not None
    ]
    if "type" not in guessed:
        return guesses, []
    unknown = [word for word in words if type_of(word) is None][:MOST_WORDS]
    return guesses, [ask_type(column.name, word) for word in unknown]


def ask_type(column: str, word: str) -> Question:
    """What only a person can say of a word in a column of types."""
    choices = tuple(f"type.{word}={name}" for name in ITEM_TYPES)
    message = f"what is {word!r} in {column!r}? answer with --option {choices[0]} or another type; it is asked once"
    return Question(code="type", column=column, choices=choices, message=message)


def _terms(seen: Mapping[str, ColumnSeen], given: Mapping[str, str], guessed: frozenset[str]) -> Found:
    column = seen.get("terms")
    if column is None or "terms" not in guessed or "due_on" in seen:
        return [], []
    said = {name.removeprefix("terms.").lower() for name in given if name.startswith("terms.")}
    codes = [code for code in column.telling if parse_terms(code) is None and code.lower() not in said]
    return [], [_ask_terms(column.name, code) for code in codes[:MOST_WORDS]]


def _ask_terms(column: str, code: str) -> Question:
    choices = (f"terms.{code}=30", f"terms.{code}=30 eom")
    message = f"when is an item with the terms {code!r} due? answer with --option {choices[0]} (days) or {choices[1]!r}"
    return Question(code="terms", column=column, choices=choices, message=message)


def _paid(
    seen: Mapping[str, ColumnSeen], columns: Sequence[ColumnSeen], given: Mapping[str, str], guessed: frozenset[str]
) -> Found:
    column = seen.get("paid_on")
    if column is None or "paid_on" not in guessed or "open_amount" in seen or "paid" in given:
        return [], []
    flag = next((one for one in columns if _is_open_flag(one)), None)
    if flag is not None or column.filled < column.rows:
        why = f"{flag.name!r} says which are open" if flag else "only some rows have a payment date"
        guess = Guess(name="paid", value="settled", confidence=82, code="paid-rows-are-settled", why=why)
        return [guess], []
    choices = ("paid=settled", "paid=open")
    message = f"every row has a day in {column.name!r}: are they all paid, or is something still open?"
    return [], [Question(code="paid", column=column.name, choices=choices, message=message)]


def _is_open_flag(column: ColumnSeen) -> bool:
    values = {value.lower().removesuffix(".0") for value in column.values}
    return "".join(words_of(column.name)) in _OPEN_FLAGS and bool(values) and values <= _FLAGS


def _split(kind: Kind, seen: Mapping[str, ColumnSeen], given: Mapping[str, str], guessed: frozenset[str]) -> Found:
    field = "code" if kind == "customers" else "customer_code"
    column = seen.get(field) or seen.get("customer_name" if kind != "customers" else "name")
    if column is None or f"split.{field}" in given or (field in seen and field not in guessed):
        return [], []
    template = split_of(column.telling)
    if not template:
        return [], []
    choices = (f"split.{field}={template}", f"split.{field}=none")
    message = (
        f"{column.telling[0]!r} in {column.name!r} seems to be a code and a name; answer with --option {choices[0]!r}"
    )
    return [], [Question(code="split", column=column.name, choices=choices, message=message)]


def known_options(names: Iterable[str]) -> list[str]:
    """Those that are options of cells, not of a file's structure."""
    return [
        name
        for name in names
        if re.match(r"(date|decimal|signs|paid|due|balance|whole-numbers|type\.|terms\.|split\.)", name)
    ]
