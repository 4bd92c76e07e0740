"""Figures in set-based SQL: a million items become one row an account inside the database."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Integer,
    Select,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    type_coerce,
    union_all,
)

from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.search import contains
from relance.adapters.store.searching import Searching
from relance.adapters.store.tables.customers import customer_groups, customers, groups
from relance.adapters.store.tables.intake import imports
from relance.adapters.store.tables.ledger import account_summaries, item_changes, items
from relance.adapters.store.tables.tenancy import entities, users
from relance.adapters.store.visibility import theirs
from relance.core.customers.search import EVERYTHING
from relance.core.insight.aged_balance import BUCKETS, EDGES, AgedRow
from relance.core.kernel.days import day_number
from relance.core.kernel.identifiers import TenantId
from relance.core.ledger.items import MEMO_TYPES
from relance.ports.store.insight import AgedQuestion

_S = account_summaries.c
_COLUMNS = (*BUCKETS, "credits", "total")


class SqlInsight:
    """Sums over one tenant's ledger."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def aged_balance(self, question: AgedQuestion) -> list[AgedRow]:
        """Sums by account first, then by dimension over the accounts."""
        query, (of, currency, total) = self._by_dimension(question)
        if question.most is None:
            query = query.order_by(of, currency)
        else:
            query = query.order_by(currency, total.desc(), of).limit(question.most)
        return [_row(row) for row in self._connection.execute(query)]

    def aged_rows(self, question: AgedQuestion) -> int:
        """How many rows there are in all, whatever the question shows at most."""
        query, _ = self._by_dimension(question)
        return int(self._connection.execute(select(func.count()).select_from(query.subquery("rows"))).scalar_one())

    def history_starts(self) -> datetime | None:
        """The start of the oldest import."""
        query = select(func.min(imports.c.started_at)).where(imports.c.tenant_id == self._tenant)
        moment: datetime | None = self._connection.execute(query).scalar()
        return moment

    def _by_account(self, question: AgedQuestion) -> Any:
        """Today's ledger by its summaries, or by the items where a day has moved these since; or a past day's."""
        if question.until is not None:
            return self._back_then(question, question.until)
        day, (stale, same) = day_number(question.as_of), _moved_since(question.as_of)
        kept = (_S.customer_id, _S.currency, *(_S[name].label(name) for name in (*BUCKETS, "credits")))
        terms = [_S.tenant_id == self._tenant, _S.open_items > 0]
        fresh = select(*kept, _S.balance.label("total")).where(*terms, not_(stale))
        if is_sqlite(self._connection):
            stale = func.likelihood(stale, literal_column("0.0001"))  # else it begins with all the items
        items_of = select(items.c.customer_id, items.c.currency, *_sums(items.c.open_amount, day))
        moved = items_of.select_from(account_summaries.join(items, same)).where(*terms, stale, *self._counted())
        moved = moved.where(items.c.open_amount != 0).group_by(items.c.customer_id, items.c.currency)
        if question.currency:
            fresh, moved = fresh.where(_S.currency == question.currency), moved.where(_S.currency == question.currency)
        return union_all(fresh, moved)

    def _counted(self) -> list[ColumnElement[bool]]:
        return [items.c.tenant_id == self._tenant, items.c.type.not_in(sorted(MEMO_TYPES))]

    def _back_then(self, question: AgedQuestion, until: datetime) -> Select[Any]:
        """What was open at the end of a day: what has moved since is taken back."""
        moved = self._first_move_since(until)
        amount = func.coalesce(moved.c.open_before, items.c.open_amount)
        source = items.outerjoin(moved, moved.c.item_id == items.c.item_id).outerjoin(
            imports,
            and_(imports.c.tenant_id == self._tenant, imports.c.import_id == items.c.created_import_id),
        )
        known = or_(imports.c.started_at.is_(None), imports.c.started_at < until)
        conditions = [*self._counted(), amount != 0, or_(known, items.c.issued_on <= question.as_of)]
        if question.currency:
            conditions.append(items.c.currency == question.currency)
        sums = _sums(amount, day_number(question.as_of))
        query = select(items.c.customer_id, items.c.currency, *sums).select_from(source)
        return query.where(*conditions).group_by(items.c.customer_id, items.c.currency)

    def _first_move_since(self, until: datetime) -> Subquery:
        """For each item that moved since, what was open before the first move."""
        order = func.row_number().over(
            partition_by=item_changes.c.item_id, order_by=(item_changes.c.at, item_changes.c.change_id)
        )
        ranked = (
            select(item_changes.c.item_id, item_changes.c.open_before, order.label("place"))
            .where(
                item_changes.c.tenant_id == self._tenant,
                item_changes.c.at >= until,
                item_changes.c.open_before.is_not(None),
            )
            .subquery("ranked")
        )
        return select(ranked.c.item_id, ranked.c.open_before).where(ranked.c.place == 1).subquery("moved")

    def _by_dimension(self, question: AgedQuestion) -> tuple[Select[Any], tuple[Any, Any, Any]]:
        """The rows, and what they are ordered by: of what, in which currency, how much."""
        by_account = self._by_account(question).subquery("by_account")
        of, label, source = self._dimension(by_account, question)
        query = select(of, by_account.c.currency, label).select_from(source).where(*self._chosen(question))
        if question.by == "customer":
            query = query.add_columns(*(by_account.c[name] for name in _COLUMNS), customers.c.entity_id)
            return query, (of, by_account.c.currency, by_account.c.total)
        query = query.add_columns(*(_total(by_account.c[name]).label(name) for name in _COLUMNS))
        total = _total(by_account.c.total)
        return query.group_by(of, by_account.c.currency, label), (of, by_account.c.currency, total)

    def _chosen(self, question: AgedQuestion) -> list[ColumnElement[bool]]:
        conditions: list[ColumnElement[bool]] = []
        if question.own is not None:
            conditions.append(theirs(question.own))
        if question.collector is not None:
            conditions.append(customers.c.collector_id == question.collector)
        if question.search:
            named = (contains(customers.c.code, question.search), contains(customers.c.name, question.search))
            conditions.append(or_(*named))
        if question.criteria != EVERYTHING:
            searching = Searching(self._connection, self._tenant, question.today or question.as_of)
            conditions.append(searching.customers(question.criteria))
        return conditions

    def _dimension(self, by_account: Subquery, question: AgedQuestion) -> tuple[Any, Any, Any]:
        by = question.by
        if by == "currency" and not self._chosen(question):
            return by_account.c.currency, literal(""), by_account
        source: Any = by_account.join(
            customers,
            and_(customers.c.tenant_id == self._tenant, customers.c.customer_id == by_account.c.customer_id),
        )
        if by == "collector":
            source = source.outerjoin(
                users, and_(users.c.tenant_id == self._tenant, users.c.user_id == customers.c.collector_id)
            )
            return func.coalesce(users.c.email, ""), func.coalesce(users.c.name, ""), source
        if by == "group":
            return func.coalesce(groups.c.name, ""), literal(""), self._with_groups(source)
        if by == "entity":
            source = source.join(
                entities,
                and_(entities.c.tenant_id == self._tenant, entities.c.entity_id == customers.c.entity_id),
            )
            return entities.c.code, entities.c.name, source
        keys: dict[str, tuple[Any, Any]] = {
            "customer": (customers.c.code, customers.c.name),
            "currency": (by_account.c.currency, literal("")),
            "country": (customers.c.country, literal("")),
        }
        return (*keys[by], source)

    def _with_groups(self, source: Any) -> Any:
        links = customer_groups.c
        live = and_(
            links.tenant_id == self._tenant,
            links.customer_id == customers.c.customer_id,
            links.ended_at.is_(None),
        )
        named = and_(groups.c.tenant_id == self._tenant, groups.c.group_id == links.group_id)
        return source.outerjoin(customer_groups, live).outerjoin(groups, named)


def _moved_since(as_of: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Whether the columns of an account's summary are those of another day, and the items that it sums."""
    stale = or_(_S.as_of > as_of, and_(_S.next_change_on.is_not(None), _S.next_change_on <= as_of))
    same = and_(_S.tenant_id == items.c.tenant_id, _S.customer_id == items.c.customer_id)
    return stale, and_(same, _S.currency == items.c.currency)


def _sums(amount: Any, as_of: int) -> list[Any]:
    """The buckets of the core in SQL: a debit is `as_of - due_on` days late."""
    late = literal(as_of) - type_coerce(items.c.due_on, Integer)
    lowest = (None, 0, *EDGES)
    highest = (0, *EDGES, None)
    sums = []
    for name, low, high in zip(BUCKETS, lowest, highest, strict=True):
        within = [amount > 0]
        if low is not None:
            within.append(late > low)
        if high is not None:
            within.append(late <= high)
        sums.append(_total(case((and_(*within), amount), else_=0)).label(name))
    return [*sums, _total(case((amount < 0, amount), else_=0)).label("credits"), _total(amount).label("total")]


def _total(amount: Any) -> Any:
    """PostgreSQL sums whole numbers into decimals; ours stay whole."""
    return cast(func.sum(amount), BigInteger)


def _row(row: Any) -> AgedRow:
    of, currency, label, *sums = row
    entity = sums.pop() if len(sums) > len(_COLUMNS) else None
    return AgedRow(of=of, currency=currency, label=label, entity=entity, **dict(zip(_COLUMNS, sums, strict=True)))
