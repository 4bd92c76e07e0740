"""Deputies during absence: they see what the absent person sees, for those days and no longer (B16, S2.15)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from relance.core.kernel.errors import BadInput, Conflict, NotAllowed, NotFound
from relance.core.kernel.identifiers import UserId
from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.usecases.collection.run_day import NewDay
from relance.usecases.collection.show_agenda import AgendaAsked
from relance.usecases.customers.assign_customer import CustomerChoice
from relance.usecases.insight.browse_customers import CustomersWanted
from relance.usecases.insight.open_customer import CustomerWanted
from relance.usecases.tenancy.add_user import NewUser
from relance.usecases.tenancy.change_user import UserChange
from relance.usecases.tenancy.end_deputy import DeputyToEnd
from relance.usecases.tenancy.make_sign_in_link import LinkFor
from relance.usecases.tenancy.name_deputy import Absence
from relance.usecases.tenancy.resume_session import SignedIn
from tests.http.ledger import TODAY, found, house_on, write_ledger
from tests.usecases.intake.kit import StillClock


class Office:
    """Anne collects C10077, Ben C10154, Cleo nothing; all three see their own customers only."""

    def __init__(self, house: House) -> None:
        self.house, self.clock = house, StillClock(datetime(2026, 11, 23, 9, tzinfo=UTC))
        house.clock.override(self.clock)
        self.system = found(house)
        write_ledger(house, self.system.tenant)
        self.anne, self.ben, self.cleo = (self._person(name) for name in ("Anne Morin", "Ben Ek", "Cleo Fay"))
        for code, user in (("C10077", self.anne), ("C10154", self.ben)):
            house.assign_customer()(CustomerChoice(actor=self.system, code=code, collector=user))
        house.run_day()(NewDay(actor=self.system))

    def _person(self, name: str) -> UserId:
        email = f"{name.split(maxsplit=1)[0].lower()}@acme.example"
        user = self.house.add_user()(NewUser(actor=self.system, email=email, name=name, role="collector")).user
        self.house.change_user()(
            UserChange(actor=self.system, user=user, name=name, role="collector", active=True, sees="own")
        )
        return user

    def enters(self, user: UserId) -> SignedIn:
        """The person as a browser's next request finds them."""
        word = self.house.make_sign_in_link()(LinkFor(tenant=self.system.tenant, user=user))
        who = self.house.resume_session()(self.house.open_link()(word).cookie)
        assert who
        return who

    def away(self, first: date = TODAY, last: date = TODAY + timedelta(days=10), deputy: UserId | None = None) -> int:
        anne = Actor(tenant=self.system.tenant, user=self.anne, name="Anne Morin", role="collector")
        wanted = Absence(actor=anne, user=self.anne, deputy=deputy or self.ben, first_on=first, last_on=last)
        return self.house.name_deputy()(wanted).number

    def sees(self, user: UserId) -> set[str]:
        who = self.enters(user)
        return {line.code for line in self.house.browse_customers()(CustomersWanted(actor=who.actor)).lines}

    def agenda(self, user: UserId, mine: bool = False) -> set[str]:
        asked = AgendaAsked(actor=self.enters(user).actor, zone="Europe/Paris", mine=mine)
        return {line.code for line in self.house.show_agenda()(asked).page.lines}


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Iterator[Office]:
    house = house_on(engine, tmp_path)
    yield Office(house)
    house.clock.reset_override()


def test_b16_a_deputy_sees_agenda_and_customers_of_who_is_away_and_it_ends_by_itself(office: Office) -> None:
    assert office.sees(office.ben) == {"C10154"}
    office.away(last=date(2026, 12, 3))
    assert office.sees(office.ben) == {"C10077", "C10154"}
    assert office.agenda(office.ben) == office.agenda(office.ben, mine=True) == {"C10077", "C10154"}
    assert office.sees(office.anne) == {"C10077"}, "who is away still sees her own"
    office.clock.moment = datetime(2026, 12, 3, 22, 59, tzinfo=UTC)
    assert "C10077" in office.sees(office.ben)
    office.clock.moment = datetime(2026, 12, 3, 23, 0, tzinfo=UTC)  # midnight in Paris
    assert office.sees(office.ben) == {"C10154"}
    with office.house.work().reading(office.system.tenant) as unit:
        events = [row.event for row in unit.audit_log.lines("deputy", None, 9)]
        assert unit.audit.verify().ok
    assert events == ["deputy-ended", "deputy-began", "deputy-named"]


def test_s2_15_actions_stay_the_collectors_while_a_deputy_works_at_them(office: Office) -> None:
    office.away()
    ben = office.enters(office.ben).actor
    opened = office.house.open_customer()(CustomerWanted(actor=ben, code="C10077"))
    assert opened.card.collector_name == "Anne Morin"


def test_an_absence_begins_on_its_day_and_is_shown_to_both(office: Office) -> None:
    office.away(first=TODAY + timedelta(days=1))
    assert office.sees(office.ben) == {"C10154"}
    office.clock.moment += timedelta(days=1)
    assert office.sees(office.ben) == {"C10077", "C10154"}
    for user in (office.anne, office.ben):
        [shown] = office.enters(user).deputies
        assert (shown.user_name, shown.deputy_name) == ("Anne Morin", "Ben Ek")
    assert office.enters(office.cleo).deputies == ()


def test_a_deputy_of_a_deputy_sees_nothing_of_the_first(office: Office) -> None:
    office.away()
    ben = office.enters(office.ben).actor
    office.house.name_deputy()(Absence(actor=ben, user=office.ben, deputy=office.cleo, first_on=TODAY, last_on=TODAY))
    assert office.sees(office.cleo) == {"C10154"}


def test_an_absence_can_be_ended_by_who_was_away_and_by_nobody_else_but_an_administrator(office: Office) -> None:
    number = office.away()
    with pytest.raises(NotAllowed):
        office.house.end_deputy()(DeputyToEnd(actor=office.enters(office.cleo).actor, number=number))
    office.house.end_deputy()(DeputyToEnd(actor=office.enters(office.anne).actor, number=number))
    assert office.sees(office.ben) == {"C10154"}
    assert office.house.list_deputies()(office.system).deputies == []
    with pytest.raises(NotFound):
        office.house.end_deputy()(DeputyToEnd(actor=office.system, number=number))


def test_days_that_make_no_sense_are_refused(office: Office) -> None:
    office.away()
    with pytest.raises(Conflict):
        office.away(first=TODAY + timedelta(days=10), last=TODAY + timedelta(days=11), deputy=office.cleo)
    for first, last, deputy in (
        (TODAY, TODAY - timedelta(days=1), office.cleo),
        (TODAY - timedelta(days=9), TODAY - timedelta(days=8), office.cleo),
        (TODAY + timedelta(days=30), TODAY + timedelta(days=40), office.anne),
    ):
        with pytest.raises(BadInput):
            office.away(first, last, deputy)


def test_s0_2_who_becomes_inactive_stands_in_for_nobody_any_more(office: Office) -> None:
    office.away()
    assert len(office.house.list_deputies()(office.system).deputies) == 1
    gone = UserChange(actor=office.system, user=office.ben, name="Ben Ek", role="collector", active=False)
    office.house.change_user()(gone)
    assert office.house.list_deputies()(office.system).deputies == []
    office.away(deputy=office.cleo)
    assert office.sees(office.cleo) == {"C10077"}
