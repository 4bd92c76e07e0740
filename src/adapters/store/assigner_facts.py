"""Accounts and candidates as assigners may know them, on SQLAlchemy: a few statements, whatever their number."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Select, Table, case, func, select

from relance.adapters.store.tables.collection import scenarios
from relance.adapters.store.tables.customers import customer_colleagues, customer_groups, customers, groups
from relance.adapters.store.tables.ledger import account_summaries
from relance.adapters.store.tables.tenancy import users
from relance.core.customers.assignment import Attribute
from relance.core.kernel.identifiers import CustomerId, TenantId
from relance.core.kernel.money import currencies_with_digits
from relance.ports.assigners import AccountToAssign, Candidate

_NAMED = 2_000
"""As many customers are named in a statement; of more, all of the tenant are read."""
_C, _S = customers.c, account_summaries.c
_FACTS = ("code", "name", "country", "language", "currency", "zip", "city", "state")
_LINKED: dict[str, tuple[Table, str, Table, str]] = {
    "group": (customer_groups, "group_id", groups, "name"),
    "colleague": (customer_colleagues, "user_id", users, "email"),
}


class SqlAssignerFacts:
    """Reads for the assigners of one tenant."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def accounts(self, attribute: Attribute, wanted: Collection[CustomerId]) -> dict[CustomerId, AccountToAssign]:
        """These customers by their codes."""
        query = select(_C.customer_id, *(_C[name] for name in _FACTS), _C.custom)
        rows = self._connection.execute(self._these(query, _C, wanted).order_by(_C.code)).fetchall()
        sums, current, refused = self._open(wanted), *self._values(attribute, wanted)
        chosen = set(wanted)
        return {
            number: AccountToAssign(
                **dict(zip(_FACTS, facts, strict=True)),
                custom={name: str(value) for name, value in (custom or {}).items()},
                open_amount=sums.get(number, 0),
                current=current.get(number, ()),
                refused=refused.get(number, ()),
            )
            for number, *facts, custom in rows
            if number in chosen
        }

    def candidates(self, attribute: Attribute) -> list[Candidate]:
        """Everything that can be given now, with its load."""
        loads = {key: (count, amount) for key, count, amount in self._connection.execute(self._loads(attribute))}
        return [
            Candidate(value=value, customers=loads.get(key, (0, 0))[0], open_amount=int(loads.get(key, (0, 0))[1] or 0))
            for key, value in self._connection.execute(self._all(attribute))
        ]

    def given_by(self, attribute: Attribute, task: int) -> list[str]:
        """The groups or colleagues that a task has given."""
        links, column, other, name = _LINKED[attribute]
        same = (other.c.tenant_id == links.c.tenant_id) & (other.c[column] == links.c[column])
        query = select(other.c[name]).select_from(links.join(other, same)).distinct()
        author = f"task {task}"
        by = (links.c.author == author) | links.c.author.startswith(f"{author},", autoescape=True)
        live = (links.c.tenant_id == self._tenant, links.c.ended_at.is_(None), links.c.origin == "rule", by)
        return list(self._connection.execute(query.where(*live).order_by(other.c[name])).scalars())

    def _these(self, query: Select[Any], columns: Any, wanted: Collection[CustomerId]) -> Select[Any]:
        query = query.where(columns.tenant_id == self._tenant)
        return query.where(columns.customer_id.in_(wanted)) if len(wanted) <= _NAMED else query

    def _open(self, wanted: Collection[CustomerId]) -> dict[CustomerId, int]:
        query = select(_S.customer_id, func.sum(_hundredths())).group_by(_S.customer_id)
        return {number: int(amount) for number, amount in self._connection.execute(self._these(query, _S, wanted))}

    def _values(
        self, attribute: Attribute, wanted: Collection[CustomerId]
    ) -> tuple[dict[CustomerId, tuple[str, ...]], dict[CustomerId, tuple[str, ...]]]:
        """What customers have, and what a person took away from them."""
        if attribute not in _LINKED:
            return self._single(attribute, wanted), {}
        links, column, other, name = _LINKED[attribute]
        same = (other.c.tenant_id == links.c.tenant_id) & (other.c[column] == links.c[column])
        query = select(links.c.customer_id, other.c[name], links.c.ended_at.is_(None), links.c.ended_origin)
        query = self._these(query.select_from(links.join(other, same)), links.c, wanted).order_by(links.c.link_id)
        current: dict[CustomerId, tuple[str, ...]] = {}
        refused: dict[CustomerId, tuple[str, ...]] = {}
        for number, value, live, by in self._connection.execute(query):
            if live:
                current[number] = (*current.get(number, ()), value)
            elif by == "person":
                refused[number] = (*refused.get(number, ()), value)
        return current, refused

    def _single(self, attribute: Attribute, wanted: Collection[CustomerId]) -> dict[CustomerId, tuple[str, ...]]:
        if attribute == "scenario":
            query = select(_C.customer_id, _C.scenario).where(func.coalesce(_C.scenario, "") != "")
        else:
            person = (users.c.tenant_id == _C.tenant_id) & (users.c.user_id == _C.collector_id)
            query = select(_C.customer_id, users.c.email).select_from(customers.join(users, person))
        return {number: (value,) for number, value in self._connection.execute(self._these(query, _C, wanted))}

    def _loads(self, attribute: Attribute) -> Select[Any]:
        """Key, customers and open amount of each that has any."""
        sums = select(_S.customer_id, func.sum(_hundredths()).label("amount")).where(_S.tenant_id == self._tenant)
        by_customer = sums.group_by(_S.customer_id).subquery()
        if attribute in _LINKED:
            links, column, _, _ = _LINKED[attribute]
            holder, where = links, (links.c.tenant_id == self._tenant) & links.c.ended_at.is_(None)
        else:
            holder, column = customers, "collector_id" if attribute == "collector" else "scenario"
            where = (_C.tenant_id == self._tenant) & _C[column].is_not(None)
        key = holder.c[column]
        whole = holder.outerjoin(by_customer, by_customer.c.customer_id == holder.c.customer_id)
        counted = select(key, func.count(), func.coalesce(func.sum(by_customer.c.amount), 0))
        return counted.select_from(whole).where(where).group_by(key)

    def _all(self, attribute: Attribute) -> Select[Any]:
        if attribute == "scenario":
            return select(scenarios.c.code, scenarios.c.code).where(scenarios.c.tenant_id == self._tenant)
        if attribute == "group":
            return select(groups.c.group_id, groups.c.name).where(groups.c.tenant_id == self._tenant)
        query = select(users.c.user_id, users.c.email).where(users.c.tenant_id == self._tenant)
        return query.where(users.c.active) if attribute == "collector" else query


def _hundredths() -> Any:
    """A balance in hundredths of its currency."""
    whole, thousandths = currencies_with_digits(0), currencies_with_digits(3)
    return case(
        (_S.currency.in_(sorted(whole)), _S.balance * 100),
        (_S.currency.in_(sorted(thousandths)), _S.balance // 10),
        else_=_S.balance,
    )
