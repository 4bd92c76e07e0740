"""One attempt to fetch a source: claim it, bring its files, import each, put away what was imported."""

import hashlib
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from relance.core.intake.arrivals import Outcome, RemoteFile, TakenFile, is_replay, ordered_at
from relance.core.intake.patterns import FilePattern
from relance.core.intake.reports import ImportReport
from relance.core.intake.schedule import next_try
from relance.core.intake.sources import SourceBusy, SourceRun, SourceState
from relance.core.kernel.errors import RelanceError
from relance.core.kernel.identifiers import ImportId
from relance.core.tenancy.users import Actor
from relance.ports.clock import Clock
from relance.ports.failpoints import failpoint
from relance.ports.fetchers import Fetchers, Session
from relance.ports.keyring import Keyring
from relance.ports.work import Unit, Work
from relance.usecases.intake.add_documents import DocumentsAdded, DocumentsToAdd
from relance.usecases.intake.errands import SourceErrand, source_job, source_key
from relance.usecases.intake.preparing import FileToImport
from relance.usecases.intake.source_endings import Answer, Ended, ended, with_copies
from relance.usecases.intake.source_places import OpenPlace
from relance.usecases.intake.source_visit import Fetched, Visit

_LEASE = timedelta(hours=1)
_SOON = timedelta(minutes=5)
_SETTLE_SECONDS = 5
_NEVER_FITS = ("already-there", "not-a-pdf", "too-large", "unreadable")
Importing = Callable[[FileToImport], ImportReport]
Copying = Callable[[DocumentsToAdd], DocumentsAdded]


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """An attempt that has begun: of which source, its number, and when."""

    state: SourceState
    number: int
    at: datetime


class SourceRunner:
    """Fetches sources. Each import is a transaction of its own; what lies between them can be repeated safely.

    Nothing is moved remotely before its import is committed, and a file that was imported is known by its content, so
    that an attempt that broke anywhere does no harm when it is made again.
    """

    def __init__(
        self,
        work: Work,
        clock: Clock,
        fetchers: Fetchers,
        keyring: Keyring,
        import_file: Importing,
        add_documents: Copying,
        settle_seconds: int = _SETTLE_SECONDS,
    ) -> None:
        self._work, self._clock, self._fetchers, self._keyring = work, clock, fetchers, keyring
        self._import_file, self._add_documents, self._settle = import_file, add_documents, settle_seconds

    def queue(self, actor: Actor, name: str, *, due: bool, override: bool = False) -> Begun | None:
        """The attempt, in the history as running, and the job that will make it; None where it is under way.

        `due`: only where its time has come, and what was held or refused before is not tried once more.
        """
        key = source_key(name)
        with self._work(actor.tenant) as unit:
            if not unit.jobs.offers(key) and (due or unit.jobs.state(key) != "parked"):
                return None
            begun = self._claimed(unit, actor, name, due=due)
            if begun is not None:
                errand = SourceErrand(
                    actor=actor, name=name, number=begun.number, at=begun.at, again=not due, override=override
                )
                unit.jobs.add(source_job(errand))
            return begun

    def carry_out(self, errand: SourceErrand) -> SourceRun:
        """The attempt that was queued, as it ended; one whose process died is made again."""
        with self._work.reading(errand.actor.tenant) as unit:
            state = unit.sources.state(errand.name)
        begun = Begun(state=state, number=errand.number, at=errand.at)
        return self.go(errand.actor, begun, again=errand.again, override=errand.override)

    def begin(self, actor: Actor, name: str) -> Begun:
        """The attempt, in the history as running: nobody else fetches the source now. Raises NotFound, SourceBusy."""
        with self._work(actor.tenant) as unit:
            under_way = unit.jobs.state(source_key(name)) in {"waiting", "running"}
            begun = None if under_way else self._claimed(unit, actor, name, due=False)
        if begun is None:
            raise SourceBusy(f"{name} is being fetched at the moment")
        return begun

    def go(self, actor: Actor, begun: Begun, *, again: bool, override: bool) -> SourceRun:
        """The attempt as it ended. `again`: what was held or refused before is tried once more."""
        try:
            how = self._attempt(actor, begun.state, again=again, override=override)
        except RelanceError as refusal:
            how = Ended(state="failed", code=refusal.code, message=refusal.detail)
        except Exception as broken:  # whatever broke, people must find it in the history; the error itself travels on
            how = Ended(state="failed", code="failed", message=type(broken).__name__)
            self._finish(actor, begun, how)
            raise
        return self._finish(actor, begun, how)

    def _claimed(self, unit: Unit, actor: Actor, name: str, *, due: bool) -> Begun | None:
        now, state = self._clock.now(), unit.sources.state(name)
        if not unit.sources.claim(state.source, now, now + _LEASE, only_due=due):
            return None
        return Begun(state=state, number=unit.sources.begin(state.source, actor.name, now), at=now)

    def _attempt(self, actor: Actor, state: SourceState, *, again: bool, override: bool) -> Ended:
        with self._work.reading(actor.tenant) as unit:
            taken, kept = unit.sources.files(state.source), unit.sources.kept(state.source)
            code = unit.tenancy.tenant().code
        place = OpenPlace(self._fetchers, self._keyring, actor.tenant, code, state, kept)
        with tempfile.TemporaryDirectory(prefix="relance-") as folder:
            fetched = place.run(Visit(state.plan, taken, Path(folder), self._settle, again=again).fetched)
            failpoint("source.fetched")
            for file in fetched.older:
                self._remember(actor, state, file, "", "older-than-last")
            answers = self._import_all(actor, state, fetched, taken, override)
            copies = self._add_copies(actor, state, fetched)
        done = [file.name for file, answer in answers if answer.state == "done"]
        not_moved = self._put_away(place, state, fetched, [*fetched.lying, *done, *copies])
        return with_copies(ended(fetched, answers, not_moved), len(copies), len(fetched.copies))

    def _import_all(
        self, actor: Actor, state: SourceState, fetched: Fetched, taken: list[TakenFile], override: bool
    ) -> list[tuple[RemoteFile, Answer]]:
        """In order; a file that is not imported stops the ones after it."""
        answers: list[tuple[RemoteFile, Answer]] = []
        for file, path in fetched.files:
            answer = self._import_one(actor, state, file, path, taken, override)
            answers.append((file, answer))
            if answer.state != "done":
                break
        return answers

    def _add_copies(self, actor: Actor, state: SourceState, fetched: Fetched) -> list[str]:
        """The copies that found their item, after the items came; the others are tried again the next time."""
        if not fetched.copies:
            return []
        paths = [path for _, path in fetched.copies]
        done = self._add_documents(DocumentsToAdd(actor=actor, paths=paths, origin=state.plan.name))
        over = {one.file for one in done.added} | {one.file for one in done.left if one.reason in _NEVER_FITS}
        for file, _ in fetched.copies:
            if file.name in over:
                self._remember(actor, state, file, "", "copy")
        added = {one.file for one in done.added}
        return [file.name for file, _ in fetched.copies if file.name in added]

    def _import_one(
        self, actor: Actor, state: SourceState, file: RemoteFile, path: Path, taken: list[TakenFile], override: bool
    ) -> Answer:
        with path.open("rb") as opened:
            content = hashlib.file_digest(opened, "sha256").hexdigest()
        if not path.stat().st_size:
            self._remember(actor, state, file, content, "empty-file")
            return Ended(state="refused", code="empty-file", message=f"{file.name} is empty")
        if file.size >= 0 and is_replay(content, taken) and not override:
            self._remember(actor, state, file, content, "same-content")
            words = f"{file.name} holds exactly what an earlier import held; a newer one came in between"
            return Ended(state="refused", code="same-content", message=words)
        try:
            report = self._import_file(_wanted(actor, state, file, path, override))
        except RelanceError as refusal:
            self._remember(actor, state, file, content, "refused")
            return Ended(state="refused", code=refusal.code, message=refusal.detail)
        failpoint("source.imported")
        outcome: Outcome = "done" if report.state == "done" else "held" if report.state == "held" else "refused"
        taken.append(self._remember(actor, state, file, content, outcome, ImportId(report.number)))
        return report

    def _put_away(self, place: OpenPlace, state: SourceState, fetched: Fetched, names: list[str]) -> str:
        """Why what was imported could not be put away, or nothing. It is imported all the same, and not again."""
        if not names or not state.plan.archive_folder:
            return ""
        markers = [fetched.markers[name] for name in names if name in fetched.markers]

        async def put_away(session: Session) -> None:
            for name in [*names, *markers]:
                await session.put_away(name)

        try:
            place.run(put_away)
        except RelanceError as refusal:
            return refusal.detail
        return ""

    def _remember(
        self,
        actor: Actor,
        state: SourceState,
        file: RemoteFile,
        content: str,
        outcome: Outcome,
        number: ImportId | None = None,
    ) -> TakenFile:
        taken = TakenFile(
            name=file.name,
            size=file.size,
            modified_at=file.modified_at,
            ordered_at=ordered_at(file, FilePattern(state.plan.pattern)),
            content=content,
            outcome=outcome,
        )
        with self._work(actor.tenant) as unit:
            unit.sources.remember(state.source, taken, number, self._clock.now())
        return taken

    def _finish(self, actor: Actor, begun: Begun, how: Ended) -> SourceRun:
        now, state = self._clock.now(), begun.state
        ending = msgspec.structs.asdict(how)
        run = SourceRun(run=begun.number, by=actor.name, started_at=begun.at, finished_at=now, **ending)
        with self._work(actor.tenant) as unit:
            failures = unit.sources.failures(state.source) + 1 if run.state == "failed" else 0
            at = next_try(state.plan.schedule, unit.tenancy.tenant().timezone, now, failures)
            if run.state == "waiting" and at is not None:
                at = min(at, now + _SOON)
            unit.sources.finish(state.source, run, at if state.plan.scheduled else None, failures)
            said = {"state": run.state, "code": run.code, "files": run.files}
            unit.audit.record(actor.name, "source-fetched", f"source:{state.plan.name}", said)
        return run


def _wanted(actor: Actor, state: SourceState, file: RemoteFile, path: Path, override: bool) -> FileToImport:
    plan = state.plan
    return FileToImport(
        actor=actor,
        kind=plan.kind,
        file=path,
        file_name=file.name,
        mode=plan.mode,
        profile=plan.profile or None,
        source=plan.name,
        options=plan.options,
        override_guard=override,
    )
