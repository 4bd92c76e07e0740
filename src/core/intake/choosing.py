"""Which column fills which field: by its name first, then by what its values can be."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from relance.core.intake.cells import parse_country, parse_flag, parse_language
from relance.core.intake.fields import FIELDS, Field, Kind
from relance.core.intake.header_words import fields_of, is_derived, name_score, words_of
from relance.core.intake.seen import ColumnSeen
from relance.core.intake.terms import parse_terms
from relance.core.intake.type_words import side_of, type_of
from relance.core.intake.understanding import ColumnGuess

SURE = 60
"""From here on a guess is used; below it a person is asked, or an optional field stays empty."""
_MOST = 80
_CLOSE, _EQUAL = 8, 3
_EMPTY = 90
_SENSELESS_EMPTY = frozenset(("type", "terms", "amount"))
_MOST_TYPES = 40
_GENERIC = 85
_WITH_CURRENCY = 66
_LOCAL = 64
"""Taken where no column holds the amount in the document's currency."""
_OWN_WORDS = (
    "lcy local locale lokal lokale lokala loc lc mw hw hwahr lw base hauswahrung hauswaehrung mandantenwahrung"
    " leitwahrung landeswahrung ccc dmbtr"
)
_OWN_CURRENCY = frozenset(_OWN_WORDS.split())
_OWN_PHRASES = ("companycodecurrency", "\u672c\u4f4d\u5e01", "\u672c\u5e01", "\u57fa\u6e96\u901a\u8ca8")
_NAMING = ("customer_code", "code", "customer_name", "name", "number")
_YIELDING = ("reference", "order_number", "unique_key")
_DAY = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})\.?|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\.?")
_CENTS = re.compile(r"\d[.,](?!0+$)\d{1,2}$")
_FILE = re.compile(r"://|[/\\].*\.|\.\w{3,4}$")
_KNOWN_HERE = ("collector", "scenario", "entity", "last_step", "payment_method", "customer_code")


class Candidate(NamedTuple):
    """A column that may fill a field, and how likely."""

    score: int
    field: str
    place: int


def candidates(
    kind: Kind,
    columns: Sequence[ColumnSeen],
    known: Mapping[str, Mapping[str, object]],
    fixed: Mapping[str, str] = {},
) -> list[Candidate]:
    """Every pair that is not absurd, the likeliest first; of equals the field that comes first, then the column.

    What `fixed` has settled is not looked at: reading a column's values is what takes the time.
    """
    by_name = {field.name: field for field in FIELDS[kind]}
    order = {name: place for place, name in enumerate(fields_of(kind))}
    found = [
        Candidate(score, name, place)
        for place, column in enumerate(columns)
        if not is_derived(column.name)
        for name, field in by_name.items()
        if _may(name, column.name, fixed) and (score := _score(kind, field, column, known.get(name, {}))) > 0
    ]
    return sorted(found, key=lambda one: (-one.score, order[one.field], one.place))


def chosen(
    kind: Kind,
    columns: Sequence[ColumnSeen],
    fixed: Mapping[str, str],
    known: Mapping[str, Mapping[str, object]] = {},
) -> tuple[ColumnGuess, ...]:
    """A column for each field that has one, whether it is sure enough or not. `fixed` is what a person said."""
    ranked = candidates(kind, columns, known, fixed)
    taken: dict[str, Candidate] = {}
    places: set[int] = set()
    for one in ranked:
        if one.field not in taken and one.place not in places:
            taken[one.field] = one
            places.add(one.place)
    _yield_numbers(ranked, taken)
    guesses = [_guess(one, ranked, taken, columns) for one in taken.values()]
    return tuple(guess for guess in guesses if guess.confidence > 0)


def _yield_numbers(ranked: Sequence[Candidate], taken: dict[str, Candidate]) -> None:
    """A number that no other column holds goes before a reference."""
    if "number" in taken and taken["number"].score >= SURE:
        return
    held = {taken[name].place: name for name in _YIELDING if name in taken}
    best = next((one for one in ranked if one.field == "number" and one.place in held and one.score >= SURE), None)
    if best is not None:
        del taken[held[best.place]]
        taken["number"] = best


def same_values(one: ColumnSeen, other: ColumnSeen) -> bool:
    """Whether two columns say the same, so that it does not matter which one is taken."""
    mine, theirs = set(one.values), set(other.values)
    return bool(mine) and len(mine & theirs) * 10 >= 9 * max(len(mine), len(theirs))


def names_files(column: ColumnSeen) -> bool:
    """Whether some value is an address or the name of a file."""
    return any(_FILE.search(value) for value in column.telling)


def currency_in(name: str) -> str:
    """The currency that a column's name tells, such as `Open (ILS)`; empty for none."""
    for word in name.replace("_", " ").replace("(", " ").replace(")", " ").replace("[", " ").replace("]", " ").split():
        if word.upper() in CURRENCIES:
            return word.upper()
    return next((code for sign, code in _SIGNS.items() if sign in name), "")


def is_in_local_currency(name: str) -> bool:
    """Whether a column is of the company's own currency and not of each document's."""
    words = words_of(name)
    return bool(_OWN_CURRENCY & set(words)) or any(phrase in "".join(words) for phrase in _OWN_PHRASES)


def _may(field: str, column: str, fixed: Mapping[str, str]) -> bool:
    """Whether a column may fill a field beside what is fixed; a name may share the cell of its code."""
    if field in fixed or (field == "amount" and {"debit", "credit"} & set(fixed)):
        return False
    users = [user for user, taken in fixed.items() if taken == column]
    return not users or (field == "customer_name" and users == ["customer_code"])


def _guess(
    one: Candidate, ranked: Sequence[Candidate], taken: Mapping[str, Candidate], columns: Sequence[ColumnSeen]
) -> ColumnGuess:
    mine = {other.place for other in taken.values() if other.field != one.field and other.score > one.score}
    rivals = [
        other
        for other in ranked
        if other.field == one.field
        and other.place != one.place
        and other.place not in mine
        and one.score - other.score <= _CLOSE
        and not same_values(columns[one.place], columns[other.place])
    ]
    closest = min((one.score - other.score for other in rivals), default=_CLOSE + 1)
    confidence = one.score if not rivals else (SURE - 5 if closest <= _EQUAL else min(one.score, 75))
    return ColumnGuess(
        field=one.field,
        column=columns[one.place].name,
        confidence=confidence,
        code="several-columns" if rivals else "by-name",
        why=f"{columns[one.place].name!r} is a name for {one.field} and its values fit",
        others=tuple(columns[other.place].name for other in rivals),
    )


def _score(kind: Kind, field: Field, column: ColumnSeen, known: Mapping[str, object]) -> int:
    score = name_score(kind, field.name, column.name)
    if not score and field.name in {"amount", "open_amount"} and currency_in(column.name):
        score = _WITH_CURRENCY if field.name == "amount" else 0
    if field.sort in {"amount", "currency"} and is_in_local_currency(column.name):
        score = min(score, _LOCAL)
    if not score or (field.name == "document" and column.telling and not names_files(column)):
        return 0
    if not column.telling:
        return score - 15 if score >= _EMPTY and not field.mandatory and field.name not in _SENSELESS_EMPTY else 0
    return score if score == 100 and field.sort == "text" else _fitted(field, column, score, known)


def _fitted(field: Field, column: ColumnSeen, score: int, known: Mapping[str, object]) -> int:
    """The score if the values can be what the field wants, less where they rather are not, else 0."""
    match field.sort:
        case "day":
            return score if column.share_of_days() >= _MOST and not column.computed else 0
        case "amount":
            return score if column.share_of_amounts >= _MOST else 0
        case "currency":
            return score if column.share_of_currencies >= _MOST or (score >= _EMPTY and _words(column)) else 0
        case "terms":
            return score if _share(column, parse_terms) >= _MOST else 0
        case "country":
            return score if _share(column, parse_country) >= _MOST else 0
        case "language":
            return score if _share(column, parse_language) >= _MOST else 0
        case "flag":
            return score if _share(column, parse_flag) >= _MOST else 0
    if field.name == "type":
        few = column.distinct <= _MOST_TYPES
        return score if few and (score >= _EMPTY or _share(column, type_of) >= 50) else 0
    if field.name == "sign":
        return score if _share(column, side_of) == 100 else 0
    if field.name in _KNOWN_HERE and field.sort == "known" and field.name != "customer_code":
        return score if _share(column, lambda word: word.lower() in _lower(known) or None) >= _MOST else 0
    return _text_fitted(field.name, column, score)


def _text_fitted(name: str, column: ColumnSeen, score: int) -> int:
    if name in _NAMING and _share(column, parse_flag) == 100 and column.distinct <= 2 and column.share_of_codes < 100:
        return 0
    if name == "email":
        return score if column.share_of_mails >= _MOST else 0
    if name in {"customer_code", "code"} and score < _GENERIC and column.share_of_codes < 50:
        return max(score - 45, 1)
    if name in {"customer_name", "name"} and score < _GENERIC and column.share_of_codes >= 50:
        return max(score - 45, 1)
    if name == "number" and _share(column, _DAY.fullmatch) >= _MOST:
        return 0
    if name == "number" and column.share_of_amounts == 100 and any(map(_CENTS.search, column.telling)):
        return 1
    if name == "number" and _share(column, _with_digit) < 50:
        return max(score - 45, 1)
    if name == "number" and 10 * column.filled < 9 * column.rows:
        return max(score - 12, 1)
    if name == "number" and column.distinct * 3 < column.filled:
        return max(score - 30, 1)
    return score


def _with_digit(value: str) -> bool | None:
    return any(map(str.isdigit, value)) or None


def _words(column: ColumnSeen) -> bool:
    """A few words without a digit: currencies that we cannot read are better rejected than overlooked."""
    return column.distinct <= _MOST_TYPES and not any(char.isdigit() for value in column.telling for char in value)


def _share(column: ColumnSeen, parse: Callable[[str], object]) -> int:
    good = sum(1 for value in column.telling if parse(value) is not None)
    return 100 * good // len(column.telling)


def _lower(known: Mapping[str, object]) -> set[str]:
    return {word.lower() for word in known}


_CODES = """
    AED ARS AUD BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JOD JPY KRW KWD LYD MAD
    MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD UAH USD VND XAF XOF ZAR
"""
CURRENCIES = frozenset(_CODES.split())
_SIGNS = {"\u20ac": "EUR", "\u00a3": "GBP", "\u20aa": "ILS", "\u20ba": "TRY", "\u20b9": "INR", "R$": "BRL"}
