"""What makes an invoice one that is past the last step, as SQL terms; everything else of it is built from these."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    and_,
    case,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)

from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.ledger import items
from relance.core.collection.holding import OWN_DEBITS
from relance.core.kernel.identifiers import TenantId
from relance.ports.store.ended import EndedQuestion

_I, _C = items.c, customers.c
LEAD = customers.alias("lead")
_their = customers.alias("their")
_OWING = literal_column("items.open_amount") > literal_column("0")
_LISTED = and_(literal_column("items.step_done") > literal_column("0"), _OWING)
"""Spelt as the index of listed invoices is: bound values would not let SQLite use it."""


class Band(NamedTuple):
    """Conditions on the step of an item and the scenario of its account; `among`: the customers it can be about.

    `steps` is the first of them: how far the item has come.
    """

    steps: ColumnElement[bool]
    rest: list[ColumnElement[bool]]
    among: CompoundSelect[tuple[int]] | None


def bands(tenant: TenantId, question: EndedQuestion) -> Iterator[Band]:
    """No item fulfils more than one of them.

    An index finds the late steps of all. Those that are the last of a short scenario only are many in the others, and
    looked for among the customers of the short ones, which may be nobody.
    """
    chasing, ends = _chasing(question), sorted(set(question.ends.values()))
    for end, following in zip(ends, [*ends[1:], None], strict=True):
        short = [code for code, last in question.ends.items() if last <= end]
        terms = [_LISTED if end > 0 else _OWING, chasing.in_(short)]
        if following is not None:
            terms.append(_I.step_done < following)
        few = following is not None and question.scenario not in short
        yield Band(_I.step_done >= end, terms, _few(tenant, short) if few else None)


def _few(tenant: TenantId, short: list[str]) -> CompoundSelect[tuple[int]]:
    """Customers of these scenarios, and those collected on others: two questions, for each has an index of its own."""
    theirs = select(_their.c.customer_id).where(_their.c.tenant_id == tenant)
    return union_all(theirs.where(_their.c.scenario.in_(short)), theirs.where(_their.c.lead_id.is_not(None)))


def askable(question: EndedQuestion) -> list[ColumnElement[bool]]:
    """What is overdue, not held and worth asking for, of customers that are neither stopped nor paused."""
    on = question.on
    ours = or_(_I.payment_method.in_(OWN_DEBITS), and_(_I.payment_method == "", _C.payment_method.in_(OWN_DEBITS)))
    return [
        _I.type == "invoice",
        _I.due_on < on.today,
        or_(
            and_(_I.hold.is_(None), or_(~ours, _I.due_on < on.debits_from)),
            and_(_I.hold == "pause", _I.hold_until < on.today),
        ),
        _I.open_amount >= _least(question),
        ~_C.collection_stop,
        or_(_C.paused_until.is_(None), _C.paused_until < on.today),
        or_(LEAD.c.customer_id.is_(None), ~LEAD.c.collection_stop),
        or_(LEAD.c.paused_until.is_(None), LEAD.c.paused_until < on.today),
    ]


def _chasing(question: EndedQuestion) -> ColumnElement[str]:
    """The code of the scenario that chases the customer: the one of its lead where it has one (B5)."""
    own = case((_C.lead_id.is_not(None), func.nullif(LEAD.c.scenario, "")), else_=func.nullif(_C.scenario, ""))
    return func.coalesce(own, question.scenario)


def _least(question: EndedQuestion) -> ColumnElement[int]:
    """The amount from which the scenario of the account asks for an item (B3)."""
    shared = _amount(question.on.rules.ignore)
    chasing = _chasing(question)
    own = [(chasing == code, _amount(ignore)) for code, ignore in question.ignored.items() if code in question.ends]
    return case(*own, else_=shared) if own else shared


def _amount(ignore: dict[str, int]) -> ColumnElement[int]:
    return case(ignore, value=_I.currency, else_=0) if ignore else literal(0)
