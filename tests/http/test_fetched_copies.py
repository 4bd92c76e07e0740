"""A column with addresses of PDFs: shown, and fetched where somebody said from which host."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from litestar.testing import TestClient

from relance.core.intake.copy_hosts import CopyTrouble
from relance.core.intake.sources import SourcePlan
from relance.core.kernel.identifiers import ItemId
from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.main.web import web_of
from relance.ports.web_copies import CopyTroubled
from relance.usecases.insight.open_item import ItemWanted
from relance.usecases.intake.fetch_copies import CopiesFetched, CopiesToFetch, FetchCopies, name_of
from relance.usecases.intake.preparing import FileToImport
from relance.usecases.intake.save_source import SourceWanted
from tests.http.conftest import AT_HOME, Visitor
from tests.http.ledger import found, house_at

ROWS = (
    "C1,F-1,2026-10-01,2026-11-01,10.00,https://docs.example/F-1.pdf",
    "C1,F-2,2026-10-01,2026-11-01,20.00,https://docs.example/view?id=2",
    "C1,F-3,2026-10-01,2026-11-01,30.00,https://elsewhere.example/F-3.pdf",
    "C1,F-4,2026-10-01,2026-11-01,40.00,F-4.pdf",
)
HEADER = "customer_code,number,issued_on,due_on,amount,document"


class Shelf:
    """Copies by address; what is not there is missing, unless another trouble is told."""

    def __init__(self) -> None:
        self.copies: dict[str, bytes] = {}
        self.trouble: CopyTrouble = "copy-missing"
        self.asked: list[str] = []

    def fetch(self, address: str, to: Path) -> None:
        self.asked.append(address)
        if address not in self.copies:
            raise CopyTroubled(self.trouble)
        to.write_bytes(self.copies[address])


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = house_at(tmp_path)
    yield house
    house.engine().dispose()


@pytest.fixture
def system(house: House) -> Actor:
    return found(house)


def _imported(house: House, actor: Actor, folder: Path, *rows: str) -> None:
    file = folder / "items.csv"
    file.write_text("\n".join((HEADER, *rows)))
    wanted = FileToImport(actor=actor, kind="items", file=file, file_name="items.csv", source="erp", mode="delta")
    assert house.import_file()(wanted).state == "done"


def _switched_on(house: House, actor: Actor, hosts: str = "docs.example") -> None:
    house.save_source()(SourceWanted(actor=actor, plan=SourcePlan(name="erp", copy_hosts=hosts)))


def _fetched(house: House, actor: Actor, shelf: Shelf, later: timedelta = timedelta()) -> CopiesFetched:
    class Later:
        def now(self):
            return house.clock().now() + later

    return FetchCopies(house.work(), Later(), house.archive(), shelf)(CopiesToFetch(actor=actor))


def test_nothing_is_fetched_until_somebody_says_from_where(house: House, system: Actor, tmp_path: Path) -> None:
    shelf = Shelf()
    _imported(house, system, tmp_path, *ROWS)
    assert _fetched(house, system, shelf) == CopiesFetched(fetched=0, troubled={})
    _switched_on(house, system)
    assert _fetched(house, system, shelf).troubled == {"copy-missing": 2, "host-not-listed": 1}
    assert shelf.asked == ["https://docs.example/F-1.pdf", "https://docs.example/view?id=2"]


def test_a_copy_is_kept_once_shown_and_asked_for_again_until_it_comes(
    house: House, system: Actor, tmp_path: Path
) -> None:
    shelf = Shelf()
    _switched_on(house, system)
    _imported(house, system, tmp_path, *ROWS)
    shelf.copies["https://docs.example/F-1.pdf"] = b"%PDF-1.7 one"
    assert _fetched(house, system, shelf).fetched == 1
    assert _fetched(house, system, shelf) == CopiesFetched(fetched=0, troubled={})
    shelf.copies["https://docs.example/view?id=2"] = b"%PDF-1.7 two"
    assert _fetched(house, system, shelf, timedelta(minutes=6)).fetched == 1
    assert _fetched(house, system, shelf, timedelta(days=9)).troubled == {"host-not-listed": 1}
    opened = house.open_item()(ItemWanted(actor=system, item=ItemId(2)))
    assert [copy.file_name for copy in opened.copies] == ["F-2.pdf"]
    assert opened.fetch is not None and opened.fetch.state == "fetched"
    with TestClient(app=web_of(house), base_url=AT_HOME) as client:
        visitor = Visitor(client)
        visitor.sign_in("admin@acme.example")
        assert client.get("/t/acme/documents/1").content == b"%PDF-1.7 one"
        assert "its host is not among those of the source" in visitor.get("/t/acme/items/3").text
        assert "Copy not fetched yet" in visitor.get("/t/acme/customers/C1").text
        assert 'value="docs.example"' in visitor.get("/t/acme/sources/1").text


def test_what_never_comes_fails_and_says_why_and_another_address_begins_anew(
    house: House, system: Actor, tmp_path: Path
) -> None:
    shelf = Shelf()
    shelf.trouble = "not-a-pdf"
    _switched_on(house, system)
    _imported(house, system, tmp_path, ROWS[0])
    assert _fetched(house, system, shelf).troubled == {"not-a-pdf": 1}
    assert _fetched(house, system, shelf, timedelta(days=9)).troubled == {}
    opened = house.open_item()(ItemWanted(actor=system, item=ItemId(1)))
    assert opened.fetch is not None and (opened.fetch.state, opened.fetch.reason) == ("failed", "not-a-pdf")
    shelf.copies["https://docs.example/new.pdf"] = b"%PDF-1.7 new"
    _imported(house, system, tmp_path, ROWS[0].replace("F-1.pdf", "new.pdf"))
    assert _fetched(house, system, shelf).fetched == 1


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://x.example/a/Facture%201.PDF?x=1", "Facture 1.PDF"),
        ("https://x.example/view?id=3", "F-9.pdf"),
        ("https://x.example/%2e%2e%2fpasswd", "F-9.pdf"),
        ("https://x.example/..%2f..%2fa.pdf", "a.pdf"),
    ],
)
def test_a_copy_has_the_name_of_a_file(address: str, name: str) -> None:
    assert name_of(address, "F-9") == name
