"""Print batches: letters that wait, batches that were sealed, and their way to the post."""

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from relance.core.collection.print_batches import BatchState
from relance.core.kernel.errors import BadInput, Conflict, NotFound, RelanceError
from relance.core.kernel.identifiers import ActionId
from relance.http.access import deed, page
from relance.http.addresses import segment
from relance.http.dependencies import Fields
from relance.http.i18n.speech import gettext, marked
from relance.http.i18n.words import words_of
from relance.http.templating import Show
from relance.ports.print_files import PrintFiles
from relance.usecases.collection.fetch_letters import FetchLetters, LettersWanted
from relance.usecases.collection.hand_over_letters import HandOver, HandOverLetters
from relance.usecases.collection.lettering import PDF
from relance.usecases.collection.list_print_batches import ListPrintBatches, PrintBatchesAsked
from relance.usecases.collection.preview_action import PreviewAction, PreviewRequest
from relance.usecases.collection.seal_letters import NoPaper, Sealing, SealLetters
from relance.usecases.collection.show_print_batch import PrintBatchAsked, ShowPrintBatch
from relance.usecases.collection.track_letter import Tracking, TrackLetter
from relance.usecases.collection.withdraw_letters import Withdrawal, WithdrawLetters
from relance.usecases.tenancy.resume_session import SignedIn

STATES: dict[BatchState, tuple[str, str]] = {
    "sealed": (marked("Waits for the post"), "amber"),
    "handed-over": (marked("Handed over"), "green"),
    "withdrawn": (marked("Withdrawn"), ""),
}
"""How each state is called and coloured."""


@page("/agenda/{action:int}/letter", needs="see")
def picture(
    action: FromPath[int],
    who: NamedDependency[SignedIn],
    preview_action: NamedDependency[PreviewAction],
    print_files: NamedDependency[SkipValidation[PrintFiles]],
) -> Response[bytes]:
    """The first page of a letter as it is or will be printed, for the message beside the list."""
    found = preview_action(PreviewRequest(actor=who.actor, action=ActionId(action))).attached
    if not found or found[0].media_type != PDF:
        raise NotFound("there is no letter to look at")
    return Response(print_files.picture(found[0].content), media_type="image/png")


@page("/letters", needs="confirm")
def batches(
    who: NamedDependency[SignedIn], show: NamedDependency[Show], list_print_batches: NamedDependency[ListPrintBatches]
) -> Response[str]:
    """The newest first."""
    return _list(show, who, list_print_batches, "")


@deed("/letters", needs="confirm")
def seal(
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    seal_letters: NamedDependency[SealLetters],
    list_print_batches: NamedDependency[ListPrintBatches],
) -> Response[str]:
    """Seal what may leave now, and show the new batch."""
    try:
        done = seal_letters(Sealing(actor=who.actor))
    except NoPaper:
        return _list(
            show, who, list_print_batches, gettext("Letters are not printed here: another channel takes them.")
        )
    if done.batch:
        return show.go(f"/t/{who.tenant.code}/letters/{done.batch.batch}?done=sealed")
    said = (
        words_of(done.fenced) if done.fenced else gettext("No letter may leave now. See the reason with each of them.")
    )
    return _list(show, who, list_print_batches, said)


@page("/letters/{batch:int}", needs="confirm")
def one_batch(
    batch: FromPath[int],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    show_print_batch: NamedDependency[ShowPrintBatch],
) -> Response[str]:
    """One batch with its letters."""
    return _one(show, who, show_print_batch, batch, "")


@deed("/letters/{batch:int}/file", needs="confirm")
def fetch(
    batch: FromPath[int], who: NamedDependency[SignedIn], fetch_letters: NamedDependency[FetchLetters]
) -> Response[bytes]:
    """The print file; the first one who fetches it has the original, so this is no link."""
    done = fetch_letters(LettersWanted(actor=who.actor, batch=batch))
    headers = {"content-disposition": f'attachment; filename="{who.tenant.code}-{done.name}"'}
    return Response(done.content, media_type="application/pdf", headers=headers)


@deed("/letters/{batch:int}/hand-over", needs="confirm")
def hand_over(
    batch: FromPath[int],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    hand_over_letters: NamedDependency[HandOverLetters],
    show_print_batch: NamedDependency[ShowPrintBatch],
) -> Response[str]:
    """Once, and only when the person says that the letters are posted."""
    service = fields.text("service") == "yes"
    if fields.text("posted") != "yes" and not service:
        return _one(show, who, show_print_batch, batch, gettext("Say that the letters are posted, then hand over."))
    try:
        hand_over_letters(HandOver(actor=who.actor, batch=batch, note=fields.text("note"), service=service))
    except Conflict:
        return _one(show, who, show_print_batch, batch, gettext("This batch was handed over or withdrawn already."))
    except RelanceError as refused:
        if not service:
            raise
        return _one(show, who, show_print_batch, batch, refused.detail)
    return show.go(f"/t/{who.tenant.code}/letters/{batch}?done=handed-over")


@deed("/letters/{batch:int}/withdraw", needs="confirm")
def withdraw(
    batch: FromPath[int],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    withdraw_letters: NamedDependency[WithdrawLetters],
    show_print_batch: NamedDependency[ShowPrintBatch],
) -> Response[str]:
    """The letters wait for the next batch."""
    try:
        withdraw_letters(Withdrawal(actor=who.actor, batch=batch, reason=fields.text("reason")))
    except BadInput:
        return _one(show, who, show_print_batch, batch, gettext("Say why the batch is not posted."))
    except Conflict:
        return _one(show, who, show_print_batch, batch, gettext("This batch was handed over or withdrawn already."))
    return show.go(f"/t/{who.tenant.code}/letters?done=back")


@deed("/letters/{batch:int}/{action:int}/tracking", needs="confirm")
def track(
    batch: FromPath[int],
    action: FromPath[int],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    track_letter: NamedDependency[TrackLetter],
    show_print_batch: NamedDependency[ShowPrintBatch],
) -> Response[str]:
    """The post's number of a registered letter."""
    wanted = Tracking(actor=who.actor, batch=batch, action=ActionId(action), number=fields.text("number"))
    try:
        track_letter(wanted)
    except BadInput:
        said = gettext("A tracking number has letters, digits and hyphens, 40 at most.")
        return _one(show, who, show_print_batch, batch, said)
    return show.go(f"/t/{who.tenant.code}/letters/{batch}?done=saved")


def _list(show: Show, who: SignedIn, list_print_batches: ListPrintBatches, problem: str) -> Response[str]:
    found = list_print_batches(PrintBatchesAsked(actor=who.actor))
    status = 409 if problem else 200
    return show("letters/list.html", status=status, found=found, states=STATES, problem=problem)


def _one(show: Show, who: SignedIn, show_print_batch: ShowPrintBatch, batch: int, problem: str) -> Response[str]:
    found = show_print_batch(PrintBatchAsked(actor=who.actor, batch=batch))
    status = 422 if problem else 200
    return show("letters/one.html", status=status, found=found, states=STATES, problem=problem, segment=segment)


HANDLERS = [picture, batches, seal, one_batch, fetch, hand_over, withdraw, track]
