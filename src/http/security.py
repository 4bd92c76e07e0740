"""What every answer says to the browser, and where changing requests may come from."""

import hmac
from typing import Any
from urllib.parse import urlsplit

from litestar import Request
from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

from relance.core.kernel.errors import RelanceError

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "object-src 'none'"
)
MESSAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; "
    "form-action 'none'; base-uri 'none'; sandbox allow-popups allow-popups-to-escape-sandbox"
)
"""For the text of a message, shown in a frame of its own: its styles live, its scripts do not."""

_ALWAYS = {
    "content-security-policy": PAGE_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "cache-control": "no-store",
}


class ForeignForm(RelanceError):
    """A changing request that did not come from our own page of this session."""

    code = "foreign-form"
    status = 403


async def dress(message: Message, scope: Scope) -> None:
    """Add the headers that an answer does not bring itself; also to errors and to addresses that there are not."""
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    for name, value in _ALWAYS.items():
        if name not in headers:
            headers[name] = value
    headers.extend_header_value("vary", "HX-Request")
    if scope.get("scheme") == "https":
        headers["strict-transport-security"] = "max-age=31536000"


def check_origin(request: Request[Any, Any, Any]) -> None:
    """Raise ForeignForm when the browser says that another site sent this."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise ForeignForm("this form was sent from another site")
    origin = request.headers.get("origin")
    if origin and urlsplit(origin).netloc != request.headers.get("host"):
        raise ForeignForm("this form was sent from another site")


def check_token(request: Request[Any, Any, Any], token: str) -> None:
    """Raise ForeignForm unless the session's token came in the form or in the header."""
    given = request.headers.get("x-csrftoken") or str(request.state["form"].get("csrf", ""))
    if not hmac.compare_digest(given.encode(), token.encode()):
        raise ForeignForm("this page is too old; load it again")
