"""Who looks after customers, each behaviour by its name (S0, S2, S3.11, S4, A5, A11)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from relance.core.customers.mass_changes import Changes, Selection, codes_in
from relance.core.customers.search_language import parse
from relance.core.kernel.errors import NotFound, RelanceError
from relance.core.kernel.identifiers import UserId
from relance.core.tenancy.settings import SETTINGS
from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.usecases.collection.show_agenda import AgendaAsked
from relance.usecases.customers.assign_customer import CustomerChoice
from relance.usecases.customers.change_many import ManyChanges
from relance.usecases.customers.find_codes import CodesToFind
from relance.usecases.customers.run_tasks import TasksToRun
from relance.usecases.customers.save_search import SearchToSave
from relance.usecases.customers.save_task import NewTask
from relance.usecases.insight.browse_customers import CustomersWanted
from relance.usecases.insight.browse_items import ItemsWanted
from relance.usecases.insight.open_customer import CustomerOpened, CustomerWanted
from relance.usecases.insight.show_aged_balance import AgedBalanceWanted
from relance.usecases.intake.import_file import FileToImport
from relance.usecases.tenancy.add_user import NewUser
from tests.http.ledger import decide, found, house_at, write_ledger

ALL = Selection()


class Company:
    """Thirteen customers with the day decided, and Ben, who cannot sign in."""

    def __init__(self, folder: Path) -> None:
        self.house: House = house_at(folder)
        self.folder = folder
        self.system: Actor = found(self.house)
        write_ledger(self.house, self.system.tenant)
        decide(self.house, self.system)
        self.ben = self.person("ben@acme.example", "Ben Ek", active=False)

    def person(self, email: str, name: str, active: bool = True) -> UserId:
        wanted = NewUser(actor=self.system, email=email, name=name, role="colleague", active=active)
        return self.house.add_user()(wanted).user

    def file(self, code: str) -> CustomerOpened:
        return self.house.open_customer()(CustomerWanted(actor=self.system, code=code))

    def find(self, search: str) -> set[str]:
        wanted = CustomersWanted(actor=self.system, criteria=parse(search), limit=500)
        return {line.code for line in self.house.browse_customers()(wanted).lines}

    def change(self, chosen: Selection, **wanted: object) -> None:
        self.house.change_many()(ManyChanges(actor=self.system, selection=chosen, wanted=Changes(**wanted)))

    def put(self, kind: str, *lines: str) -> None:
        file = self.folder / f"{kind}.csv"
        file.write_text("\n".join([*lines, ""]))
        report = self.house.import_file()(
            FileToImport(actor=self.system, kind=kind, file=file, file_name=file.name, mode="delta")
        )
        assert (report.state, report.rejected) == ("done", ())


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """One company for the module: each test works at customers of its own."""
    company = Company(tmp_path_factory.mktemp("acme"))
    yield company
    company.house.engine().dispose()


def test_s0_1_a11_there_is_no_cap_on_users_and_no_edition_to_buy(acme: Company) -> None:
    before = len(acme.house.list_users()(acme.system))
    for n in range(60):
        acme.person(f"p{n}@acme.example", f"Person {n}")
    assert len(acme.house.list_users()(acme.system)) == before + 60
    assert not [name for name in SETTINGS if "edition" in name or "licence" in name]


def test_s0_3_s0_10_only_users_active_or_not_become_colleagues(acme: Company) -> None:
    acme.house.assign_customer()(CustomerChoice(actor=acme.system, code="C10077", colleagues=(acme.ben,)))
    opened = acme.file("C10077")
    assert "Ben Ek" in str(opened.assigned)
    assert acme.ben in {user.user for user in opened.users}, "the list to choose from is that of the users"
    with pytest.raises(RelanceError):
        acme.house.assign_customer()(CustomerChoice(actor=acme.system, code="C10077", colleagues=(UserId(9999),)))


def test_s0_5_s0_6_customers_and_items_are_found_by_colleague(acme: Company) -> None:
    acme.change(Selection(codes=("C10154", "C10231")), add_colleagues=("ben@acme.example",))
    assert {"C10154", "C10231"} <= acme.find("colleague = ben@acme.example")
    wanted = ItemsWanted(actor=acme.system, criteria=parse('colleague = "Ben Ek"'), limit=200)
    owing = {line.customer_code for line in acme.house.browse_items()(wanted).lines}
    assert {"C10154", "C10231"} <= owing and "C10308" not in owing


def test_s0_7_the_aged_balance_is_of_a_colleagues_customers(acme: Company) -> None:
    acme.change(Selection(codes=("C10539",)), add_colleagues=("ben@acme.example",))
    theirs = parse("colleague = ben@acme.example")
    mine = acme.find("colleague = ben@acme.example and balance != 0")
    for by in ("customer", "group", "currency"):
        wanted = AgedBalanceWanted(actor=acme.system, by=by, criteria=theirs)
        balance = acme.house.show_aged_balance()(wanted)
        assert by != "customer" or {row.of for row in balance.rows} == mine
        [total] = balance.totals
        assert total.total == sum(acme.file(code).figures[0].aged.total for code in mine)


def test_s0_14_s2_4_s4_7_a_pasted_list_is_a_selection_and_its_unknown_codes_are_told(acme: Company) -> None:
    pasted = codes_in("C10616\tC10308\r\nNOBODY")
    told = acme.house.find_codes()(CodesToFind(actor=acme.system, codes=pasted))
    assert (told.found, told.unknown) == (("C10616", "C10308"), ("NOBODY",))
    acme.change(Selection(codes=told.found), add_groups=("Pasted",))
    assert acme.find("group = Pasted") == {"C10616", "C10308"}


def test_s0_15_s0_16_s2_5_a_kept_search_gives_its_selection_again_and_all_of_it_is_assigned(acme: Company) -> None:
    search = parse("country = PT")
    kept = acme.house.save_search()(SearchToSave(actor=acme.system, name="Portugal", search=search))
    again = acme.house.open_search()(acme.system, kept.number).search
    acme.change(Selection(search=again), add_colleagues=("ben@acme.example",), collector="admin@acme.example")
    assert acme.find("country = PT") <= acme.find("colleague = ben@acme.example and collector = admin@acme.example")


def test_s0_18_s2_14_s4_12_s4_13_s4_15_a_customer_file_brings_colleague_collector_and_several_new_groups(
    acme: Company,
) -> None:
    acme.put(
        "customers",
        "code,name,colleagues,collector,groups",
        "Z1,Zeta,Ben Ek <ben@acme.example>,admin@acme.example,Imported|North",
    )
    assert acme.find("group = Imported and group = North and colleague = ben@acme.example") == {"Z1"}
    assert acme.find("collector = admin@acme.example and code = Z1") == {"Z1"}


def test_s4_14_a5_s2_16_an_import_adds_to_what_a_person_chose_and_does_not_take_it_away(acme: Company) -> None:
    acme.put("customers", "code,name,collector,groups", "Z2,Zwei,admin@acme.example,Fed")
    acme.change(Selection(codes=("Z2",)), add_groups=("By hand",), collector="")
    acme.put("customers", "code,name,collector,groups", "Z2,Zwei,admin@acme.example,Fed again")
    assert acme.find('group = "By hand"') == {"Z2"}
    assert acme.find("code = Z2 and collector is empty") == {"Z2"}, "a person's choice is kept against the file"


def test_s0_20_s0_21_a11_search_and_assign_is_each_tenants_own_to_set_up(acme: Company) -> None:
    task = NewTask(
        actor=acme.system,
        attribute="colleague",
        value="ben@acme.example",
        search=parse("country = SE"),
        all_customers=True,
    )
    acme.house.save_task()(task)
    dry = acme.house.run_tasks()(TasksToRun(actor=acme.system, dry_run=True))
    assert [(row.customer, row.value) for row in dry.assigned if row.attribute == "colleague"] == [
        ("C10616", "ben@acme.example")
    ]
    assert all(row.reason and row.task for row in dry.assigned if row.attribute == "colleague")
    acme.house.run_tasks()(TasksToRun(actor=acme.system))
    assert acme.house.run_tasks()(TasksToRun(actor=acme.system, dry_run=True)).assigned == [], (
        "a second proposes nothing"
    )


def test_s2_8_s2_9_an_alert_opens_the_list_of_those_without_a_collector_and_so_does_the_criterion(
    acme: Company,
) -> None:
    acme.change(Selection(codes=("C10385",)), collector="")
    [alert] = [one for one in acme.house.show_alerts()(acme.system) if one.alert == "no-collector"]
    assert "C10385" in acme.find(alert.where)
    assert len(acme.find(alert.where)) == alert.customers
    assert "C10385" in acme.find("collector is empty and balance != 0")


def test_s3_11_s4_4_a_scenario_is_given_to_a_group(acme: Company) -> None:
    acme.change(Selection(codes=("C10693", "C10924")), add_groups=("Gentle ones",))
    acme.change(Selection(search=parse('group = "Gentle ones"')), scenario="gentle")
    assert acme.find("scenario = gentle") == {"C10693", "C10924"}
    assert acme.file("C10693").card.scenario_origin == "person"


def test_s4_3_a_group_filters_the_agenda(acme: Company) -> None:
    acme.change(Selection(codes=("C10770", "C10847")), add_groups=("Ports",))
    [ports] = [line.group.group for line in acme.house.list_groups()(acme.system) if line.group.name == "Ports"]
    shown = acme.house.show_agenda()(AgendaAsked(actor=acme.system, zone="Europe/Paris", group=ports))
    assert {line.code for line in shown.page.lines} == {"C10770", "C10847"}


def test_a_customer_of_nobody_is_not_assigned(acme: Company) -> None:
    with pytest.raises(NotFound):
        acme.house.assign_customer()(CustomerChoice(actor=acme.system, code="C9", collector=None))
