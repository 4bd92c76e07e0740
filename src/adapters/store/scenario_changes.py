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
_RESUME = """
    with mine as (
        select l.item_id, a.done_on, s.scenario, s.number as most, a.leader_item_id = l.item_id as led,
            a.done_on - i.due_on as late
        from resumed_accounts m
        join actions a on a.tenant_id = {tenant} and a.customer_id = m.customer_id and a.scenario = m.scenario
            and a.specific_id is null and a.done_on is not null
        join resumed_steps s on s.scenario = a.scenario and s.step = a.step
        join listed_items l on l.tenant_id = {tenant} and l.action_id = a.action_id and l.open_amount > 0
        join items i on i.tenant_id = {tenant} and i.item_id = l.item_id and i.customer_id = m.customer_id
    ), furthest as (
        select mine.item_id, max(s.number) as number, max(mine.done_on) as done_on
        from mine join resumed_steps s on s.scenario = mine.scenario and s.number <= mine.most
            and (s.number = mine.most and mine.led
                or s.day <= mine.late and (mine.late <= 0 or s.day >= 0))
        group by mine.item_id
    )
    update items set step_done = furthest.number,
        step_on = case when step_on is null or step_on < furthest.done_on then furthest.done_on else step_on end
    from furthest
    where items.tenant_id = {tenant} and items.item_id = furthest.item_id and items.step_done < furthest.number
"""


def carry_steps(
    connection: Connection, tenant: TenantId, scenarios: dict[str, Scenario], changes: Sequence[ScenarioChange]
) -> None:
    """Give the accounts' items the numbers that their steps have in the new scenario; settled items may come back.

    Who comes back to a scenario goes on no earlier than where they left it: no step of it is done twice to an item.
    """
    _renumber(connection, tenant, scenarios, changes)
    _resume(connection, tenant, scenarios, changes)


def _renumber(
    connection: Connection, tenant: TenantId, scenarios: dict[str, Scenario], changes: Sequence[ScenarioChange]
) -> None:
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


def _resume(
    connection: Connection, tenant: TenantId, scenarios: dict[str, Scenario], changes: Sequence[ScenarioChange]
) -> None:
    """Raise items to the furthest step that an action of the new scenario did to them once, by the rule of
    `steps_after`: the leader to the step itself, the others to what they had reached by then (D7)."""
    back = {"customer_id": [one.customer for one in changes], "scenario": [one.after for one in changes]}
    stage(connection, "resumed_accounts", pl.DataFrame(back, schema={"customer_id": pl.Int64, "scenario": pl.Utf8}))
    plans = [scenarios[code] for code in sorted({one.after for one in changes}) if code in scenarios]
    steps = [(plan.code, step.code, n, step.day) for plan in plans for n, step in enumerate(plan.steps, 1)]
    schema = {"scenario": pl.Utf8, "step": pl.Utf8, "number": pl.Int64, "day": pl.Int64}
    stage(connection, "resumed_steps", pl.DataFrame(steps, schema=schema, orient="row"))
    connection.exec_driver_sql(_RESUME.format(tenant=int(tenant)))


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
