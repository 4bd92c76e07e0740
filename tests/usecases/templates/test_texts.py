"""A tenant's own texts: drafted, refused with the line, published, restored, previewed, tried; on both databases."""

import msgspec
import pytest
from sqlalchemy import Engine, func, select

from relance.adapters.calendars import HolidayCalendars
from relance.adapters.render.renderer import JinjaRenderer
from relance.adapters.store.tables.collection import actions, messages
from relance.adapters.store.work import SqlWork
from relance.adapters.supplied.files import SuppliedFiles
from relance.core.collection.templates import Template
from relance.core.kernel.errors import BadInput, NotAllowed, NotFound
from relance.core.kernel.identifiers import TenantId, UserId
from relance.core.tenancy.languages import MESSAGE_LANGUAGES
from relance.core.tenancy.users import Actor
from relance.ports.channels import Message, Outcome
from relance.ports.render import TemplateBroken
from relance.usecases.templates.check_templates import CheckTemplates
from relance.usecases.templates.discard_template import DiscardTemplate
from relance.usecases.templates.draft_template import DraftTemplate, TextToDraft
from relance.usecases.templates.list_templates import ListTemplates
from relance.usecases.templates.preview_template import PreviewTemplate, TextToPreview
from relance.usecases.templates.publish_template import PublishTemplate
from relance.usecases.templates.restore_template import RestoreTemplate, TextToRestore
from relance.usecases.templates.show_template import ShowTemplate, TemplateShown
from relance.usecases.templates.supply_templates import SupplyTemplates
from relance.usecases.templates.try_template import TrialWanted, Tried, TryTemplate
from tests.delivery_ledger import NOW, TestClock, fill

FINNISH = Template("first-reminder", "fi", "Muistutus {{ customer.code }}", "Hei {{ contact.name }},\n\n[items]\n")


class PocketPostman:
    """Keeps what it is given."""

    def __init__(self, reason: str | None = None) -> None:
        self.posted: list[Message] = []
        self.reason = reason

    def absent(self) -> str | None:
        return self.reason

    def post(self, message: Message) -> Outcome:
        self.posted.append(message)
        return Outcome(kind="accepted")


class Room:
    """The verbs on one tenant."""

    def __init__(self, engine: Engine, tenant: TenantId) -> None:
        self.work, self.clock, self.postman = SqlWork(engine), TestClock(NOW), PocketPostman()
        self.actor = Actor(tenant=tenant, user=UserId(1), name="Ann Lee")
        self.supplied, self.renderer, self.calendars = SuppliedFiles(), JinjaRenderer(), HolidayCalendars()
        fill(self.work, tenant)

    def draft(self, text: Template) -> None:
        DraftTemplate(self.work, self.clock, self.renderer)(TextToDraft(actor=self.actor, text=text))

    def publish(self, text: Template) -> int:
        self.draft(text)
        publish = PublishTemplate(self.work, self.clock, self.renderer)
        return publish(self.actor, text.code, text.language).version

    def shown(self, language: str = "fi") -> TemplateShown:
        return ShowTemplate(self.work, self.supplied)(self.actor, "first-reminder", language)

    def preview(self, language: str, customer: str = "C1", words: Template | None = None) -> str:
        wanted = TextToPreview(
            actor=self.actor, code="first-reminder", language=language, customer=customer, words=words
        )
        return PreviewTemplate(self.work, self.clock, self.calendars, self.renderer)(wanted).text

    def trial(self, **more: str) -> Tried:
        wanted = TrialWanted(actor=self.actor, code="first-reminder", language="de", **more)
        return TryTemplate(self.work, self.clock, self.calendars, self.renderer, self.postman)(wanted)

    def restore(self, version: int, language: str = "fi") -> None:
        wanted = TextToRestore(actor=self.actor, code="first-reminder", language=language, version=version)
        RestoreTemplate(self.work, self.clock, self.supplied)(wanted)


@pytest.fixture
def room(engine: Engine, tenant: TenantId) -> Room:
    return Room(engine, tenant)


def test_s3_9_a_draft_is_not_sent_and_a_published_text_is(room: Room) -> None:
    room.draft(FINNISH)
    assert room.shown().published is None and room.shown().text == FINNISH
    assert room.publish(FINNISH) == 1
    shown = room.shown()
    assert shown.published == FINNISH and shown.draft is None and shown.versions[0].author == "Ann Lee"
    with room.work.reading(room.actor.tenant) as unit:
        assert "fi" in {one.language for one in unit.collection.templates("first-reminder")}


def test_a_version_is_restored_as_a_draft_and_the_supplied_text_too(room: Room) -> None:
    room.publish(FINNISH)
    assert room.publish(msgspec.structs.replace(FINNISH, subject="Toinen")) == 2
    room.restore(1)
    assert room.shown().text == FINNISH and room.shown().published.subject == "Toinen"
    DiscardTemplate(room.work)(room.actor, "first-reminder", "fi")
    assert room.shown().text.subject == "Toinen"
    german = room.shown("de").supplied
    room.publish(Template("first-reminder", "de", "Anders", "Anders"))
    assert [one.version for one in room.shown("de").versions] == [2, 1]
    room.restore(0, "de")
    assert room.shown("de").draft.text == german
    with pytest.raises(NotFound):
        room.restore(9)


def test_t7_what_could_not_be_sent_is_refused_with_its_line(room: Room) -> None:
    with pytest.raises(TemplateBroken, match=r"body, line 2: 'customer\.iban' is not known"):
        room.draft(msgspec.structs.replace(FINNISH, body="Hei\n{{ customer.iban }}"))
    with pytest.raises(BadInput, match="small letters"):
        room.draft(msgspec.structs.replace(FINNISH, code="First Reminder"))
    assert room.shown().draft is None


def test_s3_9_the_matrix_shows_every_language_what_is_drafted_and_which_scenarios_say_it(room: Room) -> None:
    room.draft(FINNISH)
    shown = ListTemplates(room.work, room.supplied)(room.actor)
    row = next(one for one in shown.rows if one.code == "first-reminder")
    assert set(row.texts) == {*MESSAGE_LANGUAGES, "fi"} and shown.languages[-1] == "fi"
    assert row.texts["fi"].drafted and not row.texts["fi"].version and row.texts["de"].version == 1
    assert row.used_by["standard"] == ("first-reminder",) and shown.supplied == 0


def test_a_tenant_gets_what_came_after_it_and_keeps_its_own(room: Room) -> None:
    with room.work(room.actor.tenant) as unit:
        unit.connection.exec_driver_sql("delete from templates where language in ('de', 'ja')")
    room.publish(Template("first-reminder", "de", "Eigenes", "Eigenes"))
    added = SupplyTemplates(room.work, room.supplied)(room.actor)
    assert added == 2 * sum(one.language == "de" for one in room.supplied.templates()) - 1
    assert room.shown("de").published.subject == "Eigenes"
    assert SupplyTemplates(room.work, room.supplied)(room.actor) == 0


def test_a_preview_has_the_customers_own_figures_in_any_language(room: Room) -> None:
    assert "F00001" in room.preview("ja") and "様" in room.preview("ja")
    assert "F-1042" in room.preview("de", customer="")
    assert "not kept: C1" in room.preview("de", words=Template("x", "de", "s", "not kept: {{ customer.code }}"))
    with pytest.raises(NotFound):
        room.preview("ja", customer="C9")
    with pytest.raises(NotFound):
        room.preview("fi")


def test_a_text_of_a_step_before_the_due_date_shows_what_falls_due(room: Room) -> None:
    wanted = TextToPreview(actor=room.actor, code="courtesy-note", language="en", customer="")
    said = PreviewTemplate(room.work, room.clock, room.calendars, room.renderer)(wanted).text
    assert "F-1042" in said and "A-0031" not in said and "1,808.25" in said
    assert "A-0031" in room.preview("en", customer="")


def test_a_preview_leaves_out_what_the_customers_scenario_leaves_out(room: Room) -> None:
    """B3: a scenario's own threshold counts in place of the tenant's."""
    with room.work(room.actor.tenant) as unit:
        unit.tenancy.save_setting("ignore-threshold", "EUR=100000000", NOW, "test")
    assert "F00001" not in room.preview("ja")
    with room.work(room.actor.tenant) as unit:
        for scenario in unit.collection.scenarios():
            unit.collection.save_scenario(msgspec.structs.replace(scenario, ignore="EUR=1"))
    assert "F00001" in room.preview("ja")


def test_a_test_goes_to_the_person_who_asks_and_leaves_no_trace_at_the_customer(room: Room) -> None:
    assert room.trial(customer="C1", notice="Nur ein Test.").sent
    (message,) = room.postman.posted
    assert [one.email for one in message.to] == ["ann@acme.example"] and not message.cc
    assert message.sender.email == "ann@acme.example"
    assert message.subject.startswith("[Test] Zahlungserinnerung: ") and message.text.startswith("Nur ein Test.")
    assert "F00001" in message.text
    with room.work.reading(room.actor.tenant) as unit:
        for table in (actions, messages):
            assert unit.connection.execute(select(func.count()).select_from(table)).scalar_one() == 0
    room.postman.reason = "no-relay"
    assert room.trial().reason == "no-relay" and len(room.postman.posted) == 1


def test_every_text_can_be_checked_at_once(room: Room) -> None:
    with room.work(room.actor.tenant) as unit:
        unit.collection.save_template(msgspec.structs.replace(FINNISH, body="{{ gone.name }}"))
    broken = [one for one in CheckTemplates(room.work, room.renderer)(room.actor) if one.problem]
    assert [(one.language, one.problem[:38]) for one in broken] == [("fi", "body, line 1: 'gone.name' is not known")]


def test_another_tenants_texts_are_its_own(room: Room) -> None:
    room.publish(FINNISH)
    room.draft(msgspec.structs.replace(FINNISH, language="et"))
    room.actor = msgspec.structs.replace(room.actor, tenant=TenantId(room.actor.tenant + 1))
    assert room.shown().published is None and room.shown().versions == [] and room.shown("et").draft is None
    with room.work.reading(room.actor.tenant) as unit:
        assert unit.templates.lines() == []


def test_who_may_not_change_scenarios_may_not_change_texts(room: Room) -> None:
    room.actor = msgspec.structs.replace(room.actor, role="collector")
    for deed in (lambda: room.draft(FINNISH), room.shown, lambda: room.preview("de"), room.trial):
        with pytest.raises(NotAllowed):
            deed()
