"""From what columns show to what a file means: mapping, options, what only a person can say, or why it is refused."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from relance.core.intake.balances import balance_questions, exceeding_questions, most_decimals, running_guesses
from relance.core.intake.beside import one_amount, settle_items
from relance.core.intake.cell_guesses import cell_guesses
from relance.core.intake.choosing import SURE, chosen, names_files
from relance.core.intake.fields import BUCKETS, KINDS, Kind, mandatory_groups
from relance.core.intake.file_kinds import likely_kind, other_kind, refusal_of
from relance.core.intake.header_words import is_derived, name_score
from relance.core.intake.local_currency import foreign_twin, of_the_company
from relance.core.intake.mapping import Question, resolved
from relance.core.intake.open_amounts import open_amount_questions
from relance.core.intake.seen import ColumnSeen
from relance.core.intake.splits import NONE, split_of
from relance.core.intake.terms import parse_terms
from relance.core.intake.type_words import type_of
from relance.core.intake.understanding import ColumnGuess, Guess, Understanding

_ALWAYS = frozenset(("customer_code", "code"))
_SUMS = ("amount", "open_amount", "paid_amount", "debit", "credit")
_OWN_WORDS = frozenset(("type", "terms"))
"""Fields that hold words of the file, which are asked also where the column bears the field's name."""
Known = Mapping[str, Mapping[str, Any]]


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What is certain before anything is guessed: a person's or a profile's mapping and options, the tenant's words.

    `plain` says that the importer knows what its columns are: then nothing is guessed from names, nothing is asked,
    and a cell that could mean two things rejects its row.
    """

    mapping: Mapping[str, str] = {}
    options: Mapping[str, str] = {}
    known: Known = {}
    plain: bool = False
    currency: str = ""
    """Of rows that name none."""


def understood(kind: Kind, columns: Sequence[ColumnSeen], said: Said) -> Understanding:
    """The file as an import of this kind. Raises BadInput for a mapping that does not fit its columns."""
    by_name = {column.name: column for column in columns}
    fixed = _fixed(kind, by_name, said)
    by_hand = bool(said.mapping) and _complete(kind, fixed)
    guessed = () if said.plain or by_hand else _guessed(kind, columns, fixed, said)
    columns_of = tuple(_certain(field, name, said) for field, name in fixed.items()) + guessed
    sure = {guess.field: guess.column for guess in columns_of if guess.confidence >= SURE}
    if not by_hand and not said.plain:
        refusal = refusal_of(kind, columns, sure) or other_kind(kind, _likely(columns, kind, sure, said), sure)
        if refusal is not None:
            return Understanding(kind=kind, columns=columns_of, refusal=refusal.code, message=refusal.message)
    names = frozenset(guess.field for guess in guessed) | _own_words(kind, fixed, by_name, said)
    decimals = most_decimals(sure.get("currency", ""), by_name, said.currency)
    guesses, asked = cell_guesses(kind, by_name, sure, said.options, names, decimals)
    if kind == "items":
        asked += balance_questions(by_name, sure, said.options, names)
        asked += exceeding_questions(by_name, sure, said.options, names)
        guesses += running_guesses(columns, sure, said.options)
        asked += open_amount_questions(columns, sure, said.options.get("balance", "")) if not by_hand else []
    guesses += _due_guess(kind, sure, said)
    if said.plain:
        asked = []
    by_terms = "due" in said.options or any(guess.name == "due" for guess in guesses)
    missing = () if by_hand else _missing(kind, columns, columns_of, sure, by_terms)
    if any(question.code == "split" for question in asked):
        missing = tuple(question for question in missing if question.code != "name-is-code")
    used = tuple(guess for guess in columns_of if guess.confidence >= SURE or guess.field in _mandatory(kind))
    return Understanding(kind=kind, guesses=tuple(guesses), columns=used, questions=(*missing, *asked))


def _fixed(kind: Kind, by_name: Mapping[str, ColumnSeen], said: Said) -> dict[str, str]:
    """What a person said and what columns are called themselves; terms that nobody asked for yield to due days."""
    fixed = resolved(kind, tuple(by_name), said.mapping)
    due = by_name.get(fixed.get("due_on", ""))
    if not said.plain and "terms" not in said.mapping and due is not None and due.filled == due.rows:
        fixed.pop("terms", None)
    if kind == "items" and not said.plain and "number" not in fixed:
        _leave_to_number(fixed, by_name, said)
    if kind == "items" and not said.plain:
        _leave_to_currency(fixed, by_name, said)
    return fixed


def _leave_to_currency(fixed: dict[str, str], by_name: Mapping[str, ColumnSeen], said: Said) -> None:
    """Columns called by a field's name may hold another currency than what is open, or than the documents' codes."""
    mixed = bool(of_the_company(tuple(by_name.values())))
    for name in {"amount", "open_amount"} & set(fixed) - set(said.mapping):
        own = by_name.get(fixed[name])
        twin = own is not None and "currency" in fixed and foreign_twin(by_name.values(), own) is not None
        if mixed or twin:
            del fixed[name]


def _leave_to_number(fixed: dict[str, str], by_name: Mapping[str, ColumnSeen], said: Said) -> None:
    """Columns called document or reference may hold the numbers, where no other does."""
    copies = by_name.get(fixed.get("document", ""))
    if "document" not in said.mapping and copies is not None and not names_files(copies):
        del fixed["document"]
    if "reference" not in said.mapping:
        fixed.pop("reference", None)


def _own_words(kind: Kind, fixed: Mapping[str, str], by_name: Mapping[str, ColumnSeen], said: Said) -> frozenset[str]:
    """Fields of words that are asked for though the column bears the field's name: it does so by chance.

    Where all mandatory columns do, the file was written for us; and a few strange words among known ones are remarks.
    """
    if _complete(kind, fixed):
        return frozenset()
    of_files = {name: by_name[fixed[name]] for name in _OWN_WORDS & set(fixed) - set(said.mapping)}
    return frozenset(name for name, column in of_files.items() if 2 * _strange(name, column) >= len(column.telling))


def _strange(field: str, column: ColumnSeen) -> int:
    parse = type_of if field == "type" else parse_terms
    return sum(1 for word in column.telling if parse(word) is None)


def needs_terms(found: Understanding) -> bool:
    """Whether the customers' own terms would answer a question."""
    return any(question.code == "no-due-date" for question in found.questions)


def best_kind(columns: Sequence[ColumnSeen], said: Said) -> Kind | None:
    """The kind that the columns fit best."""
    return likely_kind({kind: _sure(kind, columns, said) for kind in KINDS})


def _likely(columns: Sequence[ColumnSeen], kind: Kind, sure: Mapping[str, str], said: Said) -> Kind | None:
    """Looked for only where the kind that was asked for does not fit."""
    return None if _complete(kind, sure) else best_kind(columns, said)


def _sure(kind: Kind, columns: Sequence[ColumnSeen], said: Said) -> dict[str, str]:
    found = chosen(kind, columns, {}, said.known)
    return {guess.field: guess.column for guess in found if guess.confidence >= SURE}


def _mandatory(kind: Kind) -> frozenset[str]:
    return frozenset(name for group in mandatory_groups(kind) for name in group)


def _complete(kind: Kind, mapping: Mapping[str, str]) -> bool:
    return all(any(name in mapping for name in group) for group in mandatory_groups(kind))


def _certain(field: str, column: str, said: Said) -> ColumnGuess:
    given = field in said.mapping
    why = "said by a person or a profile" if given else "the column bears the field's name"
    return ColumnGuess(field=field, column=column, confidence=100, code="given" if given else "own-name", why=why)


def _guessed(kind: Kind, columns: Sequence[ColumnSeen], fixed: dict[str, str], said: Said) -> tuple[ColumnGuess, ...]:
    _fix_split(kind, columns, fixed, said)
    known = {
        **said.known,
        "terms": {name.removeprefix("terms."): "" for name in said.options if name.startswith("terms.")},
    }
    found = {guess.field: guess for guess in chosen(kind, columns, fixed, known)}
    if kind == "items":
        settle_items(columns, fixed, found, said.options.get("balance", ""))
    elif kind == "payments":
        one_amount(fixed, found, open_balance=False)
    optional = {name for name in found if name not in _mandatory(kind) and found[name].confidence < SURE}
    return tuple(guess for name, guess in found.items() if name not in optional)


def _fix_split(kind: Kind, columns: Sequence[ColumnSeen], fixed: dict[str, str], said: Said) -> None:
    """Where a person said that code and name share a cell, both fields are that column."""
    code, name = ("code", "name") if kind == "customers" else ("customer_code", "customer_name")
    if said.options.get(f"split.{code}", NONE) == NONE:
        return
    column = fixed.get(code) or next((one.name for one in columns if split_of(one.telling)), "")
    if column:
        fixed[code] = column
        if kind in {"customers", "items"}:
            fixed.setdefault(name, column)


def _due_guess(kind: Kind, sure: Mapping[str, str], said: Said) -> list[Guess]:
    if (
        kind != "items"
        or {"due_on", "terms"} & set(sure)
        or "due" in said.options
        or not said.known.get("customer_terms")
    ):
        return []
    return [
        Guess(name="due", value="customer", confidence=75, code="terms-of-the-customer", why="no due date in the file")
    ]


def _missing(
    kind: Kind,
    columns: Sequence[ColumnSeen],
    guesses: Sequence[ColumnGuess],
    sure: Mapping[str, str],
    by_terms: bool,
) -> tuple[Question, ...]:
    """One question for each mandatory field that no column fills surely."""
    asked = []
    for group in mandatory_groups(kind):
        if any(name in sure for name in group):
            continue
        if group[0] == "due_on" and by_terms:
            continue
        asked.append(_ask(kind, group, columns, guesses, sure))
    return tuple(asked)


def _ask(
    kind: Kind,
    group: tuple[str, ...],
    columns: Sequence[ColumnSeen],
    guesses: Sequence[ColumnGuess],
    sure: Mapping[str, str],
) -> Question:
    field = group[0]
    likely = [name for guess in guesses if guess.field in group for name in (guess.column, *guess.others)]
    ranked = sorted(columns, key=lambda one: -name_score(kind, field, one.name))
    free = [one.name for one in ranked if one.name not in sure.values() and one.telling]
    if field == "amount":
        free = [name for name in free if not is_derived(name)]
    elif field in _ALWAYS:
        free = [name for name in free if max(name_score(kind, other, name) for other in _SUMS) < SURE] or free
    choices = tuple(dict.fromkeys([*likely, *free]))
    if field in _ALWAYS and "customer_name" in sure:
        name = sure["customer_name"]
        message = f"the file has names and no codes: is the name in {name!r} the code? answer with --map {field}={name}"
        return Question(
            code="name-is-code", column=field, choices=tuple(dict.fromkeys((name, *choices))), message=message
        )
    if field == "due_on":
        message = "when are the items due? answer with --map due_on=COLUMN, --map terms==30 or --option due=customer"
        return Question(
            code="no-due-date", column=field, choices=(*choices, "terms==30", "due=customer"), message=message
        )
    names = " or ".join(name for name in group if name not in BUCKETS)
    message = f"which column holds {names}? answer with --map {field}=COLUMN"
    return Question(code="missing-field", column=field, choices=choices, message=message)
