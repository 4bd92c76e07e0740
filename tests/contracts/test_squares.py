"""Which alerts the customers of a page raise: the same as their searches find among all, on both databases (B7)."""

from sqlalchemy import Engine, insert

from relance.adapters.store.tables.qualification import holds
from relance.adapters.store.work import SqlWork
from relance.core.customers.saved_searches import SavedSearch
from relance.core.customers.search_language import parse
from relance.core.kernel.identifiers import CustomerId, TenantId
from relance.ports.store.customer_file import CustomerQuestion
from relance.ports.work import Unit
from tests.contracts.test_searching import AT, FOUND, TODAY, ledger

__all__ = ["ledger"]
ALL = [CustomerId(number) for number in (1, 2, 3, 4)]


def add_alert(unit: Unit, number: int, text: str) -> None:
    alert = SavedSearch(
        number=number, name=f"Alert {number}", target="customers", search=parse(text), alert="red", sign="A"
    )
    unit.saved_searches.save(alert)


def raised(unit: Unit, asked: list[CustomerId]) -> dict[int, str]:
    """Alert to the customers that raise it."""
    found: dict[int, str] = {}
    for customer, squares in sorted(unit.squares.of(asked, TODAY).items()):
        for square in squares:
            found[square.number] = found.get(square.number, "") + str(customer)
    return found


def test_asked_of_a_page_every_criterion_says_what_it_says_of_all(
    work: SqlWork, tenant: TenantId, ledger: None
) -> None:
    asked = dict(enumerate((text for text in FOUND if text), 1))
    with work(tenant) as unit:
        assert raised(unit, ALL) == {}
        for number, text in asked.items():
            add_alert(unit, number, text)
        assert raised(unit, ALL) == {number: FOUND[text] for number, text in asked.items() if FOUND[text]}
        some = {number: FOUND[text].replace("2", "").replace("4", "") for number, text in asked.items()}
        assert raised(unit, [ALL[0], ALL[2]]) == {number: found for number, found in some.items() if found}
        assert raised(unit, []) == {}
        crowd = [*ALL, *(CustomerId(number) for number in range(1_000, 41_000))]
        assert raised(unit, crowd) == raised(unit, ALL)


def test_a_broken_promise_marks_while_its_item_is_open_and_nothing_else_was_said(
    engine: Engine, work: SqlWork, tenant: TenantId, ledger: None
) -> None:
    row = {"tenant_id": tenant, "kind": "promise", "comment": "", "author": "ann", "at": AT, "verdict": "broken"}
    with engine.begin() as connection:
        for number, (item, customer) in enumerate(((1, 1), (3, 2)), 1):
            connection.execute(insert(holds), row | {"hold_id": number, "item_id": item, "customer_id": customer})
    with work(tenant) as unit:
        for number, text in ((1, "broken-promise = yes"), (2, "broken-promise = no"), (3, "broken-promise != no")):
            add_alert(unit, number, text)
        assert raised(unit, ALL) == {1: "1", 2: "234", 3: "1"}
        question = CustomerQuestion(today=TODAY, criteria=parse("broken-promise = yes"), sort="code", limit=9)
        assert [line.code for line in unit.customer_file.lines(question)] == ["C1"]
