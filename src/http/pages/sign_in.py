"""Sign in, choose a tenant, use a one-time link, sign out."""

from typing import Annotated, Any

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from relance.core.kernel.errors import RelanceError
from relance.http.access import deed, page
from relance.http.dependencies import Fields
from relance.http.i18n.words import words_of
from relance.http.kept_forms import Pairs, pairs_of
from relance.http.sessions import cookie_of, ended_cookie, is_readable_by_others, session_cookie
from relance.http.templating import Show
from relance.usecases.tenancy.open_link import OpenLink
from relance.usecases.tenancy.opening import Opened
from relance.usecases.tenancy.sign_in import Credentials, SignIn
from relance.usecases.tenancy.sign_out import SignOut

AnyRequest = Request[Any, Any, Any]


@page("/login", needs="public")
def login(
    request: AnyRequest, show: NamedDependency[Show], back: Annotated[str, QueryParameter(name="next")] = ""
) -> Response[str]:
    """The form."""
    if show.who is not None:
        return show.go(_inside(back) or f"/t/{show.who.tenant.code}/agenda")
    clear = is_readable_by_others(request)
    return show("sign_in/login.html", email="", next=_inside(back), kept="", problem="", clear=clear)


@deed("/login", needs="entry")
def enter(
    request: AnyRequest, fields: NamedDependency[Fields], show: NamedDependency[Show], sign_in: NamedDependency[SignIn]
) -> Response[str]:
    """Check the password; where it opens several tenants, ask which."""
    wanted, email = _inside(fields.text("next")), fields.text("email")
    credentials = Credentials(email=email, password=fields.text("password"), address=_address(request))
    try:
        found = sign_in(credentials)
    except RelanceError as refused:  # the form is shown again with what was typed
        return show(
            "sign_in/login.html",
            status=refused.status,
            email=email,
            next=wanted,
            kept=fields.raw("kept") or "",
            problem=words_of(refused.code),
            clear=is_readable_by_others(request),
        )
    if found.opened is None:
        return show("sign_in/choose.html", choices=found.choices)
    pairs = pairs_of(fields.raw("kept") or "")
    if pairs and wanted:
        return _offered(request, show, found.opened, wanted, pairs)
    return _entered(request, show, found.opened, wanted)


@page("/login/link/{word:str}", needs="public")
def link(word: FromPath[str], show: NamedDependency[Show]) -> Response[str]:
    """Shows a button only: programs that follow links in mails must not use the link up."""
    return show("sign_in/link.html", word=word)


@deed("/login/link/{word:str}", needs="entry")
def use_link(
    request: AnyRequest, word: FromPath[str], show: NamedDependency[Show], open_link: NamedDependency[OpenLink]
) -> Response[str]:
    """Uses the link up."""
    return _entered(request, show, open_link(word), "")


@deed("/logout", needs="public")
def leave(request: AnyRequest, show: NamedDependency[Show], sign_out: NamedDependency[SignOut]) -> Response[str]:
    """Ends the session here and on the server."""
    sign_out(cookie_of(request))
    answer = show.go("/login")
    answer.cookies.append(ended_cookie(request))
    return answer


def _entered(request: AnyRequest, show: Show, opened: Opened, wanted: str) -> Response[str]:
    answer = show.go(wanted or f"/t/{opened.tenant_code}/agenda")
    answer.cookies.append(session_cookie(request, opened.cookie))
    return answer


def _offered(request: AnyRequest, show: Show, opened: Opened, wanted: str, pairs: Pairs) -> Response[str]:
    """What was typed before the session ended, to be sent now by the one who signed in."""
    answer = show("sign_in/again.html", action=wanted, pairs=pairs, csrf=opened.csrf_token)
    answer.cookies.append(session_cookie(request, opened.cookie))
    return answer


def _inside(path: str) -> str:
    """The path when it leads to one of our own pages."""
    return path if path.startswith("/t/") or path == "/me" else ""


def _address(request: AnyRequest) -> str:
    return request.client.host if request.client else "unknown"


HANDLERS = [login, enter, link, use_link, leave]
