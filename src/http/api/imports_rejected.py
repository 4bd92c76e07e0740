"""The rejected rows of an import, as a file like the one that came in."""

from typing import Any

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.core.kernel.identifiers import ImportId
from relance.http.api.access import caller_of, reading
from relance.http.pages.import_returned import attachment
from relance.usecases.intake.return_rejects import RejectsWanted, ReturnRejects

AnyRequest = Request[Any, Any, Any]


@reading(
    "/imports/{number:int}/rejects",
    summary="The rejected rows: delimited text as it came in, anything else as a workbook",
)
def rejects(
    request: AnyRequest, number: FromPath[int], return_rejects: NamedDependency[ReturnRejects]
) -> Response[bytes]:
    """The file; 404 where nothing was rejected."""
    wanted = RejectsWanted(actor=caller_of(request).actor, number=ImportId(number))
    return attachment(return_rejects(wanted))


HANDLERS = [rejects]
