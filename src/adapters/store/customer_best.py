"""A page out of the accounts with the largest figures, where most customers are in the answer: on SQLite."""

from collections.abc import Callable, Collection

from sqlalchemy import ColumnElement, Connection, func, select

from relance.adapters.store.customer_keys import BEST, Key, best_accounts
from relance.adapters.store.tables.customers import customers
from relance.core.kernel.identifiers import CustomerId, TenantId
from relance.ports.store.customer_file import CustomerQuestion

Conditions = Callable[[Collection[CustomerId]], list[ColumnElement[bool]]]
"""What is asked of customers, as a search among some of them asks it."""
_SAMPLE = 60


def best_page(
    connection: Connection, tenant: TenantId, question: CustomerQuestion, asked: Conditions
) -> list[Key] | None:
    """The lines of one page; None where too few of the customers are in the answer, or of the best accounts.

    To bring all of them into order SQLite needs as long as to find them; PostgreSQL chooses between both ways within
    one statement, of which it runs the part alone whose condition holds. Of the accounts with the smallest figure read
    some may be missing, and who has no account stands at zero: only larger figures count.
    """
    if not _most_are_in(connection, tenant, asked):
        return None
    best = connection.execute(best_accounts(tenant, question)).all()
    floor = best[-1].place if len(best) == BEST * question.limit else 0
    best = [row for row in best if row.place > max(floor, 0)]
    codes = _codes(connection, [row.customer_id for row in best], asked)
    lines = sorted(
        (-row.place, codes[row.customer_id], row.currency, row.customer_id) for row in best if row.customer_id in codes
    )
    if question.after is not None:
        value, *seen = question.after
        lines = [line for line in lines if line > (-int(value), *seen)]
    page = [(customer, currency) for _, _, currency, customer in lines[: question.limit]]
    return page if len(page) == question.limit else None


def _most_are_in(connection: Connection, tenant: TenantId, asked: Conditions) -> bool:
    some = list(
        connection.scalars(select(customers.c.customer_id).where(customers.c.tenant_id == tenant).limit(_SAMPLE))
    )
    mine = select(func.count()).where(customers.c.customer_id.in_(some), *asked(some))
    return 2 * int(connection.scalar(mine) or 0) > len(some)


def _codes(connection: Connection, those: Collection[CustomerId], asked: Conditions) -> dict[int, str]:
    those = set(those)
    mine = select(customers.c.customer_id, customers.c.code).where(customers.c.customer_id.in_(those), *asked(those))
    return dict(connection.execute(mine).all())
