"""What handlers may ask for by name: the verbs of the house, who is here, the form's fields, and `show`."""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from inspect import signature
from typing import Any

import msgspec
from litestar import Request
from litestar.datastructures import FormMultiDict, UploadFile
from litestar.di import Provide
from litestar.types import ControllerRouterHandler

from relance.core.kernel.errors import BadInput
from relance.http.access import WEB, SignInNeeded
from relance.http.templating import Show
from relance.usecases.tenancy.resume_session import SignedIn

Apart = Callable[[Sequence[ControllerRouterHandler]], list[ControllerRouterHandler]]
"""Gives handlers what each of them asks for."""
ASKED_BY_ALL = ("answers", "clock")
"""What other dependencies ask for, and not handlers alone."""


class Web(msgspec.Struct, frozen=True, kw_only=True):
    """What the web needs beside the verbs' own dependencies."""

    resume_session: Callable[[], Callable[[str], SignedIn | None]]
    count_agenda: Callable[[], Callable[..., int]]
    outbox: bool = False
    fenced: Callable[[], str] = lambda: ""


class Fields:
    """The fields of the form that was sent."""

    def __init__(self, form: FormMultiDict) -> None:
        self._form = form

    def text(self, name: str, default: str = "") -> str:
        """One field, without blanks around it."""
        value = self._form.get(name, default)
        return value.strip() if isinstance(value, str) else default

    def raw(self, name: str) -> str | None:
        """One field exactly as it came; None where the form does not have it."""
        value = self._form.get(name)
        return value if isinstance(value, str) else None

    def names(self) -> list[str]:
        """The names of all fields, each once."""
        return list(dict.fromkeys(self._form.keys()))

    def texts(self, name: str) -> list[str]:
        """Every value of a field."""
        return [value.strip() for value in self._form.getall(name, []) if isinstance(value, str)]

    def number(self, name: str) -> int:
        """A whole number; raises BadInput."""
        return _whole(name, self.text(name))

    def numbers(self, name: str) -> list[int]:
        """Every whole number of a field; raises BadInput."""
        return [_whole(name, value) for value in self.texts(name)]

    def upload(self, name: str) -> UploadFile | None:
        """A file that was sent; None when none was chosen."""
        value = self._form.get(name)
        return value if isinstance(value, UploadFile) and value.filename else None


def offer(make: Callable[[], Any]) -> Provide:
    """Litestar reads signatures and a provider has none, so lend it a function."""

    def provide() -> Any:
        return make()

    return Provide(provide, sync_to_thread=False)


def with_verbs(offered: Mapping[str, Callable[[], Any]]) -> Apart:
    """Give each handler the verbs that it asks for and no others.

    Litestar compares all that a handler is offered pair by pair, and would do so for every address of the web.
    """
    makers = {name: offer(make) for name, make in offered.items()}

    def apart(handlers: Sequence[ControllerRouterHandler]) -> list[ControllerRouterHandler]:
        return [_alone(handler, makers) for handler in handlers]

    return apart


def _alone(handler: Any, makers: Mapping[str, Provide]) -> Any:
    own = [maker.dependency for maker in (handler.dependencies or {}).values() if isinstance(maker, Provide)]
    asked = {name for function in (handler.fn, *own) for name in signature(function).parameters}
    alone = copy(handler)  # the register of pages stays as it is
    alone.dependencies = (handler.dependencies or {}) | {one: makers[one] for one in asked & makers.keys()}
    return alone


def _who(request: Request[Any, Any, Any]) -> SignedIn:
    who = request.state.get("who")
    if who is None:
        raise SignInNeeded("please sign in")
    found: SignedIn = who
    return found


def _visitor(request: Request[Any, Any, Any]) -> SignedIn | None:
    found: SignedIn | None = request.state.get("who")
    return found


def _fields(request: Request[Any, Any, Any]) -> Fields:
    return Fields(request.state.get("form") or FormMultiDict())


def _show(request: Request[Any, Any, Any]) -> Show:
    web: Web = request.app.state[WEB]
    return Show(request, request.state.get("who"), web.count_agenda, web.outbox, web.fenced)


def edge_dependencies() -> dict[str, Provide]:
    """The names every handler may ask for: `who`, `visitor`, `fields`, `show`."""
    makers = {"who": _who, "visitor": _visitor, "fields": _fields, "show": _show}
    return {name: Provide(make, sync_to_thread=False) for name, make in makers.items()}


def _whole(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise BadInput(f"{name}: {text!r} is not a whole number")
    return int(text)
