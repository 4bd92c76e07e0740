"""Who may reach which address: every route declares what it needs, and what declares nothing is closed.

The one guard of the application runs before every handler. It finds out who is here, checks that a changing request
came from our own page, that the address belongs to the session's tenant, and that the role includes the right.
"""

from collections.abc import Callable
from typing import Any, Literal

from anyio import to_thread
from litestar import Request, get, post
from litestar.connection import ASGIConnection
from litestar.enums import MediaType
from litestar.handlers.base import BaseRouteHandler

from relance.core.kernel.errors import NotFound, RelanceError
from relance.core.tenancy.users import Right, require_right
from relance.http.i18n.speech import speak, wanted
from relance.http.security import check_origin, check_token
from relance.http.sessions import cookie_of
from relance.usecases.tenancy.resume_session import SignedIn

Need = Right | Literal["open", "entry", "public", "signed-in"]
"""`open`: files and health, nobody is looked up; `entry`: the doors, where no session exists yet to carry a token;
`public`: anybody; `signed-in`: any person; else a right (A22)."""

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
WEB = "web"


class SignInNeeded(RelanceError):
    """Nobody is signed in, or the session is over."""

    code = "sign-in-needed"
    status = 401


def page(path: str | list[str], *, needs: Need, **options: Any) -> Callable[..., Any]:
    """A handler that shows a page; it runs in a thread, so it may call verbs."""
    return get(path, opt={"needs": needs}, sync_to_thread=True, media_type=MediaType.HTML, **options)


def deed(path: str | list[str], *, needs: Need, **options: Any) -> Callable[..., Any]:
    """A handler that changes something; a form's fields come as the dependency `fields`."""
    return post(path, opt={"needs": needs}, sync_to_thread=True, media_type=MediaType.HTML, status_code=200, **options)


async def admit(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """The guard of the whole application."""
    needs = handler.opt.get("needs")
    if needs is None:
        raise NotFound("nothing here")
    if needs == "open":
        return
    who = await _resumed(connection)
    connection.state["who"] = who
    speak(_language(connection, who))
    if isinstance(connection, Request) and connection.method not in SAFE:
        check_origin(connection)
        connection.state["form"] = await connection.form()
        if who is not None and needs != "entry":
            check_token(connection, who.csrf_token)
    if needs not in {"public", "entry"}:
        _require(connection, who, needs)


def _require(connection: ASGIConnection[Any, Any, Any, Any], who: SignedIn | None, needs: Need) -> None:
    if who is None:
        raise SignInNeeded("please sign in")
    tenant = connection.path_params.get("tenant", who.tenant.code)
    if tenant != who.tenant.code:
        raise NotFound("nothing here")
    if needs not in {"public", "signed-in"}:
        require_right(who.actor, needs)  # type: ignore[arg-type]  # what is left of Need is a Right


async def _resumed(connection: ASGIConnection[Any, Any, Any, Any]) -> SignedIn | None:
    cookie = cookie_of(connection)
    if not cookie:
        return None
    resume = connection.app.state[WEB].resume_session()
    found: SignedIn | None = await to_thread.run_sync(resume, cookie)
    return found


def _language(connection: ASGIConnection[Any, Any, Any, Any], who: SignedIn | None) -> str:
    """The profile's language, else the browser's, else the tenant's."""
    if who and who.user.language:
        return who.user.language
    asked = wanted(connection.headers.get("accept-language", ""))
    return asked or ("fr" if who and who.tenant.language == "fr" else "en")
