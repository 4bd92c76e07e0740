"""Named places where a test may kill or break the process; nothing happens unless RELANCE_ENV=test names them."""

import os
import signal
from collections.abc import Callable

_armed: dict[str, str] = {}


class FailpointError(RuntimeError):
    """The error of an armed failpoint."""


def arm(plan: str) -> None:
    """Arm `name=kill`, `name=stop` or `name=error`, several by commas. Called once, by main, in tests only."""
    _armed.clear()
    for part in filter(None, (piece.strip() for piece in plan.split(","))):
        name, _, deed = part.partition("=")
        _armed[name] = deed


def failpoint(name: str) -> None:
    """Do what the test armed for this name: die at once, or raise FailpointError. Usually nothing."""
    if _armed:
        _deeds.get(_armed.get(name, ""), _nothing)(name)


def armed() -> bool:
    """Whether any failpoint is armed."""
    return bool(_armed)


def _die(_name: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _stand_still(_name: str) -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


def _break(name: str) -> None:
    raise FailpointError(name)


def _nothing(_name: str) -> None:
    pass


_deeds: dict[str, Callable[[str], None]] = {"kill": _die, "stop": _stand_still, "error": _break}
