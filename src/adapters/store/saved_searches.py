"""Saved searches on SQLAlchemy."""

from typing import Any

import msgspec
from sqlalchemy import Connection, Select, delete, func, insert, or_, select, update

from relance.adapters.store.tables.saved_searches import list_columns, saved_searches
from relance.core.customers.saved_searches import SavedSearch, Target
from relance.core.customers.search import Search
from relance.core.kernel.errors import Conflict, NotFound
from relance.core.kernel.identifiers import TenantId, UserId

_ROW = saved_searches.c


class SqlSavedSearches:
    """Searches of one tenant."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def visible(self, user: UserId | None) -> list[SavedSearch]:
        """The user's own and the shared ones, by name."""
        return [_saved(row) for row in self._connection.execute(self._for(user).order_by(func.lower(_ROW.name)))]

    def all(self) -> list[SavedSearch]:
        """Everybody's."""
        return [
            _saved(row)
            for row in self._connection.execute(select(saved_searches).where(_ROW.tenant_id == self._tenant))
        ]

    def alerts(self) -> list[SavedSearch]:
        """Those that mark accounts, in the order in which they were made."""
        query = select(saved_searches).where(_ROW.tenant_id == self._tenant, _ROW.alert != "")
        return [_saved(row) for row in self._connection.execute(query.order_by(_ROW.search_id))]

    def rewrite(self, number: int, search: Search) -> None:
        """The same search in other words."""
        this = update(saved_searches).where(_ROW.tenant_id == self._tenant, _ROW.search_id == number)
        self._connection.execute(this.values(search=msgspec.to_builtins(search)))

    def one(self, number: int, user: UserId | None) -> SavedSearch:
        """One that the user may see; raises NotFound."""
        row = self._connection.execute(self._for(user).where(_ROW.search_id == number)).first()
        if row is None:
            raise NotFound("no such saved search")
        return _saved(row)

    def save(self, saved: SavedSearch) -> None:
        """Keep a new or changed one."""
        same_name = (_ROW.owner_id.is_not_distinct_from(saved.owner), func.lower(_ROW.name) == saved.name.lower())
        taken = select(_ROW.search_id).where(_ROW.tenant_id == self._tenant, *same_name)
        if self._connection.execute(taken.where(_ROW.search_id != saved.number)).first():
            raise Conflict(f"there is a search {saved.name!r} already; choose another name")
        self.remove(saved.number)
        row = {"tenant_id": self._tenant, "search_id": saved.number, "name": saved.name, "target": saved.target}
        row |= {"columns": list(saved.columns), "sort": saved.sort, "alert": saved.alert, "sign": saved.sign}
        row |= {"search": msgspec.to_builtins(saved.search), "owner_id": saved.owner, "shared": saved.shared}
        self._connection.execute(insert(saved_searches), row)

    def remove(self, number: int) -> None:
        """Forget one."""
        this = (_ROW.tenant_id == self._tenant, _ROW.search_id == number)
        self._connection.execute(delete(saved_searches).where(*this))

    def columns_of(self, user: UserId, target: Target) -> tuple[str, ...]:
        """The columns that a person chose for a list; nothing before any choice."""
        c = list_columns.c
        chosen = select(c.columns).where(c.tenant_id == self._tenant, c.user_id == user, c.target == target)
        return tuple(self._connection.execute(chosen).scalar() or ())

    def choose_columns(self, user: UserId, target: Target, columns: tuple[str, ...]) -> None:
        """Keep such a choice; none goes back to what everybody sees at first."""
        c = list_columns.c
        this = (c.tenant_id == self._tenant, c.user_id == user, c.target == target)
        self._connection.execute(delete(list_columns).where(*this))
        if columns:
            row = {"tenant_id": self._tenant, "user_id": user, "target": target, "columns": list(columns)}
            self._connection.execute(insert(list_columns), row)

    def _for(self, user: UserId | None) -> Select[Any]:
        own = _ROW.owner_id.is_(None) if user is None else _ROW.owner_id == user
        return select(saved_searches).where(_ROW.tenant_id == self._tenant, or_(_ROW.shared, own))


def _saved(row: Any) -> SavedSearch:
    return SavedSearch(
        number=row.search_id,
        name=row.name,
        target=row.target,
        search=msgspec.convert(row.search, Search),
        owner=row.owner_id,
        shared=row.shared,
        columns=tuple(row.columns),
        sort=row.sort,
        alert=row.alert,
        sign=row.sign,
    )
