"""The columns of the agenda's rows, for the actions of one page."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, exists, func, literal, select

from relance.adapters.store.agenda_grouped import with_members
from relance.adapters.store.agenda_terms import same_account, same_customer
from relance.adapters.store.searching_customers import BROKEN
from relance.adapters.store.squares import SqlSquares
from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.customers import contacts, customers
from relance.adapters.store.tables.ledger import account_summaries, items
from relance.adapters.store.tables.qualification import holds
from relance.adapters.store.tables.tenancy import tenants, users
from relance.core.customers.squares import Square
from relance.core.kernel.identifiers import CustomerId, TenantId
from relance.ports.store.agenda import AgendaLine, AgendaQuestion

_A, _S, _C = actions.c, account_summaries.c, customers.c
_AGED = tuple(func.coalesce(_S[name], 0) for name in ("not_due", "days_1_30", "days_31_60", "days_61_90", "over_90"))
_NAMES = (
    "action",
    "customer",
    "code",
    "name",
    "kind",
    "step",
    "step_number",
    "steps",
    "state",
    "reason",
    "automation",
    "due_on",
    "not_before",
    "sent_at",
    "amount",
    "currency",
    "amounts",
    "warnings",
    "overdue",
    "oldest_due_on",
    "language",
    "missed",
    "collector",
    "brief",
    "specific",
    "assignee",
    "snoozed_until",
    "entity",
    "fence",
)


def lines_of(
    connection: Connection,
    tenant: TenantId,
    question: AgendaQuestion,
    groups: dict[int, tuple[int, str]],
    grouped: bool = True,
) -> list[AgendaLine]:
    """The rows of these actions in the order of `groups`, which says the group of each; `grouped`: B5 is in use."""
    if not groups:
        return []
    found = {row[0]: row for row in connection.execute(_rows(tenant), {"shown": list(groups)})}
    squares = SqlSquares(connection, tenant).of({row[1] for row in found.values()}, question.today)
    lines = [_line(found[number], group, squares) for number, group in groups.items() if number in found]
    return with_members(connection, tenant, question.today, lines) if grouped else lines


@lru_cache(maxsize=64)
def _rows(tenant: TenantId) -> Select[Any]:
    """The statement, written once: that takes as long as its answer."""
    query = select(*_columns(tenant), *_AGED).select_from(actions).join(customers, same_customer())
    query = query.outerjoin(account_summaries, same_account()).where(_A.tenant_id == tenant)
    return query.where(_A.action_id.in_(bindparam("shown", expanding=True)))


def _columns(tenant: TenantId) -> list[Any]:
    return [
        _A.action_id,
        _A.customer_id,
        _C.code,
        _C.name,
        _A.kind,
        _A.step,
        _A.step_number,
        _A.steps,
        _A.state,
        _A.reason,
        _A.automation,
        _A.due_on,
        _A.not_before,
        _A.sent_at,
        _A.amount,
        _A.currency,
        _A.amounts,
        _A.warnings,
        func.coalesce(_S.overdue, 0),
        _S.oldest_due_on,
        _language(tenant),
        _missed(tenant),
        _C.collector_id,
        _A.brief,
        _A.specific_id,
        _assignee(tenant),
        _A.snoozed_until,
        _C.entity_id,
        _A.fence,
    ]


def _line(row: Any, group: tuple[int, str], squares: Mapping[CustomerId, tuple[Square, ...]]) -> AgendaLine:
    fields = dict(zip(_NAMES, row, strict=False))
    fields["title"] = (fields.pop("brief") or {}).get("title", "")
    fields["missed"], fields["warnings"] = bool(fields["missed"]), tuple(fields["warnings"] or ())
    raised = squares.get(fields["customer"], ())
    return AgendaLine(aged=tuple(row[len(_NAMES) :]), group=group, squares=raised, **fields)


def _assignee(tenant: TenantId) -> ColumnElement[str]:
    given = select(users.c.name).where(users.c.tenant_id == tenant, users.c.user_id == _A.assignee_id)
    return func.coalesce(given.scalar_subquery(), "")


def _language(tenant: TenantId) -> ColumnElement[str]:
    """First collection contact, customer, tenant (A17)."""
    contact = (
        select(contacts.c.language)
        .where(
            contacts.c.tenant_id == tenant,
            contacts.c.customer_id == _A.customer_id,
            contacts.c.collection,
            contacts.c.language != "",
        )
        .order_by(contacts.c.position, contacts.c.contact_id)
        .limit(1)
        .scalar_subquery()
    )
    own = select(tenants.c.language).where(tenants.c.tenant_id == tenant).scalar_subquery()
    return func.coalesce(contact, func.nullif(_C.language, ""), own)


def _missed(tenant: TenantId) -> ColumnElement[bool]:
    still_open = and_(items.c.tenant_id == tenant, items.c.item_id == holds.c.item_id, items.c.open_amount > 0)
    return exists(
        select(literal(1))
        .select_from(holds.join(items, still_open))
        .where(
            holds.c.tenant_id == tenant,
            holds.c.customer_id == _A.customer_id,
            holds.c.kind == "promise",
            holds.c.verdict == BROKEN,
            items.c.hold.is_(None),
        )
    )
