"""Customers and items as people look at them, on both databases."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from sqlalchemy import Engine, insert

from relance.adapters.store import customer_best, customer_keys
from relance.adapters.store.summaries import refresh_summaries
from relance.adapters.store.tables.customers import contacts, customers
from relance.adapters.store.tables.intake import imports
from relance.adapters.store.tables.ledger import item_changes, items
from relance.adapters.store.work import SqlWork
from relance.core.customers.columns import CUSTOMER_SORTS, CustomerSort
from relance.core.customers.search_language import parse
from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import ItemId, TenantId, UserId
from relance.core.tenancy.users import User
from relance.ports.store.customer_file import CustomerQuestion, CustomerView
from relance.ports.store.item_list import ItemQuestion, ItemView

TODAY = date(2026, 11, 23)
MORNING = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def kept(engine: Engine, tenant: TenantId) -> TenantId:
    """Twelve customers; number n owes n items, the first of them in dollars too; one item is settled."""
    with SqlWork(engine)(tenant) as unit:
        unit.tenancy.next_numbers("users", 1)
        ann = User(user=UserId(1), email="ann@acme.example", name="Ann", role="collector")
        unit.tenancy.add_user(ann, None)
    with engine.begin() as connection:
        connection.execute(insert(imports), _import(tenant))
        connection.execute(insert(customers), [_customer(tenant, n) for n in range(1, 13)])
        contact = {"tenant_id": tenant, "contact_id": 1, "customer_id": 3, "name": "Payer", "collection": True}
        connection.execute(insert(contacts), contact)
        rows = [_item(tenant, c, n) for c in range(1, 13) for n in range(c)]
        rows.append(_item(tenant, 1, 50, currency="USD"))
        rows.append(_item(tenant, 1, 51, open_amount=0, settled_on=TODAY - timedelta(days=3)))
        connection.execute(insert(items), rows)
        connection.execute(insert(item_changes), _change(tenant, rows[-1]["item_id"]))
        refresh_summaries(connection, tenant, TODAY, None)
    return tenant


def _import(tenant: TenantId) -> dict[str, Any]:
    texts = dict.fromkeys(("file_name", "fingerprint", "archive_ref"), "x") | {"kind": "items", "mode": "stock"}
    numbers = {"tenant_id": tenant, "import_id": 1, "state": "done", "author": "ann", "report": {}}
    return texts | numbers | {"started_at": MORNING}


def _customer(tenant: TenantId, number: int) -> dict[str, Any]:
    name = "same name" if number % 2 else f"Client {number}"
    return {
        "tenant_id": tenant,
        "customer_id": number,
        "entity_id": 1,
        "code": f"C{number:02}",
        "name": name,
        "collector_id": 1 if number < 4 else None,
        "created_on": TODAY,
    }


def _item(tenant: TenantId, customer: int, place: int, **more: Any) -> dict[str, Any]:
    number = customer * 100 + place
    due = TODAY - timedelta(days=place * 10 - 15)
    base = {"currency": "EUR", "amount": 1000 + place, "open_amount": 1000 + place, "settled_on": None}
    return base | {
        "tenant_id": tenant,
        "item_id": number,
        "entity_id": 1,
        "customer_id": customer,
        "source_id": 1,
        "unique_key": str(number),
        "type": "invoice",
        "number": f"F{number}",
        "issued_on": due - timedelta(days=30),
        "due_on": due,
        "created_import_id": 1,
        "changed_import_id": 1,
        **more,
    }


def _change(tenant: TenantId, item: int) -> dict[str, Any]:
    amounts = {"open_before": 1051, "open_after": 0}
    return {
        "tenant_id": tenant,
        "change_id": 1,
        "item_id": item,
        "import_id": 1,
        "at": MORNING,
        "kind": "settled",
    } | amounts


@pytest.mark.parametrize("limit", [1, 3])
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("sort", [sort for sort in CUSTOMER_SORTS if sort != "listed"])
def test_pages_show_every_line_once_and_in_order(
    work: SqlWork, kept: TenantId, sort: CustomerSort, turned: bool, limit: int
) -> None:
    with work.reading(kept) as unit:
        whole = unit.customer_file.lines(CustomerQuestion(today=TODAY, sort=sort, turned=turned, limit=100))
        seen, after = [], None
        question = CustomerQuestion(today=TODAY, sort=sort, turned=turned, limit=limit)
        while page := unit.customer_file.lines(msgspec.structs.replace(question, after=after)):
            seen += page
            after = (page[-1].place, page[-1].code, page[-1].currency, page[-1].customer)
    assert seen == whole
    assert len(whole) == 13
    if sort in {"overdue", "balance", "code", "name"}:
        values = [getattr(line, sort) for line in whole]
        assert values == sorted(values, reverse=(sort in {"overdue", "balance"}) != turned)


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("sort", ["overdue", "balance", "open-items"])
def test_the_best_accounts_tell_the_same_pages_however_few_are_tried(
    work: SqlWork, kept: TenantId, sort: CustomerSort, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = CustomerQuestion(today=TODAY, sort=sort, limit=3, criteria=parse("code != C07"))
    with work.reading(kept) as unit:
        whole = unit.customer_file.lines(msgspec.structs.replace(question, limit=100))
        for module in (customer_best, customer_keys):
            monkeypatch.setattr(module, "BEST", times)
        seen, after = [], None
        while (page := unit.customer_file.page(msgspec.structs.replace(question, after=after)))[0]:
            seen += page[0]
            assert page[1] == 11
            after = (page[0][-1].place, page[0][-1].code, page[0][-1].currency, page[0][-1].customer)
    assert seen == whole
    assert len(whole) == 12


@pytest.mark.parametrize(
    ("view", "search", "own", "count"),
    [
        ("all", "", None, 12),
        ("all", "SAME", None, 6),
        ("all", "%", None, 0),
        ("no-contact", "", None, 12),
        ("no-collector", "", None, 9),
        ("overdue", "", None, 11),
        ("all", "", UserId(1), 3),
    ],
)
def test_views_and_searches_count_what_they_show(
    work: SqlWork, kept: TenantId, view: CustomerView, search: str, own: UserId | None, count: int
) -> None:
    question = CustomerQuestion(today=TODAY, view=view, search=search, own=own, limit=100)
    with work.reading(kept) as unit:
        assert unit.customer_file.count(question) == count
        assert len({line.code for line in unit.customer_file.lines(question)}) == count


def test_a_file_is_found_by_those_who_may_see_it(work: SqlWork, kept: TenantId) -> None:
    with work.reading(kept) as unit:
        card = unit.customer_file.card("C01", UserId(1))
        assert (card.collector_name, card.collector_active) == ("Ann", True)
        assert len(unit.customer_file.open_items(card.customer)) == 2
        assert len(unit.customer_file.settled_items(card.customer, TODAY - timedelta(days=30), 10)) == 1
        assert unit.customer_file.card("C09", None).collector is None
        with pytest.raises(NotFound):
            unit.customer_file.card("C09", UserId(1))


def test_the_timeline_knows_what_imports_brought_and_settled(work: SqlWork, kept: TenantId) -> None:
    with work.reading(kept) as unit:
        customer = unit.customer_file.card("C01", None).customer
        moves = {move.kind: move.detail for move in unit.customer_file.moves(customer, 10)}
    assert moves["imported"] == {"items": 3, "amounts": {"EUR": 2051, "USD": 1050}}
    assert moves["settled"] == {"items": 1, "amounts": {"EUR": 1051}}


@pytest.mark.parametrize(("view", "count"), [("open", 79), ("overdue", 56), ("settled", 1), ("held", 0), ("all", 80)])
def test_items_are_read_page_by_page(work: SqlWork, kept: TenantId, view: ItemView, count: int) -> None:
    with work.reading(kept) as unit:
        seen: list[ItemId] = []
        after = None
        while page := unit.item_list.page(ItemQuestion(today=TODAY, view=view, after=after, limit=7)).lines:
            seen += [line.item.item for line in page]
            after = (page[-1].item.due_on, page[-1].item.item)
        sums = unit.item_list.sums(ItemQuestion(today=TODAY, view=view))
    assert len(seen) == len(set(seen)) == count
    assert sum(number for number, _ in sums.values()) == count


def test_an_item_tells_its_import_and_its_changes(work: SqlWork, kept: TenantId) -> None:
    with work.reading(kept) as unit:
        assert unit.item_list.origin(ItemId(151))[0] == 1
        assert [change.kind for change in unit.item_list.changes(ItemId(151))] == ["settled"]
        assert unit.item_list.line(ItemId(151), UserId(1)).customer_code == "C01"
        with pytest.raises(NotFound):
            unit.item_list.line(ItemId(901), UserId(1))


def test_the_audit_trail_is_read_backwards(work: SqlWork, kept: TenantId) -> None:
    with work(kept) as unit:
        unit.audit.record_many("ann", "note-written", [(f"customer:{n}", {}) for n in range(5)])
    with work.reading(kept) as unit:
        first = unit.audit_log.lines("", None, 2)
        rest = unit.audit_log.lines("", first[-1].seq, 10)
        assert [line.subject for line in (*first, *rest)] == [f"customer:{n}" for n in (4, 3, 2, 1, 0)]
        assert [line.subject for line in unit.audit_log.lines("mer:3", None, 10)] == ["customer:3"]
        latest = unit.audit_log.latest_of(["customer:1", "customer:2"])
        assert latest is not None and latest.subject == "customer:2"
