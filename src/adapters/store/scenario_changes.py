"""Accounts that move to another scenario: their steps and their proposals follow in a few statements (B4, D7)."""

from collections.abc import Sequence

import polars as pl
from sqlalchemy import Connection

from relance.adapters.store.bulk import stage
from relance.adapters.store.message_documents import forget_unsent
from relance.core.collection.actions import WAITING_STATES
from relance.core.collection.scenarios import Scenario, carried_steps
from relance.core.kernel.identifiers import ActionId, CustomerId, TenantId
from relance.ports.store.collection import ScenarioChange

_REASON = "scenario-changed"


def carry_steps(
    connection: Connection, tenant: TenantId, scenarios: dict[str, Scenario], changes: Sequence[ScenarioChange]
) -> None:
    """Give the accounts' items the numbers that their steps have in the new scenario; settled items may come back."""
    rows = [
        (change.customer, number, after)
        for change in changes
        for number, after in _carried(scenarios, change.before, change.after)
        if number != after
    ]
    if not rows:
        return
    schema = {"customer_id": pl.Int64, "was": pl.Int64, "becomes": pl.Int64}
    stage(connection, "carried_steps", pl.DataFrame(rows, schema=schema, orient="row"))
    undone = ", step_on = case when s.becomes = 0 then null else step_on end"
    for column, more in (("step_done", undone), ("step_elsewhere", "")):
        for part in ("items.open_amount <> 0", "items.open_amount = 0"):
            connection.exec_driver_sql(
                f"update items set {column} = s.becomes{more} from carried_steps s "
                f"where items.tenant_id = {int(tenant)} and items.customer_id = s.customer_id "
                f"and items.{column} = s.was and {part}"
            )


def withdraw(
    connection: Connection, tenant: TenantId, changes: Sequence[ScenarioChange]
) -> list[tuple[ActionId, CustomerId]]:
    """Cancel what waits for these accounts and forget what was frozen for it; one that is on its way goes on."""
    accounts = pl.DataFrame({"customer_id": [change.customer for change in changes]}, schema={"customer_id": pl.Int64})
    stage(connection, "moved_accounts", accounts)
    waiting = ", ".join(f"'{state}'" for state in WAITING_STATES)
    moved = "customer_id in (select customer_id from moved_accounts)"
    rows = connection.exec_driver_sql(
        f"update actions set state = 'cancelled', reason = '{_REASON}', not_before = null, fence = fence + 1 "
        f"where tenant_id = {int(tenant)} and {moved} and specific_id is null and state in ({waiting}) "
        "returning action_id, customer_id"
    )
    withdrawn = sorted((ActionId(action), CustomerId(customer)) for action, customer in rows)
    cancelled = f"select action_id from actions where tenant_id = {int(tenant)} and {moved} and state = 'cancelled'"
    forget_unsent(connection, tenant, cancelled)
    return withdrawn


def _carried(scenarios: dict[str, Scenario], before: str, after: str) -> list[tuple[int, int]]:
    old, new = scenarios.get(before), scenarios.get(after)
    return list(enumerate(carried_steps(old, new), 1)) if old and new else []
