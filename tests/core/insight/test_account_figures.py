"""The figures above a customer's items."""

from datetime import date, timedelta

from relance.core.insight.account_figures import account_figures
from relance.core.kernel.identifiers import CustomerId, ItemId
from relance.core.ledger.items import Item

TODAY = date(2026, 11, 21)


def item(number: int, amount: int, late: int, **more: object) -> Item:
    due = TODAY - timedelta(days=late)
    fields = {"type": "invoice", "currency": "EUR"} | more
    return Item(
        item=ItemId(number),
        customer=CustomerId(1),
        number=f"F{number}",
        issued_on=due - timedelta(days=30),
        due_on=due,
        amount=amount,
        open_amount=amount,
        **fields,  # type: ignore[arg-type]  # the test's own words
    )


def test_promised_and_disputed_amounts_are_told_apart() -> None:
    [euros] = account_figures(
        [item(1, 1000, 5, hold="promise"), item(2, 500, 9, hold="dispute"), item(3, 200, 1), item(4, -50, 3)], TODAY
    )
    assert (euros.promised, euros.promised_items) == (1000, 1)
    assert (euros.disputed, euros.disputed_items) == (500, 1)
    assert (euros.aged.total, euros.aged.overdue, euros.aged.credits) == (1650, 1700, -50)
    assert euros.oldest_due_on == TODAY - timedelta(days=9)
    assert (euros.open_items, euros.overdue_items, euros.credit_items) == (4, 3, 1)


def test_the_currency_with_more_overdue_items_comes_first() -> None:
    figures = account_figures([item(1, 1, -5), item(2, 1, 3, currency="USD")], TODAY)
    assert [row.currency for row in figures] == ["USD", "EUR"]


def test_settled_and_memo_items_have_no_figures() -> None:
    assert account_figures([item(1, 0, 5), item(2, 900, 5, type="down-payment-request")], TODAY) == []
