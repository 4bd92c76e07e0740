"""Clauses about customers, on the row of one customer.

Subqueries stand apart: whoever asks may have joined the same tables.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    case,
    false,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
)

from relance.adapters.store.halves import WHOLE, Half
from relance.adapters.store.searching_custom import custom_clause
from relance.adapters.store.searching_values import (
    BEFORE,
    amount_clause,
    day_clause,
    flag_clause,
    holds_for_zero,
    number_clause,
    positive,
    text_clause,
)
from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.customers import contacts, customer_colleagues, customer_groups, customers, groups
from relance.adapters.store.tables.ledger import account_summaries, items
from relance.adapters.store.tables.qualification import holds
from relance.adapters.store.tables.tenancy import entities, users
from relance.core.customers.criteria import CUSTOM, FIGURES, criterion_of
from relance.core.customers.search import Clause, amount_in, flag_in
from relance.core.kernel.days import day_number
from relance.core.kernel.identifiers import CustomerId, TenantId

_TEXTS = (
    *("code", "name", "legal-id", "vat-number", "street", "zip", "city", "state", "country", "language", "currency"),
    *("phone", "email", "url", "terms", "comment", "payment-method"),
)
_UPPER = frozenset(("country", "currency"))
_AMOUNTS = ("credit-limit", "order-backlog")
_FLAGS = ("blocked", "collection-stop", "penalties")
BROKEN: ColumnElement[str] = literal_column("'broken'")
"""Spelt as the index of broken promises is: a bound value would not let SQLite use it."""
_lead = customers.alias("search_lead")
_DAYS = {"created": customers.c.created_on, "paused-until": customers.c.paused_until}


class CustomerClauses:
    """Turns clauses into conditions, for one tenant on one day; `default_scenario` chases who has none of their own."""

    def __init__(
        self,
        connection: Connection,
        tenant: TenantId,
        today: date,
        currency: str,
        default_scenario: str,
        among: Collection[CustomerId] | None = None,
        half: Half = WHOLE,
    ) -> None:
        self._connection, self._tenant, self._today, self._among = connection, tenant, today, among
        self._currency, self._scenario, self._half = currency, default_scenario, half

    def condition(self, clause: Clause) -> ColumnElement[bool]:
        """Whether a customer fulfils the clause."""
        name = clause.criterion
        if name in _TEXTS:
            return self._text(clause)
        if name in FIGURES:
            return self._figure(clause)
        if name in _AMOUNTS:
            return amount_clause(_column(name), self._own_currency(), clause)
        if name in _FLAGS:
            return flag_clause(_column(name), clause)
        if name in _DAYS:
            return day_clause(_DAYS[name], clause, self._today)
        if name.startswith(CUSTOM):
            return custom_clause(self._connection, customers.c.custom, name.removeprefix(CUSTOM), clause)
        return self._linked(clause)

    def _linked(self, clause: Clause) -> ColumnElement[bool]:
        """What stands in other tables than the customer's own."""
        among = {
            "collector": self._collector,
            "scenario": self._by_scenario,
            "collected-on": self._collected_on,
            "entity": self._entity,
            "group": self._several,
            "colleague": self._several,
            "contact": self._several,
            "collection-contact": self._several,
            "open-items": self._open_items,
            "days-overdue": self._days_overdue,
            "oldest-due": self._oldest_due,
            "limit-use": self._limit_use,
            "broken-promise": self._broken_promise,
            "last-contact": self._last_contact,
            "last-action": self._last_action,
        }
        return among[clause.criterion](clause)

    def _text(self, clause: Clause) -> ColumnElement[bool]:
        name = clause.criterion
        values = tuple(value.upper() for value in clause.values) if name in _UPPER else clause.values
        same = Clause(name, clause.operator, values)
        return text_clause(_column(name), same, criterion_of(name).sort == "code")

    def _own_currency(self) -> ColumnElement[str]:
        return case((customers.c.currency == "", self._currency), else_=customers.c.currency)

    def _collector(self, clause: Clause) -> ColumnElement[bool]:
        """By name or address; an inactive user counts as no collector (A1)."""
        collector = func.coalesce(customers.c.collector_id, 0)
        if clause.operator == "is empty":
            return collector.not_in(self._users(None))
        turned = positive(clause)
        found = collector.in_(self._users(turned or clause))
        return ~found if turned else found

    def _collected_on(self, clause: Clause) -> ColumnElement[bool]:
        """By the code of the lead (B5); empty where a customer is collected by itself."""
        if clause.operator == "is empty":
            return customers.c.lead_id.is_(None)
        turned = positive(clause)
        leads = select(_lead.c.customer_id).where(
            _lead.c.tenant_id == self._tenant, text_clause(_lead.c.code, turned or clause, exact=True)
        )
        found = and_(customers.c.lead_id.is_not(None), customers.c.lead_id.in_(leads))
        return ~found if turned else found

    def _entity(self, clause: Clause) -> ColumnElement[bool]:
        """By the code of the legal entity (A23); every customer belongs to one."""
        if clause.operator == "is empty":
            return false()
        mine = select(entities.c.entity_id).where(entities.c.tenant_id == self._tenant)
        return customers.c.entity_id.in_(mine.where(text_clause(entities.c.code, clause, exact=True)))

    def _by_scenario(self, clause: Clause) -> ColumnElement[bool]:
        own = func.coalesce(func.nullif(customers.c.scenario, ""), self._scenario)
        return text_clause(own, clause, exact=True)

    def _several(self, clause: Clause) -> ColumnElement[bool]:
        """Customers that have one such thing; for the opposite operators, that have none such."""
        if clause.operator == "is empty":
            return customers.c.customer_id.not_in(self._holders(clause.criterion, None))
        turned = positive(clause)
        found = customers.c.customer_id.in_(self._holders(clause.criterion, turned or clause))
        return ~found if turned else found

    def _holders(self, name: str, clause: Clause | None) -> Select[Any]:
        if name == "group":
            link, other = customer_groups, groups.c.group_id
            named = (
                select(other).where(groups.c.tenant_id == self._tenant, *_like(clause, groups.c.name)).correlate(None)
            )
            return self._linked_with(link, link.c.group_id.in_(named))
        if name == "colleague":
            return self._linked_with(customer_colleagues, customer_colleagues.c.user_id.in_(self._users(clause)))
        query = select(contacts.c.customer_id).where(contacts.c.tenant_id == self._tenant, *self._only(contacts))
        query = query.correlate(None)
        if name == "collection-contact":
            query = query.where(contacts.c.collection.is_(True), contacts.c.email != "")
        whole = func.trim(contacts.c.first_name + " " + contacts.c.name)
        return query.where(*_like(clause, whole, contacts.c.email))

    def _linked_with(self, link: Any, condition: ColumnElement[bool]) -> Select[Any]:
        query = select(link.c.customer_id).where(link.c.tenant_id == self._tenant, link.c.ended_at.is_(None))
        return query.where(condition, *self._only(link)).correlate(None)

    def _users(self, clause: Clause | None) -> Select[Any]:
        """Users by name or address; without a clause the active ones."""
        query = select(users.c.user_id).where(users.c.tenant_id == self._tenant).correlate(None)
        return (
            query.where(users.c.active) if clause is None else query.where(*_like(clause, users.c.name, users.c.email))
        )

    def _last_contact(self, clause: Clause) -> ColumnElement[bool]:
        return day_clause(customers.c.last_contact_on, clause, self._today, never=True)

    def _last_action(self, clause: Clause) -> ColumnElement[bool]:
        """The newest day of each customer, read in the order of an index; who has none never had an action."""
        acted = (actions.c.tenant_id == self._tenant, actions.c.done_on.is_not(None), *self._only(actions))
        every = select(actions.c.customer_id).where(*acted).correlate(None)
        if clause.operator == "is empty":
            return customers.c.customer_id.not_in(every)
        last = day_clause(func.max(actions.c.done_on), clause, self._today)
        found = customers.c.customer_id.in_(every.group_by(actions.c.customer_id).having(last))
        if clause.operator in BEFORE or positive(clause):
            return or_(found, customers.c.customer_id.not_in(every))
        return found

    def _figure(self, clause: Clause) -> ColumnElement[bool]:
        """An amount of the summary in any currency, or in the one named; equal means in all of them."""
        if clause.operator == "is empty":
            return customers.c.customer_id.not_in(self._summed())
        column = account_summaries.c[clause.criterion.replace("-", "_")]
        other = Clause(clause.criterion, "!=", clause.values) if clause.operator == "=" else clause
        found = customers.c.customer_id.in_(self._summed(amount_clause(column, account_summaries.c.currency, other)))
        if clause.operator == "=":
            return ~found if holds_for_zero(clause) else and_(~found, self._has_figures(clause))
        return or_(found, ~self._has_figures(clause)) if holds_for_zero(clause) else found

    def _has_figures(self, clause: Clause) -> ColumnElement[bool]:
        """Whether the account has an open item, in the currency that the clause names."""
        _, currency = amount_in(clause.values[0])
        named = [account_summaries.c.currency == currency] if currency else []
        return customers.c.customer_id.in_(self._summed(*named))

    def _open_items(self, clause: Clause) -> ColumnElement[bool]:
        return self._by_account(clause, func.sum(account_summaries.c.open_items))

    def _days_overdue(self, clause: Clause) -> ColumnElement[bool]:
        oldest = func.min(type_coerce(account_summaries.c.oldest_due_on, Integer))
        return self._by_account(clause, func.coalesce(day_number(self._today) - oldest, 0))

    def _by_account(self, clause: Clause, number: Any) -> ColumnElement[bool]:
        """A number over all currencies of the account, zero where nothing is open."""
        if clause.operator == "is empty":
            return customers.c.customer_id.not_in(self._summed())
        grouped = self._summed().group_by(account_summaries.c.customer_id).having(number_clause(number, clause))
        found = customers.c.customer_id.in_(grouped)
        return or_(found, customers.c.customer_id.not_in(self._summed())) if holds_for_zero(clause) else found

    def _oldest_due(self, clause: Clause) -> ColumnElement[bool]:
        if clause.operator == "is empty":
            return customers.c.customer_id.not_in(self._summed(account_summaries.c.oldest_due_on.is_not(None)))
        oldest = day_clause(func.min(account_summaries.c.oldest_due_on), clause, self._today)
        grouped = self._summed().group_by(account_summaries.c.customer_id).having(oldest)
        return customers.c.customer_id.in_(grouped)

    def _limit_use(self, clause: Clause) -> ColumnElement[bool]:
        """What is open in the customer's currency, in percent of the credit limit; empty without a limit."""
        same = and_(
            account_summaries.c.tenant_id == customers.c.tenant_id,
            account_summaries.c.customer_id == customers.c.customer_id,
            account_summaries.c.currency == self._own_currency(),
        )
        used = func.coalesce(select(account_summaries.c.balance).where(same).correlate(customers).scalar_subquery(), 0)
        return number_clause(used * 100 / func.nullif(customers.c.credit_limit, 0), clause)

    def _summed(self, *conditions: Any) -> Select[Any]:
        mine = (account_summaries.c.tenant_id == self._tenant, account_summaries.c.open_items > 0)
        query = select(account_summaries.c.customer_id).where(*mine, *self._only(account_summaries), *conditions)
        return query.correlate(None)

    def _broken_promise(self, clause: Clause) -> ColumnElement[bool]:
        """A promise was judged broken, and nothing was said of its item since."""
        open_still = and_(
            items.c.tenant_id == holds.c.tenant_id,
            items.c.item_id == holds.c.item_id,
            items.c.open_amount > 0,
            items.c.hold.is_(None),
        )
        query = select(holds.c.customer_id).join(items, open_still)
        query = query.where(holds.c.tenant_id == self._tenant, holds.c.verdict == BROKEN, *self._only(holds))
        found = customers.c.customer_id.in_(query.correlate(None))
        return found if flag_in(clause.values[0]) == (clause.operator == "=") else ~found

    def _only(self, table: Any) -> list[ColumnElement[bool]]:
        """Where some customers are asked of, their rows are enough."""
        if self._among is not None:
            return [table.c.customer_id.in_(self._among)]
        return [] if self._half == WHOLE else [self._half.of(table.c.customer_id)]


def _like(clause: Clause | None, *columns: Any) -> list[ColumnElement[bool]]:
    return [] if clause is None else [or_(*(text_clause(column, clause) for column in columns))]


def _column(name: str) -> Any:
    return customers.c[name.replace("-", "_")]
