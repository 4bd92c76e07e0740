"""Invitations, the 30 days of a password, and addresses that must confirm themselves (B17, A15, S0.2, S0.11)."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from relance.adapters.render.letters import SuppliedLetters
from relance.adapters.store.work import SqlWork
from relance.core.kernel.errors import BadInput, NotAllowed, NotFound
from relance.core.kernel.identifiers import TenantId, UserId
from relance.core.tenancy.users import Actor, User
from relance.ports.channels import Message, Outcome
from relance.usecases.collection.run_day import NewDay, RunDay
from relance.usecases.tenancy.add_user import AddUser, NewUser
from relance.usecases.tenancy.ask_address import AddressToConfirm, AskAddress
from relance.usecases.tenancy.change_password import ChangePassword, NewPassword
from relance.usecases.tenancy.confirm_address import ConfirmAddress
from relance.usecases.tenancy.invite_user import Invitation, InviteUser
from relance.usecases.tenancy.open_link import OpenLink
from relance.usecases.tenancy.opening import SignInRefused
from tests.usecases.collection.ledgers import NoHolidays
from tests.usecases.tenancy.test_tenants_and_people import PlainPasswords

SITE = "https://relance.example"


class MovingClock:
    """A moment that the test moves on."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def today(self, zone: str) -> date:
        return self.moment.date()

    def monotonic(self) -> float:
        return 0.0


class KeepingPostman:
    """Takes every letter, and keeps it."""

    def __init__(self, absent: str | None = None) -> None:
        self.letters: list[Message] = []
        self._absent = absent

    def absent(self) -> str | None:
        return self._absent

    def post(self, message: Message) -> Outcome:
        self.letters.append(message)
        return Outcome(kind="accepted")

    def word(self) -> str:
        """The last part of the link in the newest letter."""
        found = re.search(r"https://relance.example/[a-z/]+/(\S+)", self.letters[-1].text)
        assert found
        return found.group(1)


class Office:
    """A tenant whose administrator invites people."""

    def __init__(self, work: SqlWork, tenant: TenantId, postman: KeepingPostman) -> None:
        self.work, self.clock, self.postman = work, MovingClock(), postman
        self.system = Actor(tenant=tenant, user=None, name="Lucie")
        with work(tenant) as unit:
            unit.tenancy.save_setting("sender", "Acme <dunning@acme.example>", self.clock.now(), "test")
        self.ben = self.added("ben@acme.example")

    def added(self, email: str) -> UserId:
        wanted = NewUser(actor=self.system, email=email, name="Ben Dupré", role="collector")
        return AddUser(self.work, PlainPasswords())(wanted).user

    def invite(self, user: UserId, site: str = SITE):
        verb = InviteUser(self.work, self.clock, SuppliedLetters(), self.postman)
        return verb(Invitation(actor=self.system, user=user, site=site))

    def day(self) -> None:
        RunDay(self.work, self.clock, NoHolidays(), b"key")(NewDay(actor=self.system))

    def user(self, user: UserId) -> User:
        with self.work.reading(self.system.tenant) as unit:
            return unit.tenancy.user(user)


@pytest.fixture
def office(work: SqlWork, tenant: TenantId, engine: Engine) -> Iterator[Office]:
    yield Office(work, tenant, KeepingPostman())


def test_b17_an_invitation_is_mailed_and_its_link_signs_in_once_and_confirms_the_address(office: Office) -> None:
    done = office.invite(office.ben)
    assert (done.mailed, done.reason, done.until) == (True, "", office.clock.now() + timedelta(days=30))
    letter = office.postman.letters[0]
    assert letter.to[0].email == "ben@acme.example"
    assert letter.sender.email == "dunning@acme.example"
    assert "Ben Dupré" in letter.text and "https://relance.example/login/link/" in letter.html
    assert office.postman.word() not in done.link, "the link that is shown proves nothing about the address"
    OpenLink(office.work, office.clock)(office.postman.word())
    assert office.user(office.ben).address_confirmed
    with pytest.raises(SignInRefused):
        OpenLink(office.work, office.clock)(office.postman.word())


def test_a15_the_link_that_is_shown_signs_in_and_confirms_nothing(office: Office) -> None:
    shown = office.invite(office.ben).link.rpartition("/")[2]
    OpenLink(office.work, office.clock)(shown)
    assert not office.user(office.ben).address_confirmed


def test_b17_who_sets_no_password_in_30_days_becomes_inactive_and_can_be_invited_again(office: Office) -> None:
    office.invite(office.ben)
    office.clock.moment += timedelta(days=29, hours=23)
    office.day()
    assert office.user(office.ben).active
    office.clock.moment += timedelta(hours=1)
    office.day()
    assert not office.user(office.ben).active
    with office.work.reading(office.system.tenant) as unit:
        assert unit.audit.verify().ok
    office.invite(office.ben)
    assert office.user(office.ben).active


def test_b17_who_has_set_a_password_stays(office: Office) -> None:
    office.invite(office.ben)
    wanted = NewPassword(tenant=office.system.tenant, user=office.ben, current="", new="correct horse battery")
    ChangePassword(office.work, PlainPasswords(), office.clock)(wanted)
    office.clock.moment += timedelta(days=31)
    office.day()
    assert office.user(office.ben).active
    with pytest.raises(BadInput):
        office.invite(office.ben)


@pytest.mark.parametrize(("absent", "site", "reason"), [("no-relay", SITE, "no-relay"), (None, "", "no-site")])
def test_b17_where_no_mail_can_leave_the_link_is_still_there(
    work: SqlWork, tenant: TenantId, absent: str | None, site: str, reason: str
) -> None:
    office = Office(work, tenant, KeepingPostman(absent))
    done = office.invite(office.ben, site)
    assert (done.mailed, done.reason, office.postman.letters) == (False, reason, [])
    OpenLink(work, office.clock)(done.link.rpartition("/")[2])


def test_a15_an_address_confirms_itself_by_a_mailed_link_and_signs_nobody_in(office: Office) -> None:
    ben = Actor(tenant=office.system.tenant, user=office.ben, name="Ben", role="collector")
    ask = AskAddress(office.work, office.clock, SuppliedLetters(), office.postman)
    assert ask(AddressToConfirm(actor=ben, user=office.ben, site=SITE)).mailed
    with pytest.raises(SignInRefused):
        OpenLink(office.work, office.clock)(office.postman.word())
    assert ConfirmAddress(office.work, office.clock)(office.postman.word()).email == "ben@acme.example"
    assert office.user(office.ben).address_confirmed
    with pytest.raises(NotFound):
        ConfirmAddress(office.work, office.clock)(office.postman.word())
    other = office.added("eve@acme.example")
    with pytest.raises(NotAllowed):
        ask(AddressToConfirm(actor=ben, user=other, site=SITE))


def test_a_letter_speaks_the_language_of_its_reader_and_quotes_names() -> None:
    names = {"company": "Müller & Söhne", "name": "<b>Ann</b>", "author": "Lucie", "link": f"{SITE}/x"}
    words = SuppliedLetters().letter("invitation", "fr-CA", names, date(2026, 4, 1))
    assert words.subject == "Müller & Söhne : votre accès à Relance"
    assert "<b>Ann</b>" not in words.html and "&lt;b&gt;Ann" in words.html
    assert "1er avril 2026" in words.text
