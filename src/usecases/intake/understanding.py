"""Understand a table before it is imported: its first batch, and more of it where that leaves something open."""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain, islice
from typing import Any, NamedTuple

from relance.core.intake.fields import Kind
from relance.core.intake.seen import ColumnSeen, together
from relance.core.intake.understand import Said, needs_terms, understood
from relance.core.intake.understanding import Understanding
from relance.ports.importers import Recognised, Table
from relance.ports.intake import CUSTOMER_TERMS, Plan, TableReader

_MOST_BATCHES = 40
_BY_VALUES = frozenset(("date", "decimal"))
"""Questions that more rows may answer."""


class Understood(NamedTuple):
    """What was understood, with which of the tenant's words, what the columns show, and the tables, none lost."""

    understanding: Understanding
    known: Mapping[str, Mapping[str, Any]]
    columns: tuple[ColumnSeen, ...]
    tables: Iterator[Table]


def first_of(tables: Iterator[Table]) -> tuple[Table | None, Iterator[Table]]:
    """The first batch, and all of them."""
    first = next(tables, None)
    return first, iter(()) if first is None else chain((first,), tables)


def understand_tables(
    columns: tuple[ColumnSeen, ...],
    tables: Iterator[Table],
    read: Callable[[], Iterator[Table]],
    reader: TableReader,
    plan: Plan,
    recognised: Recognised,
    customer_terms: Callable[[], Mapping[str, Any]],
) -> Understood:
    """Raises BadInput for a file that cannot be read, or for a mapping that does not fit its columns.

    `columns` show the first of the `tables`; `read` begins anew, for a file that had to be looked at further.
    """
    plain = recognised.fields or bool(recognised.mapping)
    said = Said(mapping=plan.mapping, options=plan.options, known=plan.known, plain=plain, currency=plan.currency)
    found = understood(plan.kind, columns, said)
    if needs_terms(found) or "due" in plan.options:
        known = {**plan.known, CUSTOMER_TERMS: customer_terms()}
        said = Said(mapping=plan.mapping, options=plan.options, known=known, plain=plain, currency=plan.currency)
        found = understood(plan.kind, columns, said)
    if not _open(found):
        return Understood(found, said.known, columns, tables)
    return _with_more(found, columns, tables, reader, said, read)


def refused_by_importer(kind: Kind, seen: Recognised) -> Understanding | None:
    """Why the importer itself knows that the file is no import of this kind; None where it may be."""
    if seen.refusal:
        return Understanding(kind=kind, refusal=seen.refusal, message=seen.message or seen.why)
    if not seen.kinds or kind in seen.kinds:
        return None
    code = "bank-statement" if seen.kinds == ("payments",) else "other-kind"
    message = f"this is a file of {' or '.join(seen.kinds)}, not of {kind}: {seen.why}"
    return Understanding(kind=kind, refusal=code, message=message)


def _with_more(
    found: Understanding,
    columns: tuple[ColumnSeen, ...],
    tables: Iterator[Table],
    reader: TableReader,
    said: Said,
    read: Callable[[], Iterator[Table]],
) -> Understood:
    """Read on until the values say it; then the file is read from its beginning."""
    kind: Kind | None = found.kind
    assert kind is not None
    for table in islice(tables, 1, _MOST_BATCHES):
        columns = together(columns, reader.look(table))
        found = understood(kind, columns, said)
        if not _open(found):
            break
    return Understood(found, said.known, columns, read())


def _open(found: Understanding) -> bool:
    return any(question.code in _BY_VALUES for question in found.questions)
