"""Who has 40 customers of several hundred sees what somebody sees who has no others (S0.8, B16, T9, I-11).

Two houses: in one the 40 are among 280, in the other they are all there is. Pages, API and exports agree.
"""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient

from relance.core.customers.mass_changes import Changes, Selection
from relance.core.customers.search_language import parse
from relance.core.kernel.errors import NotAllowed, NotFound
from relance.core.tenancy.users import Actor
from relance.main.web import web_of
from relance.usecases.collection.begin_specific import NewSpecific
from relance.usecases.collection.confirm_actions import Confirmation
from relance.usecases.collection.finish_action import Finished
from relance.usecases.collection.list_actions import ActionsQuestion
from relance.usecases.collection.run_day import NewDay
from relance.usecases.customers.change_many import ManyChanges
from relance.usecases.customers.run_tasks import TasksToRun
from relance.usecases.customers.save_search import SearchToSave
from relance.usecases.intake.import_file import FileToImport
from relance.usecases.intake.list_imports import ImportsQuestion
from relance.usecases.intake.return_rejects import RejectsWanted
from relance.usecases.intake.show_import import ImportQuestion
from relance.usecases.ledger.sum_items import SumQuestion
from relance.usecases.qualification.hold_items import NewHolds
from relance.usecases.tenancy.add_key import NewKey
from relance.usecases.tenancy.change_user import UserChange
from tests.http.conftest import AT_HOME, Visitor
from tests.http.ledger import add_person, found, house_at

ALL = 280
MINE = [n for n in range(1, ALL + 1) if n % 7 == 3]
PAGES = (
    *(f"agenda?view={view}" for view in ("todo", "confirm", "leaving", "upcoming", "held", "resolve", "done")),
    "agenda?mine=1",
    "agenda?sort=amount",
    "customers",
    "customers?q=Firm+1",
    "customers?where=country+%3D+FR+and+overdue+%3E+100",
    "customers?sort=overdue",
    "items",
    "items?view=all",
    "items?where=item.open+%3E+500",
    "reports/aged-balance",
    "reports/aged-balance?by=country",
    "reports/aged-balance?by=collector",
    "groups",
    "searches",
    "searches/filter",
    "palette?q=Firm",
    "palette?q=K0",
    "customers/K003",
    "customers/K010",
    "customers/K003/statement",
    "customers/columns",
    "agenda?view=confirmed",
    "agenda?group=1",
    "alerts",
    "deliveries",
    "deliveries?state=confirmed",
    "reports/aged-balance?by=group",
    "reports/aged-balance?where=overdue+%3E+100",
    "searches/codes",
    "suppressions",
    "more",
)
CARLS = (
    *("agenda", "agenda/review", "alerts", "assign/collector", "changes", "customers", "deliveries", "groups", "items"),
    *("customers/K003/assign", "customers/K003/edit", "customers/K003/grouping", "palette?q=Firm", "searches/filter"),
    *("reports/aged-balance?by=group", "searches", "tomorrow"),
)
"""Pages of a collector who sees his own: those that a colleague does not have, and lists where more can be done."""
EXPORTS = (
    "customers/export?format=csv",
    "items/export?format=csv",
    "reports/aged-balance/export?format=csv",
    "reports/aged-balance/export?format=csv&colleague=cora@acme.example",
    "deliveries/export?format=csv",
    "customers/K003/export?format=csv",
)
CALLS = (
    *("customers?limit=500", "items?limit=500", "aged-balance?by=country", "aged-balance?where=country+%3D+FR"),
    *("actions", "alerts", "groups", "searches", "deliveries", "to-qualify", "suppressions"),
    *("customers/K003", "customers/K003/contacts", "customers/K003/assignment", "customers/K003/specifics"),
)
PRIVATE = {"action", "message_id", "number", "id", "at", "cursor", "not_before", "reference"}
"""Numbers of rows, which the two houses count differently."""


def _land(n: int) -> str:
    return ("FR", "DE", "BE", "IT")[n % 4]


def _groups(n: int) -> str:
    return "Key" if n % 2 else ("Far" if n in MINE else "Hidden")


def _collector(n: int) -> str:
    return "admin@acme.example" if n % 5 else ""


def _items(n: int) -> list[str]:
    rows = [f"K{n:03},F{n:03}-1,2026-08-01,2026-{9 + n % 3:02}-{n % 27 + 1:02},{n * 11}.{n % 100:02},EUR,invoice"]
    if n % 4 == 0:
        rows.append(f"K{n:03},F{n:03}-2,2026-10-01,2026-12-{n % 27 + 1:02},{n * 3}.50,USD,invoice")
    if n % 6 == 0:
        rows.append(f"K{n:03},A{n:03},2026-10-05,2026-10-05,-{n}.00,EUR,credit_note")
    return rows


FILES = {
    "customers": (
        "code,name,country,language,groups,collector,comment",
        lambda n: [f"K{n:03},Firm {n:03},{_land(n)},en,{_groups(n)},{_collector(n)},pays {n % 5}"],
    ),
    "contacts": (
        "customer_code,name,email,collection",
        lambda n: [f"K{n:03},Payer {n:03},pay{n}@k{n}.example,1"] if n % 3 else [],
    ),
    "items": ("customer_code,number,issued_on,due_on,amount,currency,type", _items),
}


class Seen:
    """A house, and Cora in it: a colleague of the 40."""

    def __init__(self, folder: Path, those: list[int]) -> None:
        folder.mkdir()
        self.house = house_at(folder)
        self.system = found(self.house)
        add_person(self.house, self.system, "cora@acme.example", "Cora Fay", "colleague")
        [cora] = [user for user in self.house.list_users()(self.system) if user.name == "Cora Fay"]
        self.house.change_user()(
            UserChange(
                actor=self.system, user=cora.user, name=cora.name, role="colleague", active=True, rights=("export",)
            )
        )
        self.cora = Actor(
            tenant=self.system.tenant,
            user=cora.user,
            name=cora.name,
            role="colleague",
            rights=("export",),
            own_only=True,
        )
        add_person(self.house, self.system, "carl@acme.example", "Carl Fox", "collector")
        [carl] = [user for user in self.house.list_users()(self.system) if user.name == "Carl Fox"]
        rights = ("export", "assign")
        self.house.change_user()(
            UserChange(
                actor=self.system,
                user=carl.user,
                name=carl.name,
                role="collector",
                active=True,
                rights=rights,
                sees="own",
            )
        )
        self._fill(folder, those)

    def _fill(self, folder: Path, those: list[int]) -> None:
        house, system = self.house, self.system
        for kind, (head, rows) in FILES.items():
            file = folder / f"{kind}.csv"
            file.write_text("\n".join([head, *(row for n in those for row in rows(n)), ""]))
            report = house.import_file()(FileToImport(actor=system, kind=kind, file=file, file_name=file.name))
            assert report.state == "done", report
        codes = tuple(f"K{n:03}" for n in MINE)
        wanted = Changes(add_colleagues=("cora@acme.example", "carl@acme.example"))
        house.change_many()(ManyChanges(actor=system, selection=Selection(codes=codes), wanted=wanted))
        disputed = tuple(f"K{n:03}/F{n:03}-1" for n in those if n % 11 == 0)
        house.hold_items()(NewHolds(actor=system, references=disputed, kind="dispute"))
        search = parse("country in (FR, DE) and overdue > 0")
        house.save_search()(SearchToSave(actor=system, name="Late ones", search=search, shared=True))
        house.run_day()(NewDay(actor=system))
        some = {f"K{n:03}" for n in MINE} | {f"K{n:03}" for n in those if n % 20 == 1}
        waiting = house.list_actions()(ActionsQuestion(actor=system))
        chosen = tuple(row.action for row in waiting if row.customer in some and row.state == "to-confirm")
        house.confirm_actions()(Confirmation(actor=system, actions=chosen))

    def key(self) -> dict[str, str]:
        made = self.house.add_key()(
            NewKey(actor=self.system, name="Cora's", scopes=("read",), email="cora@acme.example")
        )
        return {"authorization": f"Bearer {made.key}"}


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Seen, Seen]]:
    folder = tmp_path_factory.mktemp("forty")
    seen = Seen(folder / "many", list(range(1, ALL + 1))), Seen(folder / "few", MINE)
    yield seen
    for one in seen:
        one.house.engine().dispose()


@pytest.fixture(scope="module")
def visitors(both: tuple[Seen, Seen]) -> Iterator[list[Visitor]]:
    clients = [TestClient(web_of(one.house), base_url=AT_HOME, raise_server_exceptions=False) for one in both]
    with clients[0], clients[1]:
        entered = [Visitor(client) for client in clients]
        for visitor in entered:
            visitor.sign_in("cora@acme.example")
        yield entered


@pytest.fixture(scope="module")
def carls(both: tuple[Seen, Seen]) -> Iterator[list[Visitor]]:
    clients = [TestClient(web_of(one.house), base_url=AT_HOME, raise_server_exceptions=False) for one in both]
    with clients[0], clients[1]:
        entered = [Visitor(client) for client in clients]
        for visitor in entered:
            visitor.sign_in("carl@acme.example")
        yield entered


def _words(page: str) -> str:
    """What a reader sees: no tags, no addresses."""
    body = re.sub(r"(?s)<(script|style|head)\b.*?</\1>", " ", page)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.mark.parametrize("path", PAGES)
def test_s0_8_every_page_shows_the_forty_and_nothing_of_the_others(visitors: list[Visitor], path: str) -> None:
    among, alone = (visitor.get(f"/t/acme/{path}") for visitor in visitors)
    assert (among.status_code, alone.status_code) == (200, 200), _words(among.text)[:300]
    assert _words(among.text) == _words(alone.text)
    assert "Hidden" not in among.text and "Firm 001" not in among.text


@pytest.mark.parametrize("path", CARLS)
def test_b16_a_collector_who_sees_his_own_sees_nothing_of_the_others(carls: list[Visitor], path: str) -> None:
    among, alone = (visitor.get(f"/t/acme/{path}") for visitor in carls)
    assert (among.status_code, alone.status_code) == (200, 200), _words(among.text)[:300]
    assert _words(among.text) == _words(alone.text)
    assert "Hidden" not in among.text and "Firm 001" not in among.text


@pytest.mark.parametrize("path", ["letters", "imports", "assign/preview", "settings/audit", "customers/K001/assign"])
def test_b16_what_is_of_the_whole_company_is_not_shown_to_who_sees_his_own(carls: list[Visitor], path: str) -> None:
    assert carls[0].get(f"/t/acme/{path}").status_code in {403, 404}


@pytest.mark.parametrize("path", EXPORTS)
def test_b16_every_export_holds_the_forty(visitors: list[Visitor], path: str) -> None:
    among, alone = (visitor.get(f"/t/acme/{path}") for visitor in visitors)
    assert (among.status_code, _numberless(among.text)) == (200, _numberless(alone.text))
    assert among.text.count("\n") > (1 if "K003" in path else 4)
    assert "Hidden" not in among.text and "Firm 001" not in among.text


@pytest.mark.parametrize("path", CALLS)
def test_b16_every_api_answer_holds_the_forty(both: tuple[Seen, Seen], visitors: list[Visitor], path: str) -> None:
    answers = [
        visitor.client.get(f"/api/v1/{path}", headers=one.key()) for one, visitor in zip(both, visitors, strict=True)
    ]
    among, alone = (_public(answer.json()) for answer in answers)
    assert answers[0].status_code == 200 and among == alone
    assert "Hidden" not in answers[0].text


def test_b16_sums_counts_and_suggestions_are_of_the_forty(both: tuple[Seen, Seen]) -> None:
    among, alone = both
    asked: dict[str, tuple[Any, ...]] = {
        "sum_items": (SumQuestion(actor=among.cora),),
        "count_agenda": (among.cora, "Europe/Paris"),
        "list_actions": (ActionsQuestion(actor=among.cora),),
        "suggest_values": (among.cora,),
        "show_alerts": (among.cora,),
    }
    for verb, question in asked.items():
        said = [_public(msgspec.to_builtins(getattr(one.house, verb)()(*question))) for one in both]
        assert said[0] == said[1], verb
    assert (
        among.house.sum_items()(SumQuestion(actor=among.cora)).count
        == alone.house.sum_items()(SumQuestion(actor=alone.system)).count
    )


def test_b16_who_sees_their_own_reads_no_whole_reports_and_runs_no_tasks_for_all(
    both: tuple[Seen, Seen],
) -> None:
    """Also where import and assignment are ticked (A22)."""
    rights = ("import", "assign", "export")
    cora = msgspec.structs.replace(both[0].cora, role="collector", rights=rights)
    assert both[0].house.list_imports()(ImportsQuestion(actor=cora)) == []
    for verb, asked in (
        ("show_import", (ImportQuestion(actor=cora, number=1),)),
        ("return_rejects", (RejectsWanted(actor=cora, number=1),)),
        ("run_tasks", (TasksToRun(actor=cora, dry_run=True),)),
        ("remove_group", (cora, 1)),
    ):
        with pytest.raises((NotFound, NotAllowed)):
            getattr(both[0].house, verb)()(*asked)


@pytest.mark.parametrize("path", ["customers/K001", "customers/K002/export", "imports", "imports/1", "settings/users"])
def test_what_is_of_others_is_not_there(visitors: list[Visitor], path: str) -> None:
    assert visitors[0].get(f"/t/acme/{path}").status_code in {403, 404}


def test_s3_15_who_is_given_a_task_reads_that_customers_file_until_it_is_done(
    both: tuple[Seen, Seen], visitors: list[Visitor]
) -> None:
    (among, _), (cora, alone) = both, visitors
    begin = NewSpecific(actor=among.system, code="K001", kind="task", title="Ask the site", assignee=among.cora.user)
    begun = among.house.begin_specific()(begin)
    head = among.key()
    for path in ("customers", "items", "palette?q=Firm", "reports/aged-balance"):
        seen = [re.sub(r"Agenda( \d+)?", "", _words(one.get(f"/t/acme/{path}").text)) for one in visitors]
        assert seen[0] == seen[1], "but for the task in her agenda"
    for path in EXPORTS:
        assert _numberless(cora.get(f"/t/acme/{path}").text) == _numberless(alone.get(f"/t/acme/{path}").text)
    file = cora.get("/t/acme/customers/K001")
    assert file.status_code == 200 and "Firm 001" in file.text and "F001-1" in file.text
    assert "customers/K001/export" not in file.text and "customers/K001/notes" not in file.text
    assert cora.get("/t/acme/customers/K001/export").status_code == 404
    assert cora.client.get("/api/v1/customers/K001", headers=head).json()["fields"]["name"] == "Firm 001"
    assert cora.client.get("/api/v1/customers/K001/contacts", headers=head).status_code == 200
    with pytest.raises((NotFound, NotAllowed)):
        among.house.hold_items()(NewHolds(actor=among.cora, references=("K001/F001-1",), kind="dispute"))
    among.house.finish_action()(Finished(actor=among.cora, actions=(begun.action,)))
    assert cora.get("/t/acme/customers/K001").status_code == 404
    assert cora.client.get("/api/v1/customers/K001", headers=head).status_code == 404


def _numberless(file: str) -> str:
    """Without the numbers of messages."""
    return re.sub(r"(?m)^\d+(?=,K\d)|<acme\.[^>]*>", "", file)


def _public(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {name: one for name, one in value.items() if name not in PRIVATE}
        return {name: _public(one) for name, one in kept.items() if (name, type(one)) != ("customer", int)}
    return [_public(one) for one in value] if isinstance(value, list | tuple) else value
