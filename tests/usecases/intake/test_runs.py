"""An import works beside the request: it is found from its start, tells how far it is, and may be given up."""

import threading
from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import Engine, delete

from relance.adapters.archive import DiskArchive
from relance.adapters.job_runner import JobRunner
from relance.adapters.run_notes import RunNotes
from relance.adapters.store.job_queue import SqlJobQueue
from relance.adapters.store.runners import runners_for
from relance.adapters.store.tables.jobs import jobs
from relance.core.intake.progress import Progress
from relance.core.intake.reports import ImportReport
from relance.core.intake.runs import Choices
from relance.core.kernel.errors import NotAllowed
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.users import Actor
from relance.main.import_runs import FileElsewhere, KeepNotes, PerformRun
from relance.main.jobs import Deeds
from relance.ports.background import RunToDo
from relance.usecases.intake.end_run import EndRun
from relance.usecases.intake.errands import RunErrand, run_key
from relance.usecases.intake.give_up_runs import GiveUpRuns, RunsToGiveUp
from relance.usecases.intake.list_imports import ImportsQuestion, ListImports
from relance.usecases.intake.note_progress import NoteProgress
from relance.usecases.intake.resume_run import ResumeRun
from relance.usecases.intake.show_import import ImportQuestion, ShowImport
from relance.usecases.intake.show_run import RunQuestion, ShowRun
from relance.usecases.intake.start_import import ImportStarted, ImportWanted, StartImport
from tests.usecases.intake.kit import HEADER, Desk, invoices


class Office(Desk):
    """A desk that imports in the background."""

    def __init__(self, engine: Engine, tenant: TenantId, folder) -> None:
        super().__init__(engine, tenant, folder)
        self.archive = DiskArchive(folder / "archive")
        self.perform = PerformRun(lambda: self.verb, lambda: EndRun(self.work, self.clock), self.archive)
        self.notes = RunNotes(KeepNotes(lambda: NoteProgress(self.work, self.clock)))
        self.resume = ResumeRun(self.work, self.clock)
        self.background = self.runner()

    def deeds(self, perform=None) -> dict:
        return Deeds(self.work, perform or self.perform, self.notes, lambda: self.resume, *[None] * 4).by_kind()

    def runner(self, perform=None) -> JobRunner:
        deeds = {"import": self.deeds(perform)["import"]}
        return JobRunner(SqlJobQueue(self.engine), runners_for(self.engine), deeds)

    def choices(self, *lines: str, **more: object) -> Choices:
        file = self.folder / "next.csv"
        file.write_text("\n".join((HEADER, *lines)) + "\n")
        kept = self.archive.keep_file(self.tenant, file)
        return Choices(**{"archive_ref": kept, "file_name": "next.csv", "kind": "items"} | more)

    def start(self, choices: Choices, background=None) -> ImportStarted:
        verb = StartImport(self.work, self.clock, self.archive, background or self.background)
        return verb(ImportWanted(actor=self.actor, choices=choices))

    def ended(self, choices: Choices) -> ImportReport:
        started = self.start(choices)
        self.background.wait(self.tenant, run_key(started.run), 30)
        report = ShowRun(self.work, self.clock)(RunQuestion(actor=self.actor, run=started.run)).report
        assert report is not None
        return report


class Forgetful:
    """A background whose process died at once."""

    def nudge(self) -> None:
        pass


@pytest.fixture
def office(engine: Engine, tenant: TenantId, tmp_path) -> Office:
    office = Office(engine, tenant, tmp_path)
    yield office
    office.background.close()


def test_an_import_in_the_background_ends_as_one_in_the_foreground(office: Office) -> None:
    report = office.ended(office.choices(*invoices(40)))
    assert (report.state, report.number, report.new) == ("done", 1, 40)
    assert office.sum().count == 40
    assert office.select("select import_id, state from imports") == [(1, "done")]
    assert office.ended(office.choices(*invoices(40))).identical


def test_a_check_is_shown_and_leaves_nothing_in_the_history(office: Office) -> None:
    report = office.ended(office.choices(*invoices(40), dry_run=True))
    assert (report.state, report.new) == ("dry-run", 40)
    assert office.select("select count(*) from imports") == [(0,)]
    assert office.sum().count == 0


def test_what_cannot_be_done_is_refused_with_its_reason(office: Office) -> None:
    report = office.ended(office.choices(*invoices(3), mapping={"number": "nowhere"}))
    assert (report.state, report.reason) == ("refused", "bad-input")
    unknown = office.ended(office.choices(*invoices(3), profile="none"))
    assert (unknown.state, unknown.reason) == ("refused", "bad-input")
    assert office.select("select state from imports order by import_id") == [("refused",), ("refused",)]


def test_a_running_import_tells_how_far_it_is(office: Office) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def perform(todo: RunToDo, tell) -> None:
        tell("reading", 25)
        reached.set()
        go_on.wait(10)

    office.background = office.runner(perform)
    started = office.start(office.choices(*invoices(40)))
    reached.wait(10)
    for _ in range(40):
        line = ListImports(office.work, office.clock)(ImportsQuestion(actor=office.actor))[0]
        if line.progress and line.progress.rows:
            break
        threading.Event().wait(0.1)
    assert (line.state, line.run) == ("running", started.run)
    assert line.progress == Progress("reading", 25, 41)
    go_on.set()


def test_a_run_whose_process_died_waits_for_another_and_is_done(office: Office) -> None:
    started = office.start(office.choices(*invoices(3)), Forgetful())
    shown = ShowImport(office.work, office.clock)
    office.clock.moment += timedelta(hours=3)
    assert shown(ImportQuestion(actor=office.actor, number=started.number)).state == "running"
    assert GiveUpRuns(office.work, office.clock)(RunsToGiveUp(tenant=office.tenant)) == 0

    office.background.nudge()
    office.background.wait(office.tenant, run_key(started.run), 30)
    assert shown(ImportQuestion(actor=office.actor, number=started.number)).state == "done"
    assert office.sum().count == 3


def test_a_run_that_no_job_does_has_failed_and_cannot_come_back(office: Office) -> None:
    office.put("\n".join((HEADER, *invoices(40))) + "\n")
    before = office.ledger()
    started = office.start(office.choices(*invoices(3)), Forgetful())
    errand = RunErrand(actor=office.actor, run=started.run)
    run = office.resume(errand)
    with office.engine.begin() as connection:
        connection.execute(delete(jobs).where(jobs.c.tenant_id == office.tenant))

    office.clock.moment += timedelta(seconds=31)
    line = ShowImport(office.work, office.clock)(ImportQuestion(actor=office.actor, number=started.number))
    assert (line.state, line.reason) == ("failed", "interrupted")
    assert GiveUpRuns(office.work, office.clock)(RunsToGiveUp(tenant=office.tenant)) == 1
    assert GiveUpRuns(office.work, office.clock)(RunsToGiveUp(tenant=office.tenant)) == 0
    assert office.select("select state, reason from imports where import_id = 2") == [("failed", "interrupted")]

    todo = RunToDo(actor=office.actor, run=run.run, number=run.number, choices=run.choices, progress=run.progress)
    office.perform(todo, lambda phase, rows: None)
    assert office.ledger() == before and office.resume(errand) is None
    run = ShowRun(office.work, office.clock)(RunQuestion(actor=office.actor, run=started.run))
    assert run.report.reason == "interrupted"


def test_an_import_that_was_committed_before_its_process_died_is_not_made_again(office: Office) -> None:
    started = office.start(office.choices(*invoices(40)), Forgetful())
    errand = RunErrand(actor=office.actor, run=started.run)
    run = office.resume(errand)
    todo = RunToDo(actor=office.actor, run=run.run, number=run.number, choices=run.choices, progress=run.progress)
    PerformRun(lambda: office.verb, lambda: lambda ended: None, office.archive)(todo, lambda phase, rows: None)

    office.background.nudge()
    office.background.wait(office.tenant, run_key(started.run), 30)
    report = ShowRun(office.work, office.clock)(RunQuestion(actor=office.actor, run=started.run)).report
    assert (report.state, report.new, report.identical) == ("done", 40, False)


def test_only_who_may_import_starts_one(office: Office) -> None:
    choices = office.choices(*invoices(3), override_guard=True)
    office.actor = Actor(tenant=office.tenant, user=None, name="Vera", role="viewer", rights=("import",))
    with pytest.raises(NotAllowed):
        office.start(choices)


def test_a_job_is_done_in_the_tenant_of_its_row_whatever_its_details_say(office: Office) -> None:
    office.start(office.choices(*invoices(3)), Forgetful())
    claimed = SqlJobQueue(office.engine).claim(office.tenant, ["import"], "one")
    foreign = claimed.details | {"actor": claimed.details["actor"] | {"tenant": 4711}}
    office.deeds()["import"](msgspec.structs.replace(claimed, details=foreign))
    assert office.sum().count == 3
    assert office.select("select distinct tenant_id from items") == [(office.tenant,)]


def test_an_import_whose_file_is_on_another_machine_is_left_to_that_one(office: Office, tmp_path) -> None:
    started = office.start(office.choices(*invoices(3)), Forgetful())
    perform = PerformRun(lambda: office.verb, lambda: EndRun(office.work, office.clock), DiskArchive(tmp_path / "else"))
    claimed = SqlJobQueue(office.engine).claim(office.tenant, ["import"], "one")
    with pytest.raises(FileElsewhere):
        office.deeds(perform)["import"](claimed)
    run = ShowRun(office.work, office.clock)(RunQuestion(actor=office.actor, run=started.run))
    assert run.report is None
