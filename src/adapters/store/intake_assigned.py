"""Groups and colleagues in the customers' file: several in a cell, groups made by the file itself (S4.11 to S4.15)."""

from collections.abc import Mapping
from typing import Any

import msgspec
import polars as pl
from sqlalchemy import Connection, insert, select

from relance.adapters.store.intake_colleagues import Colleagues, Newcomer, add_newcomers
from relance.adapters.store.intake_links import Firsts, LinkIntake, Links
from relance.adapters.store.tables.customers import customer_colleagues, customer_groups, groups
from relance.adapters.store.tenancy import SqlTenancy
from relance.core.intake.reports import Note
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.settings import Settings
from relance.ports.store.intake import Applying

_MOST_EXAMPLES = 6


class Assigned(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of the groups and colleagues of customers. Customers that are new have negative numbers."""

    groups: Links | None = None
    new_groups: tuple[str, ...] = ()
    colleagues: Links | None = None
    newcomers: tuple[Newcomer, ...] = ()
    notes: tuple[Note, ...] = ()

    def customers(self) -> set[int]:
        """The customers that get or lose something."""
        frames = [frame for links in (self.groups, self.colleagues) if links for frame in (links.new, links.ended)]
        return {number for frame in frames for number in frame["customer_id"].to_list()}


class AssignedIntake:
    """Compares and writes the groups and colleagues of one tenant's customers."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def difference(self, records: pl.DataFrame, options: Mapping[str, str], settings: Settings) -> Assigned:
        """What the cells change; records carry `customer_id`, `line`, and `groups` or `colleagues` where mapped."""
        override, found = settings.several("imports-override"), Assigned()
        if "groups" in records.columns:
            found = self._with_groups(found, records, options, override)
        if "colleagues" in records.columns:
            found = self._with_colleagues(found, records, options, override)
        return _with_released(found)

    def _with_groups(
        self, found: Assigned, records: pl.DataFrame, options: Mapping[str, str], override: frozenset[str]
    ) -> Assigned:
        words, names = _words(records, "groups"), _GroupNames(self._groups())
        pairs = words.with_columns(_looked_up(words["word"], names.find))
        links = LinkIntake(self._connection, self._tenant, customer_groups)
        changes = links.difference(pairs, _within(records, options, "replace-groups"), "groups" in override)
        return msgspec.structs.replace(found, groups=changes, new_groups=tuple(names.new))

    def _with_colleagues(
        self, found: Assigned, records: pl.DataFrame, options: Mapping[str, str], override: frozenset[str]
    ) -> Assigned:
        words, people = _words(records, "colleagues"), Colleagues(self._connection, self._tenant)
        pairs = words.with_columns(_looked_up(words["word"], people.find))
        known = pairs.filter(pl.col("other_id").is_not_null())
        links = LinkIntake(self._connection, self._tenant, customer_colleagues)
        changes = links.difference(known, _within(records, options, "replace-colleagues"), "colleagues" in override)
        newcomers, notes = tuple(people.newcomers), _notes(pairs, people.newcomers)
        return msgspec.structs.replace(found, colleagues=changes, newcomers=newcomers, notes=notes)

    def apply(self, assigned: Assigned, first_customer: int, applying: Applying) -> None:
        """Write new groups, new people, and the links."""
        if assigned.groups is not None:
            firsts = Firsts(customer=first_customer, other=self._add_groups(assigned.new_groups, applying))
            LinkIntake(self._connection, self._tenant, customer_groups).apply(assigned.groups, firsts, applying)
        if assigned.colleagues is not None:
            other = add_newcomers(self._connection, self._tenant, list(assigned.newcomers))
            firsts = Firsts(customer=first_customer, other=other)
            LinkIntake(self._connection, self._tenant, customer_colleagues).apply(assigned.colleagues, firsts, applying)

    def _groups(self) -> dict[str, int]:
        query = select(groups.c.name, groups.c.group_id).where(groups.c.tenant_id == self._tenant)
        return {row.name.lower(): row.group_id for row in self._connection.execute(query)}

    def _add_groups(self, names: tuple[str, ...], applying: Applying) -> int:
        if not names:
            return 0
        first = SqlTenancy(self._connection, self._tenant).next_numbers("groups", len(names))
        same = {"tenant_id": self._tenant, "origin": "import", "author": f"import {applying.number}", "at": applying.at}
        rows = [same | {"group_id": number, "name": name} for number, name in enumerate(names, first)]
        self._connection.execute(insert(groups), rows)
        return first


class _GroupNames:
    """Groups by name without case; one that is not there yet gets a negative number, -1 first."""

    def __init__(self, known: dict[str, int]) -> None:
        self._known, self.new = known, list[str]()

    def find(self, word: str) -> int:
        """The group of this name."""
        if word.lower() not in self._known:
            self.new.append(word)
            self._known[word.lower()] = -len(self.new)
        return self._known[word.lower()]


def _within(records: pl.DataFrame, options: Mapping[str, str], option: str) -> pl.DataFrame | None:
    """The customers whose other links end with this file; None where it only adds."""
    return records.select("customer_id").unique() if options.get(option) == "1" else None


def _words(records: pl.DataFrame, column: str) -> pl.DataFrame:
    """One row a word of the cells, which may hold several, separated by `|` or `,`."""
    cells = records.select("customer_id", "line", pl.col(column).fill_null("").alias("word"))
    cells = cells.filter(pl.col("word") != "").with_columns(pl.col("word").str.replace_all(",", "|").str.split("|"))
    words = cells.explode("word").with_columns(pl.col("word").str.replace_all(r"\s+", " ").str.strip_chars())
    return words.filter(pl.col("word").fill_null("") != "")


def _looked_up(words: pl.Series, find: Any) -> pl.Series:
    distinct = words.unique(maintain_order=True)
    numbers = pl.Series([find(word) for word in distinct.to_list()], dtype=pl.Int64)
    if distinct.is_empty():
        return pl.Series("other_id", [], dtype=pl.Int64)
    return words.replace_strict(distinct, numbers, return_dtype=pl.Int64).alias("other_id")


def _with_released(found: Assigned) -> Assigned:
    """The note of how many customers left a group or a colleague, as the file was asked to say."""
    ended = [links.ended["customer_id"] for links in (found.groups, found.colleagues) if links]
    count = len({number for column in ended for number in column.to_list()})
    return msgspec.structs.replace(found, notes=(*found.notes, Note("released", count))) if count else found


def _notes(pairs: pl.DataFrame, newcomers: list[Newcomer]) -> tuple[Note, ...]:
    unknown = pairs.filter(pl.col("other_id").is_null()).sort("line")
    notes = []
    if unknown.height:
        shown = tuple(f"{line}: {word}" for line, word in unknown.select("line", "word").head(_MOST_EXAMPLES).rows())
        notes.append(Note("unknown-colleague", unknown.height, shown))
    if newcomers:
        notes.append(Note("new-users", len(newcomers), tuple(one.email for one in newcomers[:_MOST_EXAMPLES])))
    return tuple(notes)
