"""Statements of account as files."""

from typing import Annotated, Any

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from relance.http.addresses import code_of
from relance.http.api.access import caller_of, reading
from relance.http.pages.statements import as_file
from relance.usecases.insight.make_statement import MakeStatement, StatementForm, StatementWanted

AnyRequest = Request[Any, Any, Any]


@reading("/customers/{code:str}/statement", summary="A customer's statement of account as PDF or Excel")
def statement(
    request: AnyRequest,
    code: FromPath[str],
    make_statement: NamedDependency[MakeStatement],
    form: Annotated[StatementForm, QueryParameter(name="format")] = "pdf",
    language: Annotated[str, QueryParameter(description="Without one, the customer's.")] = "",
    interest: Annotated[bool, QueryParameter(description="With late interest.")] = False,
) -> Response[bytes]:
    """The file."""
    actor = caller_of(request).actor
    wanted = StatementWanted(actor=actor, code=code_of(code), form=form, language=language, interest=interest)
    return as_file(make_statement(wanted))


HANDLERS = [statement]
