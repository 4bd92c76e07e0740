"""Programs look after background work as administrators do."""

from litestar.testing import TestClient

from relance.core.tenancy.jobs import NewJob
from relance.main.container import House
from tests.http.api.conftest import KeyMaker


def test_background_work_is_listed_and_what_is_parked_tried_again(api: TestClient, house: House, key: KeyMaker) -> None:
    mine = key()
    tenant = house.directory().by_code("acme").tenant
    with house.work()(tenant) as unit:
        unit.jobs.add(NewJob(kind="copies", key="copies"))
    row = api.get("/api/v1/jobs", headers=mine).json()["rows"][0]
    assert (row["key"], row["state"], row["attempts"]) == ("copies", "waiting", 0)
    where = f"/api/v1/jobs/{row['job']}/retry"
    assert api.post(where, headers=mine).status_code == 409
    for _ in range(3):
        with house.engine().begin() as connection:
            connection.exec_driver_sql("update jobs set due_at = 0")
        house.job_queue().fail(house.job_queue().claim(tenant, ["copies"], "one"), "timeout")
    assert api.post(where, headers=mine).json()["key"] == "copies"
    assert api.post("/api/v1/jobs/99/retry", headers=mine).status_code == 404
    assert api.get("/api/v1/jobs", headers=key("read")).status_code == 403
