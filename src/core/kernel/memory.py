"""The cyclic garbage collector, told to wait, or what to leave alone."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_WARMING = 20
"""So many full collections after the start: by then what is made once, such as statements, is made."""


def settle() -> None:
    """What lives as long as the process is not looked through again: call it once all is imported and built.

    A full collection would else stop a request for a tenth of a second now and then, to find nothing. What is made and
    kept by the first requests goes the same way.
    """
    gc.collect()
    gc.freeze()
    left = _WARMING

    def leave_alone(phase: str, about: dict[str, int]) -> None:
        nonlocal left
        if phase == "stop" and about["generation"] == 2:
            gc.freeze()
            left -= 1
            if not left:
                gc.callbacks.remove(leave_alone)

    gc.callbacks.append(leave_alone)


@contextmanager
def uncollected() -> Iterator[None]:
    """Let no collection run meanwhile: where a million small values are made and kept, looking for cycles is a fifth
    of the time and finds none. Also a decorator. What else runs in the process goes without it too, for some seconds.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
