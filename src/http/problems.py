"""Errors become answers here and nowhere else: a page for people, RFC 9457 for programs and htmx."""

import logging
from typing import Any
from urllib.parse import quote, urlsplit

import msgspec
from litestar import Request, Response
from litestar.enums import MediaType
from litestar.exceptions import HTTPException

from relance.core.kernel.errors import RelanceError
from relance.http.access import WEB
from relance.http.i18n.refusals import refusal_words
from relance.http.i18n.speech import speak, wanted
from relance.http.i18n.words import WORDS, words_of
from relance.http.kept_forms import kept_of
from relance.http.sessions import is_readable_by_others
from relance.http.templating import Show

_LOG = logging.getLogger("relance.web")
_BY_STATUS = {404: "not-found", 405: "method-not-allowed", 413: "too-large", 403: "not-allowed", 401: "sign-in-needed"}
_OWN_WORDS = frozenset({"bad-input", "conflict", "refused", "render"})
"""Codes whose detail says more than the code's words."""
_TOLD = frozenset((404, 409, 422))
"""Statuses of refusals that name a thing of the request."""


def on_refusal(request: Request[Any, Any, Any], error: RelanceError) -> Response[Any]:
    """An expected refusal; a program is told which thing it is about, a person in words of their language."""
    _hear(request)
    told = request.url.path.startswith("/api/") and error.status in _TOLD and error.detail != error.code
    known = error.code in WORDS and error.code not in _OWN_WORDS and not told
    said = error.detail if told else refusal_words(error.detail)
    return _answer(request, error.status, error.code, words_of(error.code) if known else said)


def on_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    """What the framework refuses: unknown addresses, wrong methods, bodies too large, bad parameters."""
    if error.status_code >= 500:
        return on_surprise(request, error)
    _hear(request)
    code = _BY_STATUS.get(error.status_code, "bad-input")
    return _answer(request, error.status_code, code, words_of(code) if code in WORDS else _said(error))


def _said(error: HTTPException) -> str:
    """The framework's sentence, or what it found wrong with each field of the request."""
    found = [one for one in error.extra if isinstance(one, dict)] if isinstance(error.extra, list) else []
    each = [": ".join(filter(None, (one.get("key", ""), one.get("message", "")))) for one in found]
    return "; ".join(filter(None, each)) or error.detail


def on_surprise(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Our own fault: noted in full for us, in one sentence for the person."""
    _hear(request)
    if isinstance(error, OverflowError) and "SQLite" in str(error):
        return _answer(request, 404, "not-found", words_of("not-found"))  # a number too large to name anything
    _LOG.error("unexpected error at %s %s", request.method, request.url.path, exc_info=error)
    return _answer(request, 500, "unexpected", words_of("unexpected"))


HANDLERS: Any = {RelanceError: on_refusal, HTTPException: on_http, Exception: on_surprise}


def _answer(request: Request[Any, Any, Any], status: int, code: str, detail: str) -> Response[Any]:
    htmx = request.headers.get("hx-request") == "true"
    if request.url.path.startswith("/api/") or htmx:
        return _problem(request, status, code, detail, htmx)
    if status == 401 and request.method == "GET":
        return _lead(_sign_in(request.url.path, request.url.query))
    if code == "sign-in-needed" and "form" in request.state:
        return _keep(request)
    if status == 405 and request.method == "GET" and request.url.path.startswith(("/t/", "/me/")):
        return _lead(request.url.path.rstrip("/").rpartition("/")[0] or "/")  # a deed's address, opened again: its page
    return _page(request, status, code, detail)


def _lead(path: str) -> Response[Any]:
    return Response("", status_code=303, headers={"location": path}, media_type=MediaType.HTML)


def _problem(request: Request[Any, Any, Any], status: int, code: str, detail: str, htmx: bool) -> Response[Any]:
    body = {"type": f"urn:relance:problem:{code}", "title": code, "status": status, "detail": detail}
    headers = {}
    if htmx and status == 401 and request.method == "GET":  # a form stays where it is: what was typed is in it
        here = urlsplit(request.headers.get("hx-current-url", ""))
        headers["HX-Redirect"] = _sign_in(here.path, here.query)
    return Response(
        msgspec.json.encode(body), status_code=status, headers=headers, media_type="application/problem+json"
    )


def _keep(request: Request[Any, Any, Any]) -> Response[Any]:
    """The sign-in page, with what was typed inside: the session ended while a form was filled."""
    show, kept = _stranger(request), kept_of(request.state["form"])
    return show(
        "sign_in/login.html",
        status=401,
        email="",
        next=request.url.path,
        kept=kept,
        problem="",
        clear=is_readable_by_others(request),
    )


def _page(request: Request[Any, Any, Any], status: int, code: str, detail: str) -> Response[Any]:
    return _stranger(request)("problem.html", status=status, code=code, detail=detail, number=status)


def _hear(request: Request[Any, Any, Any]) -> None:
    """Where nobody is known yet the browser says the language, before the first word is chosen."""
    if request.scope.get("state", {}).get("who") is None and not request.url.path.startswith("/api/"):
        speak(wanted(request.headers.get("accept-language", "")) or "en")


def _stranger(request: Request[Any, Any, Any]) -> Show:
    who = request.scope.get("state", {}).get("who")
    web = request.app.state[WEB]
    return Show(request, who, web.count_agenda, web.outbox)


def _sign_in(path: str, query: str) -> str:
    """The sign-in page, which leads back to where one was, filters included."""
    if path in {"", "/", "/login"}:
        return "/login"
    return f"/login?next={quote(path + ('?' + query if query else ''), safe='/')}"
