"""From what columns show to what a file means: mapping, options, what only a person can say, or why it is refused."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from relance.core.intake.balances import OPEN, balance_questions, is_running, most_decimals
from relance.core.intake.cell_guesses import cell_guesses
from relance.core.intake.choosing import CURRENCIES, SURE, chosen, currency_in
from relance.core.intake.fields import KINDS, Kind, mandatory_groups
from relance.core.intake.file_kinds import likely_kind, other_kind, refusal_of
from relance.core.intake.header_words import name_score
from relance.core.intake.mapping import CONSTANT, Question, resolved
from relance.core.intake.seen import ColumnSeen
from relance.core.intake.splits import NONE, split_of
from relance.core.intake.status_words import status_column
from relance.core.intake.understanding import ColumnGuess, Guess, Understanding

_ALWAYS = frozenset(("customer_code", "code"))
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
    fixed = resolved(kind, tuple(by_name), said.mapping)
    by_hand = bool(said.mapping) and _complete(kind, fixed)
    guessed = () if said.plain or by_hand else _guessed(kind, columns, fixed, said)
    columns_of = tuple(_certain(field, name, said) for field, name in fixed.items()) + guessed
    sure = {guess.field: guess.column for guess in columns_of if guess.confidence >= SURE}
    if not by_hand and not said.plain:
        refusal = refusal_of(kind, columns, sure) or other_kind(kind, _likely(columns, kind, sure, said), sure)
        if refusal is not None:
            return Understanding(kind=kind, columns=columns_of, refusal=refusal.code, message=refusal.message)
    names = frozenset(guess.field for guess in guessed)
    decimals = most_decimals(sure.get("currency", ""), by_name, said.currency)
    guesses, asked = cell_guesses(kind, by_name, sure, said.options, names, decimals)
    if kind == "items":
        asked += balance_questions(by_name, sure, said.options, names)
    guesses += _due_guess(kind, sure, said)
    if said.plain:
        asked = []
    by_terms = "due" in said.options or any(guess.name == "due" for guess in guesses)
    missing = () if by_hand else _missing(kind, columns, columns_of, sure, by_terms)
    used = tuple(guess for guess in columns_of if guess.confidence >= SURE or guess.field in _mandatory(kind))
    return Understanding(kind=kind, guesses=tuple(guesses), columns=used, questions=(*missing, *asked))


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
        _one_amount(fixed, found, said.options.get("balance") == OPEN)
        _terms_only_without_due(columns, fixed, found)
        _currency(columns, fixed, found)
        _status(columns, fixed, found)
    elif kind == "payments":
        _one_amount(fixed, found, open_balance=False)
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


def _one_amount(fixed: Mapping[str, str], found: dict[str, ColumnGuess], open_balance: bool) -> None:
    """One column of amounts is the amount, called open or not; debit and credit stand instead of it, never beside.

    Beside them a column called balance is left out unless a person said that it is what is open.
    """
    sided = {"debit", "credit"} & (set(fixed) | {name for name in found if found[name].confidence >= SURE})
    opened = found.get("open_amount")
    if ("amount" in found and found["amount"].confidence >= SURE) or "amount" in fixed:
        for name in ("debit", "credit"):
            found.pop(name, None)
    elif sided and opened is not None and is_running(opened.column) and not open_balance:
        found.pop("open_amount")
    elif not sided and opened is not None:
        found["amount"] = msgspec.structs.replace(found.pop("open_amount"), field="amount", code="only-amount")
    if sided and "amount" in found and found["amount"].confidence < SURE:
        found.pop("amount")


def _terms_only_without_due(
    columns: Sequence[ColumnSeen], fixed: Mapping[str, str], found: dict[str, ColumnGuess]
) -> None:
    due = fixed.get("due_on") or (found["due_on"].column if "due_on" in found else "")
    column = next((one for one in columns if one.name == due), None)
    if column is not None and column.filled == column.rows:
        found.pop("terms", None)
    elif column is None and "terms" not in found and "terms" not in fixed:
        likely = max(columns, key=lambda one: name_score("items", "terms", one.name), default=None)
        if likely is not None and name_score("items", "terms", likely.name) >= SURE and 0 < len(likely.telling) <= 12:
            found["terms"] = ColumnGuess(field="terms", column=likely.name, confidence=70, code="by-name")


def _status(columns: Sequence[ColumnSeen], fixed: Mapping[str, str], found: dict[str, ColumnGuess]) -> None:
    """The states of the documents, by which drafts and void ones are told."""
    if "status" in fixed:
        return
    taken = frozenset((*fixed.values(), *(guess.column for guess in found.values() if guess.confidence >= SURE)))
    column = status_column(columns, taken)
    if column:
        found["status"] = ColumnGuess(field="status", column=column, confidence=90, code="by-name")


def _currency(columns: Sequence[ColumnSeen], fixed: Mapping[str, str], found: dict[str, ColumnGuess]) -> None:
    """Where no column holds a currency: the one that the amount's name or all of its cells tell."""
    if "currency" in fixed or "currency" in found:
        return
    name = next(
        (
            where[field]
            for where in (fixed, {n: g.column for n, g in found.items()})
            for field in ("open_amount", "amount", "debit")
            if field in where
        ),
        "",
    )
    column = next((one for one in columns if one.name == name), None)
    code = currency_in(name) or (_in_cells(column) if column is not None else "")
    if code:
        why = f"{name!r} or its cells say so"
        found["currency"] = ColumnGuess(
            field="currency", column=f"{CONSTANT}{code}", confidence=85, code="currency-with-amount", why=why
        )


def _in_cells(column: ColumnSeen) -> str:
    """The currency that stands beside every amount of the column."""
    found = {code for value in column.telling if (code := currency_in(_parted(value)))}
    all_have = all(currency_in(_parted(value)) for value in column.telling)
    return found.pop() if all_have and len(found) == 1 else ""


def _parted(value: str) -> str:
    letters = "".join(char if char.isalpha() else " " for char in value)
    return next((word for word in letters.split() if word in CURRENCIES), value)


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
    message = f"which column holds {' or '.join(group)}? answer with --map {field}=COLUMN"
    return Question(code="missing-field", column=field, choices=choices, message=message)
