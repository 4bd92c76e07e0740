"""The rejected rows of an import as a file like the one that came in."""

from urllib.parse import quote

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.core.kernel.identifiers import ImportId
from relance.http.access import page
from relance.usecases.intake.return_rejects import RejectsFile, RejectsWanted, ReturnRejects
from relance.usecases.tenancy.resume_session import SignedIn


@page("/imports/{number:int}/rejects", needs="import")
def rejects(
    number: FromPath[int], who: NamedDependency[SignedIn], return_rejects: NamedDependency[ReturnRejects]
) -> Response[bytes]:
    """To correct and to import again, as additions and changes."""
    return attachment(return_rejects(RejectsWanted(actor=who.actor, number=ImportId(number))))


def attachment(file: RejectsFile) -> Response[bytes]:
    """A file to keep, never shown in the browser."""
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(file.file_name)}",
        "x-content-type-options": "nosniff",
    }
    return Response(file.content, media_type=file.media_type, headers=headers)


HANDLERS = [rejects]
