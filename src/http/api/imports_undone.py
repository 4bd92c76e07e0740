"""Undo an import, or ask before what would be lost."""

from typing import Any

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.core.kernel.identifiers import ImportId
from relance.http.api.access import caller_of, doing, reading
from relance.http.api.once import Once
from relance.usecases.intake.foresee_undo import ForeseeUndo, UndoForeseen, UndoQuestion
from relance.usecases.intake.undo_import import ImportToUndo, UndoImport

AnyRequest = Request[Any, Any, Any]


@reading("/imports/{number:int}/undo", summary="What undoing an import would take away", scope="undo")
def undo_foreseen(
    request: AnyRequest, number: FromPath[int], foresee_undo: NamedDependency[ForeseeUndo]
) -> UndoForeseen:
    """Whether it can be undone, and what would go with it."""
    return foresee_undo(UndoQuestion(actor=caller_of(request).actor, number=ImportId(number)))


@doing("/imports/{number:int}/undo", "undo", summary="Undo an import: the latest of its source, then the one before")
def undo(
    request: AnyRequest,
    number: FromPath[int],
    undo_import: NamedDependency[UndoImport],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """What became of it; 409 where another import must be undone first."""
    wanted = ImportToUndo(actor=caller_of(request).actor, number=ImportId(number))
    return once(request, b"undo", lambda: undo_import(wanted))


HANDLERS = [undo_foreseen, undo]
