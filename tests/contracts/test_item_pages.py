"""The quick ways to a page of items and its sums agree with reading every item, on both databases."""

from datetime import date, timedelta
from itertools import product
from random import Random
from typing import Any

import msgspec
import pytest
from sqlalchemy import Engine, insert

from relance.adapters.store import item_pages
from relance.adapters.store.beside import second_reader
from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.summaries import refresh_summaries
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.ledger import items
from relance.adapters.store.work import SqlWork
from relance.core.customers.search import EVERYTHING
from relance.core.customers.search_language import parse
from relance.core.kernel.identifiers import ItemId, TenantId, UserId
from relance.core.ledger.items import MEMO_TYPES
from relance.ports.store.item_list import ItemLine, ItemQuestion, ItemView

TODAY = date(2026, 11, 23)
_TYPES = ("invoice", "invoice", "invoice", "credit-note", "payment", "down-payment-request")
_CURRENCIES = ("EUR", "EUR", "EUR", "USD", "JPY", "GBP", "CHF", "SEK", "NOK", "DKK")
_VIEWS: tuple[ItemView, ...] = ("open", "overdue", "held", "settled", "all")
CRITERIA = (
    "",
    "country = FR",
    "country != FR",
    "overdue > 1",
    "item.amount > 0",
    "item.amount > 10",
    "item.type = credit-note",
    "item.type != credit-note",
    "item.status is empty",
    "item.reference = r1",
    "item.reference != r1",
    "item.reference contains r",
    "item.custom.site != s1",
    "oldest-due < today",
    "item.due > today+1 or item.reference = r2",
    "country = FR and item.type = invoice",
)


@pytest.fixture(params=["spread", "crowded", "as it is"])
def kept(request: Any, engine: Engine, tenant: TenantId, monkeypatch: pytest.MonkeyPatch) -> TenantId:
    """Forty customers owe some four items each: due on days far apart, or nearly all on the same few days."""
    if request.param != "as it is":
        for name, small in (("_FEW", 3), ("_REACH", 3), ("_MANY", 2)):
            monkeypatch.setattr(item_pages, name, small)
    rolled, days = Random(7), 4 if request.param == "crowded" else 400
    with engine.begin() as connection:
        connection.execute(insert(customers), [_customer(tenant, number) for number in range(1, 41)])
        connection.execute(insert(items), [_item(tenant, number, rolled, days) for number in range(1, 161)])
        refresh_summaries(connection, tenant, TODAY - timedelta(days=2), None)
    return tenant


def _customer(tenant: TenantId, number: int) -> dict[str, Any]:
    row = {"tenant_id": tenant, "customer_id": number, "entity_id": 1, "code": f"C{number:02}", "name": f"N {number}"}
    return row | {"country": "FR" if number % 3 else "DE", "collector_id": number % 2 or None, "created_on": TODAY}


def _item(tenant: TenantId, number: int, rolled: Random, days: int) -> dict[str, Any]:
    kind = rolled.choice(_TYPES)
    amount = rolled.randint(1, 5000) * (-1 if kind in {"credit-note", "payment"} else 1)
    due = TODAY + timedelta(days=rolled.randrange(days) - days // 2)
    told = {"type": kind, "currency": rolled.choice(_CURRENCIES), "reference": rolled.choice(("", "R1", "R2"))}
    told |= {"hold": rolled.choice((None, None, "dispute")), "settled_on": None}
    told |= {"custom": rolled.choice((None, {"site": "S1"}, {"site": "S2"}, {"site": "S3"}))}
    numbers = {"tenant_id": tenant, "item_id": number, "entity_id": 1, "source_id": 1, "created_import_id": 1}
    days_of = {"issued_on": due - timedelta(days=30), "due_on": due, "changed_import_id": 1}
    still = amount if rolled.random() < 0.9 else 0
    names = {"customer_id": rolled.randint(1, 40), "unique_key": str(number), "number": f"F{number}"}
    return told | numbers | days_of | names | {"amount": amount, "open_amount": still}


@pytest.mark.parametrize(("own", "by_two"), [(None, True), (UserId(1), False)])
def test_every_page_and_sum_is_that_of_the_items_themselves(
    work: SqlWork, kept: TenantId, own: UserId | None, by_two: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    wrong = []
    with work.reading_long(kept) if by_two else work.reading(kept) as unit:
        beside = second_reader(unit.connection) is not None
        assert beside == (by_two and is_sqlite(unit.connection))
        for text, view, currency in product(CRITERIA, _VIEWS, ("", "USD", "SEK")):
            if (currency or own) and (view != "open" or text in CRITERIA[4:6]):
                continue
            criteria = parse(text) if text else EVERYTHING
            asked = ItemQuestion(today=TODAY, criteria=criteria, view=view, currency=currency, own=own, limit=1000)
            whole = _whole(unit.item_list, asked, monkeypatch)
            seen, sums = _page_by_page(unit.item_list, asked)
            if seen != [line.item.item for line in whole] or not sums == _summed(whole) == unit.item_list.sums(asked):
                wrong.append((text, view, currency))
    assert wrong == []


def _whole(listed: Any, asked: ItemQuestion, monkeypatch: pytest.MonkeyPatch) -> list[ItemLine]:
    """All at once, by the way that reads the items alone: what they add up to is counted here."""
    with monkeypatch.context() as patched:
        patched.setattr(item_pages, "_FEW", 1000)
        patched.setattr(item_pages.ItemAsking, "of_accounts", False)
        found: list[ItemLine] = listed.page(asked).lines
    return found


def _page_by_page(listed: Any, asked: ItemQuestion) -> tuple[list[ItemId], dict[str, tuple[int, int]]]:
    seen: list[ItemId] = []
    question = msgspec.structs.replace(asked, limit=40)
    while (page := listed.page(question)).lines:
        last = page.lines[-1].item
        seen += [line.item.item for line in page.lines]
        question = msgspec.structs.replace(question, after=(last.due_on, last.item))
    return seen, page.sums


def _summed(lines: list[ItemLine]) -> dict[str, tuple[int, int]]:
    sums: dict[str, tuple[int, int]] = {}
    for line in lines:
        count, amount = sums.get(line.item.currency, (0, 0))
        counted = 0 if line.item.type in MEMO_TYPES else line.item.open_amount
        sums[line.item.currency] = count + 1, amount + counted
    return dict(sorted(sums.items()))
