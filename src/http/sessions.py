"""The session cookie: `__Host-` and Secure wherever the address is encrypted, a plain name on this machine only."""

from typing import Any

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie

SECURE_NAME, LOCAL_NAME = "__Host-relance", "relance"
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def is_local(connection: ASGIConnection[Any, Any, Any, Any]) -> bool:
    """Whether the page is served without encryption to this machine itself."""
    return connection.url.scheme == "http" and connection.url.hostname in _LOOPBACK


def is_readable_by_others(connection: ASGIConnection[Any, Any, Any, Any]) -> bool:
    """Whether passwords would travel in clear: no browser keeps our cookie there."""
    return connection.url.scheme == "http" and not is_local(connection)


def cookie_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """What the browser holds, or nothing."""
    return connection.cookies.get(_name(connection), "")


def session_cookie(connection: ASGIConnection[Any, Any, Any, Any], value: str) -> Cookie:
    """The cookie of a session that was just opened; it ends with the browser, and on the server by itself."""
    return Cookie(
        key=_name(connection),
        value=value,
        path="/",
        secure=not is_local(connection),
        httponly=True,
        samesite="lax",
    )


def ended_cookie(connection: ASGIConnection[Any, Any, Any, Any]) -> Cookie:
    """Takes the cookie back."""
    return Cookie(
        key=_name(connection),
        value="",
        max_age=0,
        path="/",
        secure=not is_local(connection),
        httponly=True,
        samesite="lax",
    )


def _name(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    return LOCAL_NAME if is_local(connection) else SECURE_NAME
