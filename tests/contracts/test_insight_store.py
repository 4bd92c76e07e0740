"""The sums made in SQL are the core's own, on both databases, today and in the past."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, insert

from relance.adapters.store.insight import SqlInsight
from relance.adapters.store.summaries import refresh_summaries
from relance.adapters.store.tables.customers import customer_groups, customers, groups
from relance.adapters.store.tables.intake import imports
from relance.adapters.store.tables.ledger import item_changes, items
from relance.adapters.store.tables.tenancy import users
from relance.core.insight.aged_balance import OpenAmount, aged_balance
from relance.core.kernel.identifiers import TenantId, UserId
from relance.core.ledger.items import ITEM_TYPES
from relance.ports.store.insight import AgedQuestion

TODAY = date(2026, 11, 21)
LATER = date(2026, 12, 11)

ledgers = st.lists(
    st.fixed_dictionaries(
        {
            "customer_id": st.integers(1, 4),
            "type": st.sampled_from(ITEM_TYPES),
            "late": st.sampled_from([-40, -1, 0, 1, 29, 30, 31, 59, 60, 61, 89, 90, 91, 400]),
            "currency": st.sampled_from(["EUR", "USD", "JPY"]),
            "open_amount": st.integers(-(10**9), 10**9),
        }
    ),
    max_size=25,
)


def keep_customers(connection: Any, tenant: TenantId) -> None:
    connection.execute(
        insert(customers),
        [
            {
                "tenant_id": tenant,
                "customer_id": n,
                "entity_id": 1,
                "code": f"C{n}",
                "name": f"Customer {n} 100%",
                "country": "FR" if n < 3 else "DE",
                "collector_id": 1 if n == 1 else None,
                "created_on": TODAY,
            }
            for n in range(1, 5)
        ],
    )


def item(tenant: TenantId, number: int, row: dict[str, Any]) -> dict[str, Any]:
    due_on = TODAY - timedelta(days=row["late"])
    return {
        "tenant_id": tenant,
        "item_id": number,
        "entity_id": 1,
        "customer_id": row["customer_id"],
        "source_id": 1,
        "unique_key": f"k{number}",
        "type": row["type"],
        "number": f"F{number}",
        "issued_on": row.get("issued_on", due_on - timedelta(days=30)),
        "due_on": due_on,
        "currency": row["currency"],
        "amount": row["open_amount"],
        "open_amount": row["open_amount"],
        "created_import_id": row.get("created_import_id", 1),
        "changed_import_id": 1,
    }


def keep_items(connection: Any, tenant: TenantId, rows: list[dict[str, Any]], made_on: date = TODAY) -> None:
    """With the summaries of that day."""
    if rows:
        connection.execute(insert(items), rows)
    refresh_summaries(connection, tenant, made_on, None)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ledger=ledgers, since=st.sampled_from([0, 1, 29, 35, 100, -1]), as_of=st.sampled_from([TODAY, LATER]))
def test_sql_and_core_agree_on_any_ledger(
    engine: Engine, tenant: TenantId, ledger: list[dict[str, Any]], since: int, as_of: date
) -> None:
    """Also where the summaries were made days ago, or tomorrow by another clock, and for a day to come."""
    with engine.begin() as connection:
        connection.execute(delete(items))
        connection.execute(delete(customers))
        keep_customers(connection, tenant)
        kept_rows = [item(tenant, n, row) for n, row in enumerate(ledger, 1)]
        keep_items(connection, tenant, kept_rows, TODAY - timedelta(days=since))
        store = SqlInsight(connection, tenant)
        for by, of in (("customer", lambda c: f"C{c}"), ("country", lambda c: "FR" if c < 3 else "DE")):
            summed = store.aged_balance(AgedQuestion(as_of=as_of, by=by))  # type: ignore[arg-type]  # from the table
            expected = aged_balance(
                [
                    OpenAmount(
                        of=of(row["customer_id"]),
                        type=row["type"],
                        currency=row["currency"],
                        due_on=TODAY - timedelta(days=row["late"]),
                        amount=row["open_amount"],
                    )
                    for row in ledger
                ],
                as_of,
            )
            assert [(r.of, r.currency, r.buckets, r.credits, r.total) for r in summed] == [
                (r.of, r.currency, r.buckets, r.credits, r.total) for r in expected
            ]
            largest = sorted(summed, key=lambda r: (r.currency, -r.total, r.of))[:3]
            few = AgedQuestion(as_of=as_of, by=by, most=3)  # type: ignore[arg-type]  # from the table
            assert (store.aged_balance(few), store.aged_rows(few)) == (largest, len(summed))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ledger=ledgers)
def test_a_customer_of_two_groups_counts_in_each(
    engine: Engine, tenant: TenantId, ledger: list[dict[str, Any]]
) -> None:
    belongs = {1: ("Key", "North"), 2: ("Key",), 3: (), 4: ("",)}
    with engine.begin() as connection:
        for table in (items, customers, groups, customer_groups):
            connection.execute(delete(table))
        keep_customers(connection, tenant)
        keep_groups(connection, tenant)
        keep_items(connection, tenant, [item(tenant, n, row) for n, row in enumerate(ledger, 1)])
        summed = SqlInsight(connection, tenant).aged_balance(AgedQuestion(as_of=TODAY, by="group"))
        expected = aged_balance(
            [
                OpenAmount(
                    of=of,
                    type=row["type"],
                    currency=row["currency"],
                    due_on=TODAY - timedelta(days=row["late"]),
                    amount=row["open_amount"],
                )
                for row in ledger
                for of in belongs[row["customer_id"]] or ("",)
            ],
            TODAY,
        )
        assert [(r.of, r.currency, r.buckets, r.total) for r in summed] == [
            (r.of, r.currency, r.buckets, r.total) for r in expected
        ]


def keep_groups(connection: Any, tenant: TenantId) -> None:
    """C1 in Key and North, C2 in Key, C4 was in North once."""
    said = {"tenant_id": tenant, "origin": "person", "author": "x", "at": datetime(2026, 1, 1, tzinfo=UTC)}
    named = [said | {"group_id": n, "name": name} for n, name in ((1, "Key"), (2, "North"))]
    connection.execute(insert(groups), named)
    links = ((1, 1, 1, None), (2, 1, 2, None), (3, 2, 1, None), (4, 4, 2, datetime(2026, 2, 1, tzinfo=UTC)))
    rows = [said | {"link_id": n, "customer_id": c, "group_id": g, "ended_at": end} for n, c, g, end in links]
    connection.execute(insert(customer_groups), rows)


@pytest.fixture
def kept(engine: Engine, tenant: TenantId) -> TenantId:
    """C1: 100.00 paid down to 40.00 on the 20th; C2: 50.00 imported on the 20th, issued long before."""
    early, late = datetime(2026, 11, 1, 8, tzinfo=UTC), datetime(2026, 11, 20, 8, tzinfo=UTC)
    with engine.begin() as connection:
        keep_customers(connection, tenant)
        connection.execute(
            insert(imports),
            [
                {
                    "tenant_id": tenant,
                    "import_id": n,
                    "kind": "items",
                    "mode": "stock",
                    "file_name": "f",
                    "fingerprint": "f",
                    "archive_ref": "",
                    "state": "done",
                    "author": "system",
                    "started_at": at,
                    "report": {},
                }
                for n, at in ((1, early), (2, late))
            ],
        )
        base = {"type": "invoice", "late": 45, "currency": "EUR"}
        keep_items(
            connection,
            tenant,
            [
                item(tenant, 1, base | {"customer_id": 1, "open_amount": 4000}),
                item(tenant, 2, base | {"customer_id": 2, "open_amount": 5000, "created_import_id": 2}),
                item(
                    tenant,
                    3,
                    base
                    | {"customer_id": 3, "open_amount": 7, "created_import_id": 2, "issued_on": date(2026, 11, 19)},
                ),
            ],
        )
        moves = [(1, 10000, 6000, 20), (2, 6000, 4000, 21)]
        connection.execute(
            insert(item_changes),
            [
                {
                    "tenant_id": tenant,
                    "change_id": n,
                    "item_id": 1,
                    "at": datetime(2026, 11, day, 8, tzinfo=UTC),
                    "kind": "changed",
                    "open_before": before,
                    "open_after": after,
                }
                for n, before, after, day in moves
            ],
        )
        connection.execute(
            insert(users),
            {
                "tenant_id": tenant,
                "user_id": 1,
                "email": "ann@acme.example",
                "name": "Ann",
                "role": "collector",
                "active": True,
                "address_confirmed": True,
                "rights": [],
                "single_keys": True,
            },
        )
    return tenant


def summed(engine: Engine, tenant: TenantId, **question: Any) -> list[tuple[str, int]]:
    with engine.begin() as connection:
        rows = SqlInsight(connection, tenant).aged_balance(AgedQuestion(**({"as_of": TODAY} | question)))
    return [(row.of, row.total) for row in rows]


def test_a_past_day_takes_back_what_changed_since(engine: Engine, kept: TenantId) -> None:
    past = {"as_of": date(2026, 11, 18), "until": datetime(2026, 11, 19, tzinfo=UTC)}
    assert summed(engine, kept, **past) == [("C1", 10000), ("C2", 5000)]
    between = {"as_of": date(2026, 11, 20), "until": datetime(2026, 11, 21, tzinfo=UTC)}
    assert summed(engine, kept, **between) == [("C1", 6000), ("C2", 5000), ("C3", 7)]
    assert summed(engine, kept) == [("C1", 4000), ("C2", 5000), ("C3", 7)]


def test_the_balance_by_collector_names_accounts_without_one(engine: Engine, kept: TenantId) -> None:
    assert summed(engine, kept, by="collector") == [("", 5007), ("ann@acme.example", 4000)]
    assert summed(engine, kept, by="entity") == [("FR01", 9007)]


def test_a_person_who_sees_own_customers_sums_only_these(engine: Engine, kept: TenantId) -> None:
    assert summed(engine, kept, own=UserId(1)) == [("C1", 4000)]


@pytest.mark.parametrize(
    ("search", "found"),
    [("C2", ["C2"]), ("100%", ["C1", "C2", "C3"]), ("1%0", []), ("_", []), ("'; drop table items; --", [])],
)
def test_a_search_is_text_and_never_a_pattern(engine: Engine, kept: TenantId, search: str, found: list[str]) -> None:
    assert [of for of, _ in summed(engine, kept, search=search)] == found
