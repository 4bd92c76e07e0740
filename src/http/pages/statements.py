"""The statement of account of a customer, in one click, as PDF or Excel."""

from typing import Any
from urllib.parse import quote

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.http.access import page
from relance.http.addresses import code_of
from relance.http.pages.choices import chosen
from relance.usecases.insight.make_statement import MakeStatement, StatementForm, StatementMade, StatementWanted
from relance.usecases.tenancy.resume_session import SignedIn

FORMS: tuple[StatementForm, ...] = ("pdf", "xlsx")
AnyRequest = Request[Any, Any, Any]


@page("/customers/{code:str}/statement", needs="export")
def statement(
    code: FromPath[str],
    request: AnyRequest,
    who: NamedDependency[SignedIn],
    make_statement: NamedDependency[MakeStatement],
) -> Response[bytes]:
    """The file, in the customer's language unless another is asked for."""
    said = request.query_params
    wanted = StatementWanted(
        actor=who.actor,
        code=code_of(code),
        form=chosen(said.get("format", "pdf"), FORMS),
        language=said.get("language", "")[:12],
        interest=said.get("interest") == "1",
    )
    return as_file(make_statement(wanted))


def as_file(made: StatementMade) -> Response[bytes]:
    """The statement as a file to keep."""
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(made.file_name)}",
        "content-language": made.language,
        "x-content-type-options": "nosniff",
    }
    return Response(made.content, media_type=made.media_type, headers=headers)


HANDLERS = [statement]
