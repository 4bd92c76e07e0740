"""Which column of the file fills which field, and what only a person can say."""

from collections.abc import Mapping, Sequence

import msgspec

from relance.core.intake.fields import BUCKETS, FIELDS, Kind, field_of, mandatory_groups
from relance.core.kernel.errors import BadInput

CONSTANT = "="
"""A mapping that begins so is a value for every row and no column."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What only a person can say: answered by `--map` or `--option`; nothing is written before."""

    code: str
    column: str
    choices: tuple[str, ...]
    message: str


def resolved(kind: Kind, columns: Sequence[str], given: Mapping[str, str], own: bool = True) -> dict[str, str]:
    """Field to column: what was given, then columns that bear a field's name where `own` says so.

    Raises BadInput for what is not there.
    """
    by_lower = {column.strip().lower(): column for column in reversed(columns)}
    chosen: dict[str, str] = {}
    for field, wanted in given.items():
        field_of(kind, field)
        column = wanted if wanted in columns else by_lower.get(wanted.strip().lower())
        if column is None and wanted.startswith(CONSTANT):
            column = wanted
        if column is None:
            raise BadInput(f"the file has no column {wanted!r} for {field}; it has {', '.join(map(repr, columns))}")
        chosen[field] = column
    return chosen | (_own_names(kind, by_lower, chosen) if own else {})


def questions_of(kind: Kind, columns: Sequence[str], mapping: Mapping[str, str], due: str = "") -> tuple[Question, ...]:
    """One question for each mandatory field that no column fills; `due` says where the due day comes from else."""
    free = tuple(column for column in columns if column and column not in mapping.values())
    return tuple(
        Question(
            code="missing-field",
            column=group[0],
            choices=free,
            message=f"which column holds {_one_of(group)}? answer with --map {group[0]}=COLUMN",
        )
        for group in mandatory_groups(kind)
        if not any(name in mapping for name in group) and not (due and group[0] == "due_on")
    )


def _one_of(group: Sequence[str]) -> str:
    return " or ".join(name for name in group if name not in BUCKETS)


def _own_names(kind: Kind, by_lower: Mapping[str, str], chosen: Mapping[str, str]) -> dict[str, str]:
    taken = set(chosen.values())
    own = {
        field.name: by_lower[field.name]
        for field in FIELDS[kind]
        if field.name not in chosen and field.name in by_lower and by_lower[field.name] not in taken
    }
    if {"debit", "credit"} & set(chosen):
        own.pop("amount", None)
    return own
