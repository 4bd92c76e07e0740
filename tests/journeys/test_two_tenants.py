"""Two tenants in one database: nothing that one asks or does shows or moves anything of the other (I-11)."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from dependency_injector import providers
from sqlalchemy import Engine, select, update

from relance.adapters.store.schema import metadata
from relance.adapters.store.tables.ledger import items
from relance.core.customers.details import DetailChanges
from relance.core.customers.mass_changes import Changes, Selection
from relance.core.customers.search import EVERYTHING
from relance.core.customers.search_language import parse
from relance.core.intake.sources import SourcePlan, SourceRun
from relance.core.kernel.errors import RelanceError
from relance.core.kernel.identifiers import SpecificId, UserId
from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.main.demo.clock import TurnedClock
from relance.main.settings import Environment
from relance.ports.store.contacts import Contact
from relance.usecases.collection.begin_specific import NewSpecific
from relance.usecases.collection.browse_deliveries import DeliveriesWanted
from relance.usecases.collection.cancel_action import Cancellation
from relance.usecases.collection.collect_alone import Separation
from relance.usecases.collection.collect_together import Grouping
from relance.usecases.collection.confirm_actions import Confirmation
from relance.usecases.collection.dispatch import DispatchRequest
from relance.usecases.collection.edit_action import ActionEdit
from relance.usecases.collection.end_specific import SpecificEnd
from relance.usecases.collection.finish_action import Finished
from relance.usecases.collection.lift_suppression import AddressToLift
from relance.usecases.collection.list_actions import ActionsQuestion
from relance.usecases.collection.list_ended import EndedAsked
from relance.usecases.collection.list_specifics import SpecificsAsked
from relance.usecases.collection.log_call import NewCall
from relance.usecases.collection.open_delivery import DeliveryWanted
from relance.usecases.collection.prepare_specific import SpecificAsked
from relance.usecases.collection.preview_action import PreviewRequest
from relance.usecases.collection.recall_action import Recall
from relance.usecases.collection.repeat_specific import Repetition
from relance.usecases.collection.resolve_action import Resolution
from relance.usecases.collection.run_day import NewDay
from relance.usecases.collection.show_agenda import AgendaAsked
from relance.usecases.collection.skip_action import Skipping
from relance.usecases.collection.snooze_actions import Snoozing
from relance.usecases.customers.assign_customer import CustomerChoice
from relance.usecases.customers.change_many import ManyChanges
from relance.usecases.customers.change_note import NoteChange
from relance.usecases.customers.clear_bounce import BounceToClear
from relance.usecases.customers.edit_contact import ContactEdit
from relance.usecases.customers.edit_customer import CustomerEdit
from relance.usecases.customers.find_codes import CodesToFind
from relance.usecases.customers.list_changes import ChangesWanted
from relance.usecases.customers.move_task import TaskMove
from relance.usecases.customers.remove_contact import ContactToRemove
from relance.usecases.customers.remove_search import SearchToRemove
from relance.usecases.customers.rename_group import NewName
from relance.usecases.customers.run_tasks import TasksToRun
from relance.usecases.customers.save_alert import AlertToSave
from relance.usecases.customers.save_search import SearchToSave
from relance.usecases.customers.save_task import NewTask
from relance.usecases.customers.undo_changes import ChangeToUndo
from relance.usecases.customers.write_note import NewNote
from relance.usecases.insight.browse_customers import CustomersWanted
from relance.usecases.insight.browse_items import ItemsWanted
from relance.usecases.insight.find_anything import AnythingWanted
from relance.usecases.insight.make_statement import StatementWanted
from relance.usecases.insight.open_customer import CustomerWanted
from relance.usecases.insight.open_item import ItemWanted
from relance.usecases.insight.show_aged_balance import AgedBalanceWanted
from relance.usecases.intake.fetch_document import DocumentWanted
from relance.usecases.intake.fetch_file import FileWanted
from relance.usecases.intake.fetch_source import SourceToFetch
from relance.usecases.intake.foresee_undo import UndoQuestion
from relance.usecases.intake.import_file import FileToImport
from relance.usecases.intake.list_imports import ImportsQuestion
from relance.usecases.intake.look_at_file import LookWanted
from relance.usecases.intake.return_rejects import RejectsWanted
from relance.usecases.intake.save_source import SourceWanted
from relance.usecases.intake.show_import import ImportQuestion
from relance.usecases.intake.show_run import RunQuestion
from relance.usecases.intake.show_source import SourceQuestion
from relance.usecases.intake.try_source import SourceTest
from relance.usecases.intake.undo_import import ImportToUndo
from relance.usecases.ledger.sum_items import SumQuestion
from relance.usecases.qualification.hold_items import NewHolds
from relance.usecases.qualification.release_items import Release
from relance.usecases.templates.preview_template import TextToPreview
from relance.usecases.tenancy.add_user import NewUser
from relance.usecases.tenancy.ask_address import AddressToConfirm
from relance.usecases.tenancy.change_entity import EntityChange
from relance.usecases.tenancy.change_settings import NewSettings
from relance.usecases.tenancy.change_user import UserChange
from relance.usecases.tenancy.end_deputy import DeputyToEnd
from relance.usecases.tenancy.found_tenant import NewTenant
from relance.usecases.tenancy.invite_user import Invitation
from relance.usecases.tenancy.name_deputy import Absence
from relance.usecases.tenancy.read_audit import AuditWanted

NOON = datetime(2026, 3, 10, 11, tzinfo=UTC)
MARK = "Globex"
"""In every name of the second tenant, and in none of the first."""


class Foreign(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers and codes that exist at the second tenant only."""

    customer: str
    item: int
    action: int
    user: int
    contact: int
    import_number: int
    archived: str


@pytest.fixture
def house(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setenv("RELANCE_OUTBOX", str(tmp_path / "outbox"))
    house = House()
    environment = Environment(database="unused", state=str(tmp_path), secret="s" * 40)
    house.environment.override(providers.Object(environment))
    house.engine.override(providers.Object(engine))
    house.clock.override(providers.Object(TurnedClock(NOON)))
    yield house
    house.clock.reset_override()


def _living(house: House, folder: Path, code: str, customers: int) -> Actor:
    """A tenant with items, contacts and the actions of a day."""
    name = code.title()
    request = NewTenant(
        code=code,
        name=name,
        currency="EUR",
        country="FR",
        language="en",
        timezone="Europe/Paris",
        collector=f"ann@{code}.example",
    )
    tenant = house.found_tenant()(request)
    actor = Actor(tenant=tenant.tenant, user=None, name=f"system of {name}")
    rows = {
        "items": ["customer_code,customer_name,number,issued_on,due_on,amount"]
        + [f"{name}-{n},{name} {n},{name}-F{n},2026-01-05,2026-02-05,{n}00.00" for n in range(1, customers + 1)],
        "contacts": ["customer_code,name,email,collection"]
        + [f"{name}-{n},{name} Payer,pay{n}@{code}.example,1" for n in range(1, customers + 1)],
    }
    for kind, lines in rows.items():
        file = folder / f"{name}-{kind}.csv"
        file.write_text("\n".join([*lines, ""]))
        report = house.import_file()(FileToImport(actor=actor, kind=kind, file=file, file_name=file.name))
        assert report.state == "done"
    house.run_day()(NewDay(actor=actor))
    return actor


@pytest.fixture
def acme(house: House, tmp_path: Path) -> Actor:
    return _living(house, tmp_path, "acme", 2)


@pytest.fixture
def globex(house: House, tmp_path: Path, acme: Actor) -> Actor:
    house.add_user()(_colleague(_living(house, tmp_path, "globex", 6)))
    actor = Actor(tenant=house.directory().by_code("globex").tenant, user=None, name="system")
    house.save_search()(SearchToSave(actor=actor, name="Globex alone", search=EVERYTHING, shared=True))
    house.save_alert()(AlertToSave(actor=actor, name="Globex late", colour="red", search=parse("code = Globex-1")))
    house.collect_together()(Grouping(actor=actor, lead="Globex-4", members=("Globex-5",)))
    house.save_task()(NewTask(actor=actor, attribute="group", value="Globex Key", all_customers=True))
    house.run_tasks()(TasksToRun(actor=actor))
    house.change_many()(ManyChanges(actor=actor, selection=Selection(), wanted=Changes(add_groups=("Globex Far",))))
    house.save_source()(SourceWanted(actor=actor, plan=SourcePlan(name="Globex-erp"), new=True))
    _fail_once(house, actor, "Globex-erp")
    _had_every_step(house, actor, "Globex-F3")
    return actor


def _had_every_step(house: House, actor: Actor, number: str) -> None:
    """No step is left for this invoice: such a one waits in the agenda to be qualified."""
    mine = (items.c.tenant_id == actor.tenant, items.c.number == number)
    with house.engine().begin() as connection:
        connection.execute(update(items).where(*mine).values(step_done=99, step_on=NOON.date()))


def _fail_once(house: House, actor: Actor, source: str) -> None:
    """The host did not answer: such a source stands above the agenda."""
    with house.work()(actor.tenant) as unit:
        found = next(one for one in unit.sources.states() if one.plan.name == source)
        number = unit.sources.begin(found.source, "system", NOON)
        run = SourceRun(run=number, state="failed", code="unreachable", started_at=NOON, finished_at=NOON)
        unit.sources.finish(found.source, run, None, 1)


def _colleague(actor: Actor) -> NewUser:
    return NewUser(actor=actor, email="bob@globex.example", name="Globex Bob", role="collector", vouched=True)


@pytest.fixture
def foreign(house: House, globex: Actor) -> Foreign:
    actions = house.show_agenda()(AgendaAsked(actor=globex, zone="Europe/Paris")).page.lines
    imports = house.list_imports()(ImportsQuestion(actor=globex))
    items = house.browse_items()(ItemsWanted(actor=globex)).lines
    return Foreign(
        customer="Globex-6",
        item=max(line.item.item for line in items),
        action=max(line.action for line in actions),
        user=2,
        contact=6,
        import_number=2,
        archived=imports[0].archive_ref,
    )


def _rows(engine: Engine, actor: Actor) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that the database holds of a tenant."""
    with engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table).where(table.c.tenant_id == actor.tenant))))
            for table in metadata.sorted_tables
            if "tenant_id" in table.c
        }


READING: dict[str, Callable[[Actor], Any]] = {
    "show_agenda": lambda me: AgendaAsked(actor=me, zone="Europe/Paris"),
    "browse_customers": lambda me: CustomersWanted(actor=me),
    "browse_items": lambda me: ItemsWanted(actor=me, view="all"),
    "find_anything": lambda me: AnythingWanted(actor=me, text="e"),
    "show_aged_balance": lambda me: AgedBalanceWanted(actor=me),
    "list_imports": lambda me: ImportsQuestion(actor=me),
    "read_audit": lambda me: AuditWanted(actor=me),
    "list_users": lambda me: me,
    "show_settings": lambda me: me,
    "list_actions": lambda me: ActionsQuestion(actor=me),
    "list_entities": lambda me: me,
    "list_sources": lambda me: me,
    "list_ended": lambda me: EndedAsked(actor=me, each=True),
    "show_source_troubles": lambda me: me,
    "list_searches": lambda me: me,
    "list_alerts": lambda me: me,
    "list_tasks": lambda me: me,
    "list_groups": lambda me: me,
    "show_assignment": lambda me: me,
    "list_changes": lambda me: ChangesWanted(actor=me),
    "suggest_values": lambda me: me,
    "list_deputies": lambda me: me,
    "list_groupings": lambda me: me,
}
"""Verb to its widest question."""

REACHING: dict[str, Callable[[Actor, Foreign], tuple[Any, ...]]] = {
    "open_customer": lambda me, of: (CustomerWanted(actor=me, code=of.customer),),
    "open_item": lambda me, of: (ItemWanted(actor=me, item=of.item),),
    "show_import": lambda me, of: (ImportQuestion(actor=me, number=of.import_number + 9),),
    "show_recipients": lambda me, of: (me, of.action),
    "show_action": lambda me, of: (AgendaAsked(actor=me, zone="Europe/Paris"), of.action),
    "preview_action": lambda me, of: (PreviewRequest(actor=me, action=of.action),),
    "open_delivery": lambda me, of: (DeliveryWanted(actor=me, action=of.action),),
    "lift_suppression": lambda me, of: (AddressToLift(actor=me, address="pay@globex.example", note="x"),),
    "recall_action": lambda me, of: (Recall(actor=me, action=of.action),),
    "resolve_action": lambda me, of: (Resolution(actor=me, action=of.action, answer="cancel", reason="x"),),
    "assign_customer": lambda me, of: (CustomerChoice(actor=me, code=of.customer, collector=None, groups=("Mine",)),),
    "edit_customer": lambda me, of: (CustomerEdit(actor=me, code=of.customer, changes=DetailChanges(name="X")),),
    "show_details": lambda me, of: (me, of.customer),
    "remove_contact": lambda me, of: (ContactToRemove(actor=me, code="Acme-1", contact=of.contact),),
    "clear_bounce": lambda me, of: (BounceToClear(actor=me, code="Acme-1", contact=of.contact),),
    "edit_contact": lambda me, of: (
        ContactEdit(actor=me, code="Acme-1", contact=Contact(contact=of.contact, name="X", email="x@acme.example")),
    ),
    "change_note": lambda me, of: (NoteChange(actor=me, code=of.customer, entry=1, text=None),),
    "write_note": lambda me, of: (NewNote(actor=me, code=of.customer, text="hello"),),
    "fetch_file": lambda me, of: (FileWanted(actor=me, reference=of.archived),),
    "change_entity": lambda me, of: (EntityChange(actor=me, code="XX99", name="X"),),
    "change_user": lambda me, of: (UserChange(actor=me, user=of.user, name="X", role="viewer", active=False),),
    "invite_user": lambda me, of: (Invitation(actor=me, user=of.user),),
    "collect_together": lambda me, of: (Grouping(actor=me, lead="Acme-1", members=(of.customer,)),),
    "collect_alone": lambda me, of: (Separation(actor=me, members=(of.customer,)),),
    "name_deputy": lambda me, of: (
        Absence(actor=me, user=UserId(1), deputy=of.user, first_on=date(2026, 3, 10), last_on=date(2026, 3, 12)),
    ),
    "end_deputy": lambda me, of: (DeputyToEnd(actor=me, number=1),),
    "ask_address": lambda me, of: (AddressToConfirm(actor=me, user=of.user, site="https://x.example"),),
    "look_at_file": lambda me, of: (LookWanted(actor=me, reference=of.archived, file_name="x.csv", kind="items"),),
    "begin_specific": lambda me, of: (NewSpecific(actor=me, code="Acme-1", items=(of.item,)),),
    "log_call": lambda me, of: (NewCall(actor=me, outcome="reached", code=of.customer),),
    "snooze_actions": lambda me, of: (Snoozing(actor=me, actions=(of.action,), until=None),),
    "edit_action": lambda me, of: (ActionEdit(actor=me, action=of.action),),
    "make_statement": lambda me, of: (StatementWanted(actor=me, code=of.customer),),
    "repeat_specific": lambda me, of: (Repetition(actor=me, specific=SpecificId(1)),),
    "end_specific": lambda me, of: (SpecificEnd(actor=me, specific=SpecificId(1)),),
    "list_specifics": lambda me, of: (SpecificsAsked(actor=me, code=of.customer),),
    "prepare_specific": lambda me, of: (SpecificAsked(actor=me, code=of.customer),),
    "hold_items": lambda me, of: (NewHolds(actor=me, items=(of.item,), kind="dispute"),),
    "release_items": lambda me, of: (Release(actor=me, references=("Globex-6/Globex-F6",)),),
    "skip_action": lambda me, of: (Skipping(actor=me, actions=(of.action,), reason="x"),),
    "cancel_action": lambda me, of: (Cancellation(actor=me, actions=(of.action,), reason="x"),),
    "finish_action": lambda me, of: (Finished(actor=me, actions=(of.action,)),),
    "import_as": lambda me, of: (me.tenant, "bob@globex.example"),
    "change_settings": lambda me, of: (NewSettings(actor=me, values={"collector": "bob@globex.example"}),),
    "show_source": lambda me, of: (SourceQuestion(actor=me, name="Globex-erp"),),
    "remove_source": lambda me, of: (SourceQuestion(actor=me, name="Globex-erp"),),
    "fetch_source": lambda me, of: (SourceToFetch(actor=me, name="Globex-erp"),),
    "start_source": lambda me, of: (SourceToFetch(actor=me, name="Globex-erp"),),
    "try_source": lambda me, of: (SourceTest(actor=me, name="Globex-erp"),),
    "undo_import": lambda me, of: (ImportToUndo(actor=me, number=of.import_number + 9),),
    "foresee_undo": lambda me, of: (UndoQuestion(actor=me, number=of.import_number + 9),),
    "return_rejects": lambda me, of: (RejectsWanted(actor=me, number=of.import_number + 9),),
    "fetch_document": lambda me, of: (DocumentWanted(actor=me, document=1),),
    "show_run": lambda me, of: (RunQuestion(actor=me, run=1),),
    "remove_task": lambda me, of: (me, 1),
    "move_task": lambda me, of: (TaskMove(actor=me, task=1, up=True),),
    "show_group": lambda me, of: (me, 1),
    "remove_group": lambda me, of: (me, 1),
    "rename_group": lambda me, of: (NewName(actor=me, group=1, name="Mine"),),
    "save_task": lambda me, of: (NewTask(actor=me, attribute="colleague", value="bob@globex.example"),),
    "open_search": lambda me, of: (me, 4),
    "remove_search": lambda me, of: (SearchToRemove(actor=me, number=4),),
    "preview_template": lambda me, of: (
        TextToPreview(actor=me, code="statement", language="en", customer=of.customer),
    ),
    "save_search": lambda me, of: (SearchToSave(actor=me, name="X", search=EVERYTHING, number=4),),
    "save_alert": lambda me, of: (AlertToSave(actor=me, name="X", colour="red", search=parse("code = X"), number=4),),
    "undo_changes": lambda me, of: (ChangeToUndo(actor=me, change=1),),
    "change_many": lambda me, of: (
        ManyChanges(actor=me, selection=Selection(codes=(of.customer,)), wanted=Changes(add_groups=("X",))),
    ),
}
"""Verb to a request that names what only the other tenant has."""


ELSEWHERE = {
    "confirm_actions": "a whole day",
    "review_actions": "a whole day",
    "open_fence": "tests/usecases/collection",
    "stop_sending": "names nothing that exists",
    "dispatch": "a whole day",
    "import_file": "a whole day",
    "run_day": "a whole day",
    "sum_items": "a whole day",
    "count_agenda": "a whole day",
    "keep_file": "names nothing that exists",
    "note_export": "names nothing that exists",
    "found_tenant": "makes the tenant",
    "add_user": "names nothing that exists",
    "add_key": "names nothing that exists",
    "create_group": "names nothing that exists",
    "keep_list": "names nothing that exists",
    "add_entity": "names nothing that exists",
    "fetch_copies": "works through the tenant's own list",
    "choose_columns": "names nothing that exists",
    "save_source": "names nothing that exists",
    "verify_audit": "tests/contracts/test_audit_chain.py",
    "list_templates": "tests/usecases/templates",
    "show_template": "tests/usecases/templates",
    "check_templates": "tests/usecases/templates",
    "draft_template": "tests/usecases/templates",
    "publish_template": "tests/usecases/templates",
    "restore_template": "tests/usecases/templates",
    "discard_template": "tests/usecases/templates",
    "supply_templates": "tests/usecases/templates",
    "try_template": "tests/usecases/templates",
    "foresee_day": "tests/usecases/scenarios",
    "simulate_scenario": "tests/usecases/scenarios",
    "list_scenarios": "tests/usecases/scenarios",
    "open_scenario": "tests/usecases/scenarios",
    "begin_scenario": "tests/usecases/scenarios",
    "change_draft": "tests/usecases/scenarios",
    "undo_draft": "tests/usecases/scenarios",
    "discard_draft": "tests/usecases/scenarios",
    "restore_version": "tests/usecases/scenarios",
    "publish_scenario": "tests/usecases/scenarios",
    "export_scenario": "tests/usecases/scenarios",
    "import_scenario": "tests/usecases/scenarios",
    "open_with_key": "tests/http/api",
    "open_with_id": "tests/http/api",
    "sign_in": "tests/http",
    "open_link": "tests/http",
    "confirm_address": "tests/usecases/tenancy",
    "make_sign_in_link": "tests/http",
    "resume_session": "tests/http",
    "sign_out": "tests/http",
    "change_password": "tests/http",
    "list_profiles": "tests/usecases/intake",
    "save_profile": "tests/http",
    "list_outbox": "a whole day",
    **dict.fromkeys(
        (
            "list_print_batches",
            "show_print_batch",
            "seal_letters",
            "fetch_letters",
            "hand_over_letters",
            "withdraw_letters",
            "track_letter",
        ),
        "tests/usecases/collection/test_letters.py",
    ),
    "list_suppressions": "tests/usecases/collection/test_returned_mail.py",
    "show_channels": "tests/usecases/collection/test_channel_health.py",
    "suppress_address": "names nothing that exists",
    "list_domains": "tests/usecases/tenancy/test_sender_domains.py",
    "add_domain": "tests/usecases/tenancy/test_sender_domains.py",
    "check_domain": "tests/usecases/tenancy/test_sender_domains.py",
    "remove_domain": "tests/usecases/tenancy/test_sender_domains.py",
    "take_bounces": "tests/usecases/collection/test_returned_mail.py",
    "read_bounces": "tests/usecases/collection/test_returned_mail.py",
    "browse_deliveries": "a whole day",
    "take_report": "tests/http/test_sms_reports.py",
    "take_reply": "tests/usecases/collection/test_sms_replies.py",
    "list_assigners": "asks for nothing of a tenant",
    "check_ready": "asks for nothing of a tenant",
    "run_tasks": "a whole day",
    "show_alerts": "a whole day",
    "find_codes": "a whole day",
    "list_documents": "tests/usecases/intake",
    "add_documents": "tests/usecases/intake",
    "list_checks": "tests/usecases/intake",
    "start_import": "tests/usecases/intake",
    "note_progress": "tests/usecases/intake",
    "end_run": "tests/usecases/intake",
    "give_up_runs": "tests/usecases/intake",
    "resume_run": "tests/usecases/intake",
    "queue_due_work": "tests/usecases/tenancy/test_queued_work.py",
    "queue_mailbox": "tests/usecases/tenancy/test_queued_work.py",
    "list_jobs": "tests/contracts/test_job_queue.py",
    "retry_job": "tests/contracts/test_job_queue.py",
    "source_runner": "tests/usecases/intake",
}
"""Verbs that neither list widely nor name a thing by number, and where they are tried."""


def test_every_verb_is_tried() -> None:
    verbs = {
        name
        for name, provider in House.providers.items()
        if getattr(provider, "provides", None) and "usecases" in getattr(provider.provides, "__module__", "")
    }
    assert verbs == READING.keys() | REACHING.keys() | ELSEWHERE.keys()


def test_the_widest_questions_show_nothing_of_the_other(house: House, acme: Actor, globex: Actor) -> None:
    for verb, ask in READING.items():
        mine = msgspec.json.encode(getattr(house, verb)()(ask(acme)), enc_hook=str).decode()
        theirs = msgspec.json.encode(getattr(house, verb)()(ask(globex)), enc_hook=str).decode()
        assert MARK.lower() not in mine.lower(), verb
        assert MARK.lower() in theirs.lower(), f"{verb} does not show its own marks; the test proves nothing"


def test_what_only_the_other_has_is_not_there(
    house: House, engine: Engine, acme: Actor, globex: Actor, foreign: Foreign
) -> None:
    """One ledger for all verbs: each is refused, so none can spoil it for the next, and that too is looked at."""
    before = _rows(engine, globex)
    for verb, reach in REACHING.items():
        with pytest.raises(RelanceError) as refused:
            getattr(house, verb)()(*reach(acme, foreign))
            pytest.fail(f"{verb} reached what is not its own")
        said = refused.value.detail.lower()
        for asked in ("bob@globex.example", "globex-6", "globex-f6", "globex-erp"):
            said = said.replace(asked, "")
        assert MARK.lower() not in said, verb
        assert _rows(engine, globex) == before, verb


def test_a_whole_day_of_one_moves_nothing_of_the_other(
    house: House, engine: Engine, acme: Actor, globex: Actor, foreign: Foreign, tmp_path: Path
) -> None:
    before = _rows(engine, globex)
    refused = house.confirm_actions()(Confirmation(actor=acme, actions=(foreign.action,)))
    assert (refused.changed, refused.refused[0].reason) == (0, "not-found")
    house.review_actions()(AgendaAsked(actor=acme, zone="Europe/Paris"), [foreign.action])
    assert house.find_codes()(CodesToFind(actor=acme, codes=(foreign.customer,))).found == ()
    assert house.run_tasks()(TasksToRun(actor=acme)).assigned == []
    assert sum(one.customers for one in house.show_alerts()(acme)) <= 2
    assert house.count_agenda()(acme, "Europe/Paris") == 2
    assert house.sum_items()(SumQuestion(actor=acme)).count == 2
    house.confirm_actions()(Confirmation(actor=acme))
    sent = asyncio.run(house.dispatch()(DispatchRequest(tenants=(acme.tenant,), ignore_windows=True)))
    assert sent.sent == 2
    assert len(house.list_outbox()(acme)) == 2
    assert house.list_outbox()(globex) == []
    assert len(house.browse_deliveries()(DeliveriesWanted(actor=acme)).lines) == 2
    assert house.browse_deliveries()(DeliveriesWanted(actor=globex)).counts == {}
    empty = tmp_path / "Acme-items.csv"
    empty.write_text("customer_code,number,issued_on,due_on,amount\nAcme-1,Acme-F1,2026-01-05,2026-02-05,100.00\n")
    request = FileToImport(actor=acme, kind="items", file=empty, file_name="x.csv", override_guard=True)
    assert house.import_file()(request).settled == 1
    house.run_day()(NewDay(actor=acme))
    assert _rows(engine, globex) == before
