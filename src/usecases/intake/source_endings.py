"""How an attempt to fetch a source ended."""

import msgspec

from relance.core.intake.arrivals import RemoteFile
from relance.core.intake.reports import ImportReport
from relance.core.intake.sources import RunState
from relance.core.kernel.identifiers import ImportId
from relance.usecases.intake.source_visit import Fetched


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """State, public code and words; `files` were looked at, `imports` came of them."""

    state: RunState
    code: str = ""
    message: str = ""
    files: int = 0
    imports: tuple[ImportId, ...] = ()


Answer = ImportReport | Ended
"""What became of one file: its import, or why there was none."""


def ended(fetched: Fetched, answers: list[tuple[RemoteFile, Answer]], not_moved: str) -> Ended:
    """The worst of what happened, in words."""
    imports = tuple(ImportId(answer.number) for _, answer in answers if isinstance(answer, ImportReport))
    said = _worst(fetched, answers, not_moved)
    return msgspec.structs.replace(said, files=len(answers), imports=imports)


def with_copies(how: Ended, added: int, found: int) -> Ended:
    """What is said of copies of invoices where nothing more urgent is to be said."""
    if not found or how.message or (not added and how.state == "nothing-new"):
        return how
    words = f"copies of invoices: {added} added, {found - added} left"
    state: RunState = "done" if how.state == "nothing-new" else how.state
    return msgspec.structs.replace(how, state=state, code=how.code or "copies", message=words)


def _worst(fetched: Fetched, answers: list[tuple[RemoteFile, Answer]], not_moved: str) -> Ended:
    if answers and answers[-1][1].state != "done":
        return _stopped(*answers[-1])
    if fetched.blocked_by:
        words = f"{fetched.blocked_by} was not imported; later files wait for it"
        return Ended(state="held", code="waits-for-earlier-file", message=words)
    if fetched.older:
        words = f"{fetched.older[0].name} is older than what was imported last"
        return Ended(state="refused", code="older-than-last", message=words)
    if fetched.unfinished:
        return Ended(state="waiting", code="still-written", message=f"{fetched.unfinished[0]} is not complete yet")
    if not_moved:
        return Ended(state="done", code="not-put-away", message=not_moved)
    return Ended(state="done" if answers else "nothing-new")


def _stopped(file: RemoteFile, answer: Answer) -> Ended:
    if isinstance(answer, Ended):
        return answer
    state: RunState = "held" if answer.state == "held" else "refused"
    words = answer.message or f"{file.name}: see the report of the import"
    return Ended(state=state, code=answer.reason, message=words)
