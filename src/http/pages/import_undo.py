"""Undo an import: first what would be lost, then the deed."""

from typing import Any

import msgspec
from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.core.intake.undoing import Losses
from relance.core.kernel.errors import Conflict
from relance.core.kernel.identifiers import ImportId
from relance.http.access import deed, page
from relance.http.i18n import formats
from relance.http.i18n.speech import gettext, marked
from relance.http.templating import Show
from relance.usecases.intake.foresee_undo import ForeseeUndo, UndoForeseen, UndoQuestion
from relance.usecases.intake.show_import import ImportQuestion, ShowImport
from relance.usecases.intake.undo_import import ImportToUndo, UndoImport
from relance.usecases.tenancy.resume_session import SignedIn

_REASONS = {
    "undone-already": marked("It was undone already."),
    "changed-nothing": marked("It changed nothing."),
    "kind-not-undoable": marked("Imports of this kind cannot be undone."),
    "undo-not-kept": marked("What it changed is no longer kept: only the last imports of a source can be undone."),
    "newer-import": marked("Its source has a newer import, which must be undone first:"),
    "items-changed-since": marked("Later imports changed the same items and must be undone first:"),
}
_BACK = {
    "items": marked("Items that vanish"),
    "restored": marked("Items with their former values"),
    "payments": marked("Payments that vanish"),
    "customers": marked("Customers that vanish"),
    "contacts": marked("Contacts that vanish"),
    "people_restored": marked("Customers and contacts with their former values"),
    "actions": marked("Actions that go, or are decided again"),
}
_LOST = {
    "promises": marked("Promises on items that vanish"),
    "disputes": marked("Disputes on items that vanish"),
    "pauses": marked("Pauses on items that vanish"),
    "listed": marked("Items that vanish, though a message or a call has listed them"),
    "documents": marked("Copies of invoices that vanish with their items"),
    "changed_by_hand": marked("Contacts that were changed by hand since, and vanish"),
}
_STAYS = {
    "judged": marked("Promises that were judged meanwhile stay judged"),
    "customers_kept": marked("Customers that stay, because there is more about them"),
    "values_kept": marked("Customers and contacts that were changed since, and keep that"),
}


@page("/imports/{number:int}/undo", needs="undo")
def ask(
    number: FromPath[int],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    show_import: NamedDependency[ShowImport],
    foresee_undo: NamedDependency[ForeseeUndo],
) -> Response[str]:
    """What would be lost."""
    line = show_import(ImportQuestion(actor=who.actor, number=ImportId(number)))
    seen = foresee_undo(UndoQuestion(actor=who.actor, number=ImportId(number)))
    return show("imports/undo.html", line=line, **_facts(seen))


@deed("/imports/{number:int}/undo", needs="undo")
def undo(
    number: FromPath[int],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    show_import: NamedDependency[ShowImport],
    foresee_undo: NamedDependency[ForeseeUndo],
    undo_import: NamedDependency[UndoImport],
) -> Response[str]:
    """Undo it; where something came in between, the page says what."""
    try:
        undo_import(ImportToUndo(actor=who.actor, number=ImportId(number)))
    except Conflict:
        line = show_import(ImportQuestion(actor=who.actor, number=ImportId(number)))
        seen = foresee_undo(UndoQuestion(actor=who.actor, number=ImportId(number)))
        return show("imports/undo.html", status=409, line=line, **_facts(seen))
    return show.go(f"/t/{who.tenant.code}/imports/{number}?done=undone")


def _facts(seen: UndoForeseen) -> dict[str, Any]:
    return {
        "reason": gettext(_REASONS[seen.reason]) if seen.reason else "",
        "first": seen.imports,
        "back": _counted(_BACK, seen.losses),
        "lost": _counted(_LOST, seen.losses),
        "stays": _counted(_STAYS, seen.losses),
    }


def _counted(words: dict[str, str], losses: Losses) -> list[tuple[str, str]]:
    counts = msgspec.structs.asdict(losses)
    return [(gettext(text), formats.count(counts[name])) for name, text in words.items() if counts[name]]


HANDLERS = [ask, undo]
