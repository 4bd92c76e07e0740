"""A list of codes from a spreadsheet: found and unknown, shown in its order, kept under a number (S0.13, S2.3)."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from relance.core.customers.search import Clause
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import TenantId, UserId
from relance.core.tenancy.users import Actor
from relance.usecases.customers.find_codes import CodesToFind, FindCodes
from relance.usecases.customers.keep_list import KeepList, ListToKeep
from relance.usecases.customers.list_searches import ListSearches
from relance.usecases.customers.suggest_values import SuggestValues
from relance.usecases.insight.browse_customers import BrowseCustomers, CustomersWanted
from tests.usecases.intake.kit import Desk


@pytest.fixture
def desk(engine: Engine, tenant: TenantId, tmp_path: Path) -> Desk:
    desk = Desk(engine, tenant, tmp_path)
    rows = [f"C{n},Customer {n},{'FR' if n % 2 else 'DE'},Odd" for n in range(1, 10)]
    desk.rows(*rows, kind="customers", header="code,name,country,groups")
    invoices = ("C5,x,F5,2026-01-01,2026-02-01,100.00,EUR", "C5,x,U5,2026-01-01,2026-02-01,50.00,USD")
    desk.rows(*invoices, header="customer_code,customer_name,number,issue_date,due_date,amount,currency")
    return desk


def stranger(desk: Desk) -> Actor:
    return Actor(tenant=desk.actor.tenant, user=UserId(12), name="Nobody", role="colleague", own_only=True)


def test_codes_are_found_or_unknown_in_the_order_of_the_list(desk: Desk) -> None:
    find = FindCodes(desk.work, desk.clock)
    found = find(CodesToFind(actor=desk.actor, codes=("C9", "C99", "C1", "C100")))
    assert (found.found, found.unknown) == (("C9", "C1"), ("C99", "C100"))
    assert find(CodesToFind(actor=stranger(desk), codes=("C9",))).unknown == ("C9",)
    with pytest.raises(BadInput):
        find(CodesToFind(actor=desk.actor, codes=()))
    with pytest.raises(BadInput):
        find(CodesToFind(actor=desk.actor, codes=tuple(map(str, range(5_001)))))


@pytest.mark.parametrize("limit", [1, 2, 100])
def test_the_list_is_shown_in_the_order_of_the_codes_page_by_page(desk: Desk, limit: int) -> None:
    codes = ("C9", "C5", "C77", "C1", "C2")
    wanted = CustomersWanted(actor=desk.actor, criteria=Clause("code", "in", codes), sort="listed", limit=limit)
    seen: list[tuple[str, str]] = []
    after = None
    while True:
        page = BrowseCustomers(desk.work, desk.clock)(
            CustomersWanted(**{name: getattr(wanted, name) for name in wanted.__struct_fields__} | {"after": after})
        )
        seen += [(line.code, line.currency) for line in page.lines]
        if not page.more:
            break
        last = page.lines[-1]
        after = (codes.index(last.code), last.code, last.currency, last.customer)
    assert seen == [("C9", ""), ("C5", "EUR"), ("C5", "USD"), ("C1", ""), ("C2", "")]
    assert page.count == 4


def test_a_list_is_kept_once_and_is_private(desk: Desk) -> None:
    ann = Actor(tenant=desk.actor.tenant, user=UserId(11), name="Ann", role="collector")
    keep = KeepList(desk.work)
    wanted = ListToKeep(actor=ann, codes=("C9", "C1"), called="2 pasted codes")
    assert keep(wanted) == keep(wanted)
    assert [(one.saved.name, one.count) for one in ListSearches(desk.work, desk.clock)(ann)] == [
        ("2 pasted codes (1)", 2)
    ]
    assert ListSearches(desk.work, desk.clock)(stranger(desk)) == []


def test_suggestions_hold_only_what_visible_customers_have(desk: Desk) -> None:
    offered = SuggestValues(desk.work)(desk.actor)
    assert (offered.countries, offered.groups, offered.currencies) == (("DE", "FR"), ("Odd",), ("EUR", "USD"))
    hidden = SuggestValues(desk.work)(stranger(desk))
    assert (hidden.countries, hidden.groups, hidden.currencies) == ((), (), ())
