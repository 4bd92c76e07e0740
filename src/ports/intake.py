"""What intake needs of the outside: importers by name, and a reader that turns tables of text into checked records."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

import msgspec

from relance.core.intake.fields import Kind
from relance.core.intake.mapping import Question
from relance.core.intake.reports import Note
from relance.core.intake.seen import ColumnSeen
from relance.ports.importers import Importer, Rejected, Table


class Importers(Protocol):
    """The importers of the loaded plugins."""

    def named(self, name: str) -> Importer:
        """The importer of this name; raises BadInput that lists the names."""
        ...

    def best_for(self, sample: bytes, file_name: str) -> Importer:
        """The importer that is most confident about a file's first bytes; raises BadInput where none is."""
        ...


CUSTOMER_TERMS = "customer_terms"
"""Among the known words: the terms of the tenant's customers, by their codes."""
CUSTOMERS = "customers"
"""Among the known words, where rows of unknown customers stay out: lists of their `entity_id` and their `code`."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """How the cells of a file are to be understood.

    `mapping` is field to column as given; `known` lists, by field, the words that stand for something of the tenant's:
    customer codes, collectors, scenarios, steps, entities, each with its number or code.
    """

    kind: Kind
    mapping: Mapping[str, str]
    options: Mapping[str, str]
    currency: str
    known: Mapping[str, Mapping[str, Any]] = {}
    exact: bool = False
    """The mapping is all there is: a column that merely bears a field's name fills nothing."""
    trusted: bool = False
    """Whether an administrator imports: only then may a file change what people may do."""


class OpenRows(msgspec.Struct, frozen=True, kw_only=True):
    """What is open at a source, with the numbers of the rows that said so; only the reader and the store look inside.

    `ledger` is the state of the ledger in which it was read.
    """

    ledger: int
    items: Any


class PassedOver(msgspec.Struct, frozen=True, kw_only=True):
    """Rows that repeat what their item says already: they were counted and not read again.

    `items` are what they repeat, `left` what else is open at the source, in that state of the ledger.
    """

    ledger: int
    rows: int
    items: Any
    left: Any


class Beforehand(msgspec.Struct, frozen=True, kw_only=True):
    """What the store was asked while the file was still being read, in that state of the ledger.

    `customers` are the numbers of all, `left` is what else was open at the source in more columns; only the store looks
    inside.
    """

    ledger: int
    customers: Any
    left: Any = None


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """Rows that were understood, and those that were not.

    `records` is a table of typed columns that only the store reads; `named` holds what the rejected rows still say of
    their item (A6), and `unreadable` counts those that say nothing. Rows that were `passed_over` are not in `records`.
    """

    rows: int
    records: Any
    rejected: tuple[Rejected, ...]
    rejected_rows: int
    named: Any
    unreadable: int
    mapping: dict[str, str]
    questions: tuple[Question, ...] = ()
    notes: tuple[Note, ...] = ()
    rounded: int = 0
    sums: dict[str, int] = {}
    options: Mapping[str, str] = {}
    """As the file was read with; the store keeps to those that say what replaces what."""
    trusted: bool = False
    passed_over: PassedOver | None = None
    beforehand: Beforehand | None = None


TellPassedOver = Callable[[PassedOver, Mapping[str, str]], None]


class TableReader(Protocol):
    """Checks tables of text, fast and exactly."""

    def look(self, table: Table) -> tuple[ColumnSeen, ...]:
        """What the columns of a batch show: distinct values, and how many rows have one."""
        ...

    def names_of(self, table: Table) -> tuple[str, ...]:
        """The names of the columns."""
        ...

    def rows_of(self, table: Table) -> int:
        """How many rows a batch has, those that could not be split into cells included."""
        ...

    def check(
        self,
        tables: Iterator[Table],
        plan: Plan,
        opened: Callable[[], OpenRows | None] | None = None,
        tell: TellPassedOver | None = None,
    ) -> Checked:
        """Read all tables; raises BadInput for a mapping or an option that does not fit the file.

        Rows that repeat what is open are passed over; `opened` may wait until that is known, and what was passed over
        is told as soon as it is, with the mapping.
        """
        ...
