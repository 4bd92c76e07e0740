"""Check without writing, import: each runs in the background, can be left and come back to."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from anyio import to_thread
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from litestar.response import ServerSentEvent, ServerSentEventMessage

from relance.core.intake.runs import Run
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import RunId
from relance.http.access import deed, page
from relance.http.dependencies import Fields
from relance.http.i18n.speech import gettext
from relance.http.pages.downloads import download
from relance.http.pages.import_columns import afresh, columns_page, looked
from relance.http.pages.import_forms import as_sent, choices_of, columns_of
from relance.http.pages.import_reports import WORDS, rejects_sheet
from relance.http.templating import Show
from relance.ports.background import Background
from relance.ports.export import Exports
from relance.usecases.insight.note_export import NoteExport
from relance.usecases.intake.errands import run_key
from relance.usecases.intake.look_at_file import LookAtFile
from relance.usecases.intake.show_run import RunQuestion, ShowRun
from relance.usecases.intake.start_import import ImportWanted, StartImport
from relance.usecases.tenancy.resume_session import SignedIn

_SHORT = 0.8
"""Most files are done within so many seconds: nobody need see them run."""
_LOOKS = 40
"""How often one stream looks at a run, every half second; the browser then asks again by itself."""


@deed("/imports/run", needs="import")
def run(
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    look_at_file: NamedDependency[LookAtFile],
    start_import: NamedDependency[StartImport],
    show_run: NamedDependency[ShowRun],
    background: NamedDependency[SkipValidation[Background]],
) -> Response[str]:
    """Read the file again as chosen, check it without writing, or import it."""
    chosen = columns_of(fields)
    try:
        choices = choices_of(fields)
    except BadInput as refused:  # the form keeps what was chosen
        return columns_page(
            show, looked(look_at_file, who, as_sent(fields)), as_sent(fields), chosen, problem=refused.detail
        )
    if fields.text("deed") == "look":
        if fields.text("use") != fields.text("used"):
            return show.go(afresh(who, choices, fields.text("use")))
        known = chosen if fields.text("was") == choices.kind else None
        return columns_page(show, looked(look_at_file, who, choices), choices, known)
    if choices.override_guard and fields.text("typed") != fields.text("must"):
        problem = gettext("Type the number to say that you have seen what it does.")
        return columns_page(show, looked(look_at_file, who, choices), choices, chosen, problem=problem)
    started = start_import(ImportWanted(actor=who.actor, choices=choices))
    background.wait(who.actor.tenant, run_key(started.run), _SHORT)
    done = show_run(RunQuestion(actor=who.actor, run=started.run))
    return show.go(_after(who, done))


@page("/imports/runs/{number:int}", needs="import")
def run_page(
    number: FromPath[int],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    show_run: NamedDependency[ShowRun],
    look_at_file: NamedDependency[LookAtFile],
) -> Response[str]:
    """How far a run is; what it found; or on to the import that it became."""
    found = show_run(RunQuestion(actor=who.actor, run=RunId(number)))
    if found.report is None:
        return show("imports/running.html", run=found, **WORDS)
    if found.report.state in {"done", "failed"} and found.number:
        return show.go(_after(who, found))
    mapping = found.report.recognised.mapping or found.choices.mapping
    chosen = [(column, field) for field, column in mapping.items()]
    return columns_page(show, looked(look_at_file, who, found.choices), found.choices, chosen, done=found)


@get("/imports/runs/{number:int}/events", opt={"needs": "import", "uncompressed": True})
async def run_events(
    number: FromPath[int],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    show_run: NamedDependency[ShowRun],
) -> ServerSentEvent:
    """How far a run is, as it goes on; `end` says where to look then."""
    question = RunQuestion(actor=who.actor, run=RunId(number))
    return ServerSentEvent(_events(show, who, show_run, question))


@page("/imports/runs/{number:int}/rejected", needs="import")
def run_rejected(
    number: FromPath[int],
    who: NamedDependency[SignedIn],
    show_run: NamedDependency[ShowRun],
    exports: NamedDependency[SkipValidation[Exports]],
    note_export: NamedDependency[NoteExport],
) -> Response[bytes]:
    """The rows that a check would reject, as a file."""
    found = show_run(RunQuestion(actor=who.actor, run=RunId(number)))
    if found.report is None:
        raise BadInput(gettext("The check has not ended."))
    return download(rejects_sheet(found.report), "csv", f"rejected-check-{number}", {}, who, exports, note_export)


async def _events(
    show: Show, who: SignedIn, show_run: ShowRun, question: RunQuestion
) -> AsyncIterator[ServerSentEventMessage]:
    said = ""
    for _ in range(_LOOKS):
        found = await to_thread.run_sync(show_run, question)
        if found.report is not None:
            yield ServerSentEventMessage(event="end", data=_after(who, found))
            return
        words = show.text("imports/progress.html", run=found, **WORDS)
        if words != said:
            said = words
            yield ServerSentEventMessage(event="progress", data=" ".join(words.split()), retry=500)
        await asyncio.sleep(0.5)


def _after(who: SignedIn, found: Run) -> str:
    """Where a run is looked at: an import that wrote has a page of its own."""
    if found.number and found.report is not None and found.report.state in {"done", "failed"}:
        return f"/t/{who.tenant.code}/imports/{found.number}" + ("?done=imported" if _is_good(found) else "")
    return f"/t/{who.tenant.code}/imports/runs/{found.run}"


def _is_good(found: Run) -> bool:
    return found.report is not None and found.report.state == "done"


HANDLERS: list[Any] = [run, run_page, run_events, run_rejected]
