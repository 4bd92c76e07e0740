"""The cyclic garbage collector, told to wait."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
