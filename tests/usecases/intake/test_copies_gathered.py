"""Addresses of copies are put on the list once, on both databases."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, text

from relance.adapters.store.copy_fetches import SqlCopyFetches
from relance.core.kernel.identifiers import ItemId, TenantId
from tests.usecases.intake.kit import Desk

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_an_address_is_gathered_once_and_again_when_it_changes(desk: Desk, engine: Engine, tenant: TenantId) -> None:
    header = "customer_code,number,issued_on,due_on,amount,document"
    row = "C1,F1,2026-01-02,2026-02-01,5.00,https://docs.example/1.pdf"
    desk.rows(row, header=header)
    with engine.begin() as connection:
        connection.execute(text(f"update sources set copy_hosts = 'docs.example' where tenant_id = {tenant}"))
        store = SqlCopyFetches(connection, tenant)
        store.gather(NOW)
        store.gather(NOW)
        assert [one.address for one in store.due(NOW, 9)] == ["https://docs.example/1.pdf"]
    desk.rows(row.replace("1.pdf", "2.pdf"), header=header)
    with engine.begin() as connection:
        store = SqlCopyFetches(connection, tenant)
        store.gather(NOW + timedelta(hours=1))
        assert store.of_items([ItemId(1)])[ItemId(1)].address == "https://docs.example/2.pdf"
