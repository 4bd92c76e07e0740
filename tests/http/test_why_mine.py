"""A customer's file says who is assigned, and where each value comes from (A5)."""

from pathlib import Path

from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.usecases.intake.import_file import FileToImport
from tests.http.conftest import Visitor

FILE = """code,name,groups,colleagues,credit_limit,order_backlog,payment_method,comment,blocked,collection_stop,region
Z1,Zeta,Key|North,Bo Ek <bo@acme.example>,12500.50,300,direct-debit,pays late,1,1,East
"""


def test_the_file_tells_groups_colleagues_and_what_the_erp_says(
    house: House, system: Actor, lucie: Visitor, tmp_path: Path
) -> None:
    file = tmp_path / "customers.csv"
    file.write_text(FILE)
    report = house.import_file()(
        FileToImport(
            actor=system, kind="customers", file=file, file_name=file.name, mapping={"custom.Region": "region"}
        )
    )
    assert (report.state, report.new) == ("done", 1)
    page = lucie.get("/t/acme/customers/Z1").text
    for words in ("Why is this my customer?", "Group: Key", "Group: North", "Colleague: Bo Ek", "From an import, "):
        assert words in page
    for words in ("Credit limit", "12,500.50", "Direct debit", "pays late", "Region", "East"):
        assert words in page
    assert "Orders stopped" in page
    assert "Collection stopped" in page
