"""Print batches of letters: sealed, printed, handed over."""

from typing import Any

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from relance.core.collection.print_batches import PrintBatch
from relance.core.kernel.identifiers import ActionId
from relance.http.api.access import caller_of, doing, reading
from relance.http.api.once import Once
from relance.ports.store.print_batches import LetterLine
from relance.usecases.collection.fetch_letters import FetchLetters, LettersWanted
from relance.usecases.collection.hand_over_letters import HandOver, HandOverLetters
from relance.usecases.collection.list_print_batches import ListPrintBatches, PrintBatchesAsked
from relance.usecases.collection.seal_letters import Sealed, Sealing, SealLetters
from relance.usecases.collection.show_print_batch import PrintBatchAsked, ShowPrintBatch
from relance.usecases.collection.track_letter import Tracking, TrackLetter
from relance.usecases.collection.withdraw_letters import Withdrawal, WithdrawLetters

AnyRequest = Request[Any, Any, Any]


class BatchesAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The newest first; `waiting` letters are confirmed and in no batch."""

    rows: list[PrintBatch]
    waiting: int


class BatchAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A batch with its letters in the order of its file."""

    batch: PrintBatch
    letters: list[LetterLine]


class HandOverWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is kept with the batch; `service`: the print service is to take it first."""

    note: str = ""
    service: bool = False


class WithdrawalWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why the batch is not handed over."""

    reason: str


class TrackingWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The post's number of a registered letter; empty takes one away."""

    number: str


@reading("/letters", summary="Print batches, the newest first")
def print_batches(request: AnyRequest, list_print_batches: NamedDependency[ListPrintBatches]) -> BatchesAnswer:
    """The last hundred."""
    found = list_print_batches(PrintBatchesAsked(actor=caller_of(request).actor))
    return BatchesAnswer(rows=list(found.batches), waiting=found.waiting)


@reading("/letters/{batch:int}", summary="One print batch with its letters")
def print_batch(
    request: AnyRequest, batch: FromPath[int], show_print_batch: NamedDependency[ShowPrintBatch]
) -> BatchAnswer:
    """Its letters in the order of the file."""
    found = show_print_batch(PrintBatchAsked(actor=caller_of(request).actor, batch=batch))
    return BatchAnswer(batch=found.batch, letters=list(found.letters))


@doing("/letters", "collect", summary="Seal the confirmed letters that may leave now")
def seal(
    request: AnyRequest, seal_letters: NamedDependency[SealLetters], once: NamedDependency[Once]
) -> Response[bytes]:
    """500 at most; the others wait for the next batch."""
    actor = caller_of(request).actor

    def deed() -> Sealed:
        return seal_letters(Sealing(actor=actor))

    return once(request, b"", deed)


@doing("/letters/{batch:int}/file", "collect", summary="Fetch the print file: from the second time on, a copy")
def fetch(request: AnyRequest, batch: FromPath[int], fetch_letters: NamedDependency[FetchLetters]) -> Response[bytes]:
    """A PDF. It is a POST, because the first one who fetches it has the original."""
    done = fetch_letters(LettersWanted(actor=caller_of(request).actor, batch=batch))
    headers = {"content-disposition": f'attachment; filename="{done.name}"'}
    return Response(done.content, media_type="application/pdf", headers=headers)


@doing("/letters/{batch:int}/hand-over", "collect", summary="Say that a batch was brought to the post")
def hand_over(
    request: AnyRequest,
    batch: FromPath[int],
    data: JSONBody[HandOverWanted],
    hand_over_letters: NamedDependency[HandOverLetters],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """Its letters are sent."""
    wanted = HandOver(actor=caller_of(request).actor, batch=batch, note=data.note, service=data.service)

    def deed() -> PrintBatch:
        return hand_over_letters(wanted)

    return once(request, msgspec.json.encode(data), deed)


@doing("/letters/{batch:int}/withdraw", "collect", summary="Take back a batch that was not handed over")
def withdraw(
    request: AnyRequest,
    batch: FromPath[int],
    data: JSONBody[WithdrawalWanted],
    withdraw_letters: NamedDependency[WithdrawLetters],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """Its letters wait for the next one."""
    wanted = Withdrawal(actor=caller_of(request).actor, batch=batch, reason=data.reason)

    def deed() -> PrintBatch:
        return withdraw_letters(wanted)

    return once(request, msgspec.json.encode(data), deed)


@doing("/letters/{batch:int}/{action:int}/tracking", "collect", summary="Keep a registered letter's number")
def track(
    request: AnyRequest,
    batch: FromPath[int],
    action: FromPath[int],
    data: JSONBody[TrackingWanted],
    track_letter: NamedDependency[TrackLetter],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """Before or after the batch is handed over."""
    wanted = Tracking(actor=caller_of(request).actor, batch=batch, action=ActionId(action), number=data.number)

    def deed() -> LetterLine:
        return track_letter(wanted)

    return once(request, msgspec.json.encode(data), deed)


HANDLERS = [print_batches, print_batch, seal, fetch, hand_over, withdraw, track]
