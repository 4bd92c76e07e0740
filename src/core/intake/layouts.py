"""The layout of a file: which columns it has, in which order; and what differs when an ERP writes another one."""

import hashlib
from collections.abc import Mapping, Sequence

import msgspec

from relance.core.intake.fields import BUCKETS, Kind, mandatory_groups
from relance.core.intake.header_words import name_score
from relance.core.intake.mapping import CONSTANT, Question
from relance.core.intake.reports import Note

_ALIKE = 60
_DECIDES = frozenset(
    (
        *("entity", "currency", "type", "sign", "debit", "credit", "open_amount", "paid_amount", *BUCKETS),
        *("second_number", "unique_key", "terms", "paid_on"),
    )
)
"""Without these the other columns mean something else: another currency, sign, item or state."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a layout. `renamed` is the old name to the one that seems to be it now; neither is in the others.

    `missing` are the fields whose column is not there any more.
    """

    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()
    renamed: Mapping[str, str] = {}
    missing: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    """Fields that a file of changes may say nothing of: what is known of them stays."""

    @property
    def stops(self) -> bool:
        """Whether nobody may import this before a person has looked: columns that are merely new stop nothing."""
        return bool(self.missing)


def layout_of(columns: Sequence[str]) -> str:
    """Equal for files with the same columns in the same order."""
    return hashlib.sha256("\0".join(columns).encode()).hexdigest()


def change_of(kind: Kind, mapping: Mapping[str, str], known: Sequence[str], columns: Sequence[str]) -> Change:
    """What differs between the layout that a profile knows and the columns of a file."""
    gone = [name for name in known if name not in columns]
    come = [name for name in columns if name not in known]
    missing = {field: name for field, name in mapping.items() if name not in columns and not name.startswith(CONSTANT)}
    renamed: dict[str, str] = {}
    for field, name in missing.items():
        likely = _renamed(kind, field, name, known, columns, [one for one in come if one not in renamed.values()])
        if likely:
            renamed[name] = likely
    return Change(
        gone=tuple(name for name in gone if name not in renamed),
        come=tuple(name for name in come if name not in renamed.values()),
        renamed=renamed,
        missing=tuple(missing),
    )


def of_changes(change: Change, kind: Kind, mapping: Mapping[str, str]) -> Change:
    """The change for a file of changes, which may have fewer columns: no mandatory one, and none that decides."""
    needed = _DECIDES | {name for group in mandatory_groups(kind) for name in group}
    left = tuple(name for name in change.missing if name not in needed and mapping[name] not in change.renamed)
    missing = tuple(name for name in change.missing if name not in left)
    return msgspec.structs.replace(change, missing=missing, left_out=left)


def questions_about(change: Change, mapping: Mapping[str, str], columns: Sequence[str]) -> tuple[Question, ...]:
    """One question for each field that has lost its column."""
    return tuple(
        Question(
            code="layout-changed",
            column=field,
            choices=tuple(dict.fromkeys([*filter(None, [change.renamed.get(mapping[field])]), *change.come, *columns])),
            message=f"{mapping[field]!r} is gone: which column holds {field} now? answer with --map {field}=COLUMN",
        )
        for field in change.missing
    )


def notes_about(change: Change) -> tuple[Note, ...]:
    """What a person should know of the change."""
    renamed = tuple(f"{old} > {new}" for old, new in change.renamed.items())
    said = (("columns-gone", change.gone), ("columns-new", change.come), ("columns-renamed", renamed))
    return tuple(Note(code, len(names), tuple(names)[:6]) for code, names in said if names)


def words_about(change: Change) -> str:
    """The change in a sentence."""
    parts = [f"renamed: {old} > {new}" for old, new in change.renamed.items()]
    parts += [f"gone: {name}" for name in change.gone] + [f"new: {name}" for name in change.come]
    return "the file has another layout than the profile knows (" + "; ".join(parts) + ")"


def _renamed(
    kind: Kind, field: str, name: str, known: Sequence[str], columns: Sequence[str], come: Sequence[str]
) -> str:
    """The new column that says the same by its name, else the one that stands in the old one's place."""
    likely = max(come, key=lambda one: name_score(kind, field, one), default="")
    if likely and name_score(kind, field, likely) >= _ALIKE:
        return likely
    place = known.index(name) if name in known else len(columns)
    return columns[place] if len(known) == len(columns) and place < len(columns) and columns[place] in come else ""
