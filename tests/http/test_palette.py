"""One place to type a name, a code, a number, an amount or a command."""

from decimal import Decimal

import pytest

from relance.core.tenancy.users import Actor
from relance.http.pages.palette import amount_of
from relance.ports.store.palette import Between
from tests.http.conftest import Visitor

PALETTE = "/t/acme/palette"


def test_it_finds_customers_items_amounts_and_commands(lucie: Visitor, collected: Actor) -> None:
    part = lucie.get(f"{PALETTE}?q=marchetti", htmx=True).text
    assert "<html" not in part and 'href="/t/acme/customers/C10077"' in part and "€48,215.30" in part
    assert "FA-26-1001" in lucie.get(f"{PALETTE}?q=fa-26-1001", htmx=True).text
    amounts = lucie.get(f"{PALETTE}?q=12480", htmx=True).text
    assert "€12,480.00" in amounts and "Transports Delaunay" in amounts
    assert "€12,480.00" in lucie.get(f"{PALETTE}?q=12,480.00", htmx=True).text
    assert 'href="/t/acme/searches/codes"' in lucie.get(f"{PALETTE}?q=paste+cod", htmx=True).text
    assert "Nothing fits" in lucie.get(f"{PALETTE}?q=zzzz", htmx=True).text


def test_it_remembers_what_was_opened_and_keeps_the_order(lucie: Visitor, collected: Actor) -> None:
    page = lucie.get(f"{PALETTE}?recent=C10308&recent=C10077&recent=gone", htmx=True).text
    assert page.index("Transports Delaunay") < page.index("Groupe Marchetti") and "Opened lately" in page


def test_without_scripts_it_is_a_page(lucie: Visitor, collected: Actor) -> None:
    page = lucie.get(f"{PALETTE}?q=kessler").text
    assert "<html" in page and "Kessler Anlagenbau" in page


def test_commands_are_those_that_the_role_includes(viewer: Visitor, collected: Actor) -> None:
    for command in ("import", "users", "assign", "scenarios"):
        assert "Pages and commands" not in viewer.get(f"{PALETTE}?q={command}", htmx=True).text


def test_saved_searches_are_found_by_name(lucie: Visitor, collected: Actor) -> None:
    lucie.post("/t/acme/searches/save", target="customers", name="Iberia late", where="country = PT")
    assert 'href="/t/acme/customers?s=4"' in lucie.get(f"{PALETTE}?q=iberia", htmx=True).text


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("12480", "12480", "12480.99"), ("12,480.50", "12480.50", "12480.50"), ("12480.00", "12480", "12480")],
)
def test_an_amount_without_decimals_stands_for_all_that_begin_so(text: str, low: str, high: str) -> None:
    assert amount_of(text) == Between(Decimal(low), Decimal(high))
    assert amount_of("FA-12") is None
