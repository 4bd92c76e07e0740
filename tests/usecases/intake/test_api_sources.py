"""Sources that pull from an API, and JSON files handed in (S3.6)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from relance.adapters.intake.registry import ImporterShelf
from relance.core.intake.sources import SourcePlan
from relance.core.kernel.identifiers import TenantId
from relance.plugins.importers.api_pull import ApiPull
from relance.plugins.importers.json_records import JsonRecords
from relance.usecases.intake.import_file import ImportFile
from tests.servers.web import WebPlace
from tests.usecases.intake.fetching import EVERY_DAY, FetchingDesk
from tests.usecases.intake.kit import Desk

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture(scope="module")
def server() -> Iterator[WebPlace]:
    place = WebPlace()
    yield place
    place.end()


@pytest.fixture
def fetching(engine: Engine, tenant: TenantId, tmp_path: Path, server: WebPlace) -> FetchingDesk:
    desk = Desk(engine, tenant, tmp_path)
    desk.verb._importers = ImporterShelf([JsonRecords()])
    assert isinstance(desk.verb, ImportFile)
    server.answers.clear()
    fetching = FetchingDesk(desk, ApiPull(in_test=True))
    settings = {"url": f"http://127.0.0.1:{server.port}/open", "list": "rows", "paging": "page", "param": "page"}
    fetching.save(SourcePlan(name="erp", way="api", settings=settings, schedule=EVERY_DAY))
    return fetching


def row(number: int) -> dict[str, object]:
    return {
        "customer_code": "C1",
        "customer_name": "Customer",
        "number": f"I{number}",
        "issued_on": "2026-01-01",
        "due_on": "2026-02-01",
        "amount": number * 10.25,
    }


def test_every_page_is_one_snapshot(fetching: FetchingDesk, server: WebPlace) -> None:
    server.says("/open", {"rows": [row(1), row(2)]})
    server.says("/open?page=2", {"rows": [row(3)]})
    server.says("/open?page=3", {"rows": []})
    tested = fetching.test()
    assert (tested.works, tested.fingerprint, tested.count) == (True, "", 1)
    assert fetching.fetch().state == "done"
    assert fetching.desk.sum().open == {"EUR": "61.50"}
    server.says("/open?page=2", {"rows": []})
    fetching.later(days=1)
    [run] = fetching.poll()
    assert (run.state, fetching.desk.sum().count) == ("done", 2)
    fetching.later(days=1)
    assert [run.state for run in fetching.poll()] == ["done"]
    assert fetching.source().last_good_at == fetching.desk.clock.moment


def test_half_a_pull_changes_nothing(fetching: FetchingDesk, server: WebPlace) -> None:
    server.says("/open", {"rows": [row(1), row(2)]})
    server.says("/open?page=2", b"", 503)
    run = fetching.fetch()
    assert (run.state, run.code, fetching.desk.sum().count) == ("failed", "source-unreachable", 0)
    assert fetching.desk.select("select count(*) from imports") == [(0,)]


def test_a_document_with_several_lists_is_read_by_its_items(fetching: FetchingDesk) -> None:
    import json

    customers = [{"customer_code": "C1", "customer_name": "Ours", "since": "2020-01-01"}]
    items = [{name: value for name, value in row(number).items() if name != "customer_name"} for number in (1, 2)]
    payments = [{"payment_id": 1, "amount": 5, "received_on": "2026-01-05"}]
    document = json.dumps({"as_of": "2026-01-31", "customers": customers, "deals": items, "payments": payments})
    report = fetching.desk.put(document)
    assert (report.state, report.accepted, report.sums) == ("done", 2, {"EUR": "30.75"})
    assert fetching.desk.select("select name from customers") == [("Ours",)]
    assert fetching.desk.put(document, options={"list": "nothing"}).state == "refused"
