"""Who may call: a bearer key, and the scope that each address declares. What declares none is closed."""

import json
from collections.abc import Callable
from typing import Any

from anyio import to_thread
from litestar import Request, delete, get, patch, post
from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from relance.core.kernel.errors import BadInput, NotFound
from relance.core.tenancy.keys import KeyRefused, Scope, require_scope
from relance.usecases.tenancy.open_with_key import Caller

OPEN_WITH_KEY = "open_with_key"
_DEEPEST = 20
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


class ScopeUndeclared(NotFound):
    """A handler without a scope: our own mistake, and closed."""


async def admit_key(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """The guard of the API: who calls, and whether the key was given this address's scope."""
    scope: Scope | None = handler.opt.get("scope")
    if scope is None:
        raise ScopeUndeclared("nothing here")
    word, _, text = connection.headers.get("authorization", "").partition(" ")
    if word.lower() != "bearer":
        raise KeyRefused("send an API key as Authorization: Bearer rl_...")
    opened: Callable[[str], Caller] = connection.app.state[OPEN_WITH_KEY]()
    caller = await to_thread.run_sync(opened, text.strip())
    require_scope(caller.scopes, scope)
    connection.state["caller"] = caller


def caller_of(request: Request[Any, Any, Any]) -> Caller:
    """The program that the guard let in."""
    caller: Caller = request.state["caller"]
    return caller


async def refuse_ambiguous_json(request: Request[Any, Any, Any]) -> None:
    """A body with the same key twice, or deeper than any request of ours, is refused before it is read (T5)."""
    if not request.headers.get("content-type", "").startswith("application/json"):
        return
    body = await request.body()
    if not body:
        return
    if _depth(body) > _DEEPEST:
        raise BadInput(f"the JSON is nested deeper than {_DEEPEST}")
    try:
        json.loads(body, object_pairs_hook=_once)
    except ValueError as bad:
        raise BadInput(f"the body is no JSON: {bad}") from bad


def reading(path: str, scope: Scope = "read", **options: Any) -> Callable[..., Any]:
    """A handler that answers and changes nothing."""
    return get(path, opt={"needs": "open", "scope": scope}, sync_to_thread=True, **options)


def doing(path: str, scope: Scope, **options: Any) -> Callable[..., Any]:
    """A handler that creates or sends."""
    return post(path, opt={"needs": "open", "scope": scope}, sync_to_thread=True, **options)


def editing(path: str, scope: Scope, **options: Any) -> Callable[..., Any]:
    """A handler that changes what is there."""
    return patch(path, opt={"needs": "open", "scope": scope}, sync_to_thread=True, **options)


def removing(path: str, scope: Scope, **options: Any) -> Callable[..., Any]:
    """A handler that takes something away; asking twice is harmless, the second finds nothing."""
    return delete(path, opt={"needs": "open", "scope": scope}, sync_to_thread=True, **options)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) < len(pairs):
        raise BadInput("the JSON has the same key twice in one object")
    return dict(pairs)


def _depth(body: bytes) -> int:
    """How deep brackets nest, counted without reading the values; brackets in texts count too, and that is fine."""
    deepest = now = 0
    for byte in body.translate(None, delete=_NO_BRACKETS):
        now += 1 if byte in b"[{" else -1
        deepest = max(deepest, now)
    return deepest
