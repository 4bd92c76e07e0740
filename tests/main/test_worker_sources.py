"""The worker fetches what is due, beside its messages, and a source that breaks stops nobody."""

import asyncio
from pathlib import Path

from dependency_injector import providers
from sqlalchemy import update

from relance.adapters.intake.fetchers import FetcherShelf
from relance.adapters.store.tables.sources import source_plans
from relance.core.intake.schedule import Schedule
from relance.core.intake.sources import SourcePlan
from relance.main.container import House
from relance.main.worker import work
from relance.plugins.importers.folder import Folder
from relance.usecases.intake.save_source import SourceWanted
from tests.http.ledger import found, house_at

ROWS = "customer_code,customer_name,number,issued_on,due_on,amount\nC1,X,I1,2026-01-01,2026-02-01,10.00\n"


class Broken(Folder):
    """A fetcher with a bug."""

    name = "broken"

    def open(self, place: object) -> object:
        raise ZeroDivisionError


def test_due_sources_are_fetched_once_and_a_broken_one_stops_nobody(tmp_path: Path) -> None:
    house = house_at(tmp_path)
    system = found(house)
    house.fetchers.override(providers.Object(FetcherShelf([Folder(str(tmp_path / "inbox")), Broken("")])))
    house.source_runner.add_kwargs(settle_seconds=0)
    for name, way in (("a-broken-one", "broken"), ("erp", "folder")):
        plan = SourcePlan(name=name, way=way, schedule=Schedule(("06:00",)))
        house.save_source()(SourceWanted(actor=system, plan=plan))
    (tmp_path / "inbox/acme").mkdir(parents=True)
    (tmp_path / "inbox/acme/items.csv").write_text(ROWS)
    with house.engine().begin() as connection:
        due = update(source_plans).where(source_plans.c.tenant_id == system.tenant)
        connection.execute(due.values(next_run_at=house.clock().now()))
    asyncio.run(_until_fetched(house, system))
    states = {state.plan.name: state for state in house.list_sources()(system)}
    assert states["erp"].last_run.state == "done"
    assert states["a-broken-one"].last_run.code == "failed"
    assert all(state.next_run_at > house.clock().now() for state in states.values())
    house.engine().dispose()


async def _until_fetched(house: House, system: object) -> None:
    stop = asyncio.Event()
    with_short_pauses = asyncio.create_task(work(house, stop))
    for _ in range(200):
        await asyncio.sleep(0.05)
        states = await asyncio.to_thread(house.list_sources(), system)
        if all(state.last_run and state.last_run.finished_at for state in states):
            break
    stop.set()
    await with_short_pauses
