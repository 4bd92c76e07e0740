"""Who may hand in the feed: a key's id and secret as HTTP Basic, as the ERPs' scripts send them."""

import base64
import binascii
from collections.abc import Callable
from typing import Any

from anyio import to_thread
from litestar import Request, Response
from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from relance.core.tenancy.keys import KeyRefused, Scope, require_scope
from relance.http.api.access import ScopeUndeclared
from relance.http.problems import on_refusal
from relance.http.security import ForeignForm
from relance.usecases.tenancy.known_callers import Caller
from relance.usecases.tenancy.open_with_id import IdAndSecret

OPEN_WITH_ID = "open_with_id"
_ASK = 'Basic realm="Relance feed", charset="UTF-8"'


async def admit_basic(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """The guard of the feed. A browser keeps such credentials, so a request from another site's page is refused."""
    scope: Scope | None = handler.opt.get("scope")
    if scope is None:
        raise ScopeUndeclared("nothing here")
    if connection.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
        raise ForeignForm("this was sent from another site")
    sent = _sent(connection.headers.get("authorization", ""))
    opened: Callable[[IdAndSecret], Caller] = connection.app.state[OPEN_WITH_ID]()
    caller = await to_thread.run_sync(opened, sent)
    require_scope(caller.scopes, scope)
    connection.state["caller"] = caller


def ask_again(request: Request[Any, Any, Any], error: KeyRefused) -> Response[Any]:
    """The refusal, with the header that says how to come in."""
    answer = on_refusal(request, error)
    answer.headers["www-authenticate"] = _ASK
    return answer


def _sent(header: str) -> IdAndSecret:
    word, _, text = header.partition(" ")
    if word.lower() != "basic":
        raise KeyRefused("send a key's id and secret as HTTP Basic")
    try:
        plain = base64.b64decode(text.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError) as torn:
        raise KeyRefused("this is no API key") from torn
    key, _, secret = plain.partition(":")
    return IdAndSecret(key=key.strip(), secret=secret.strip())
