"""Whoever works in a database that came back is told that nothing leaves from it (I-16)."""

from litestar.testing import TestClient

from relance.main.container import House
from relance.main.web import web_of
from tests.http.conftest import Visitor
from tests.http.ledger import found


def test_every_page_says_that_nothing_leaves_from_a_copy(house: House) -> None:
    found(house)
    house.fence().advance()
    with TestClient(web_of(house), base_url="http://127.0.0.1") as client:
        visitor = Visitor(client)
        visitor.sign_in("admin@acme.example")
        assert "relance fence" not in visitor.get("/t/acme/customers").text
        next(house.environment().data_folder.glob("*.installation")).unlink()
        assert "relance fence" in visitor.get("/t/acme/customers").text
