"""A rendering child as its parent sees it: bytes in, bytes out, in time or not at all."""

import os
import selectors
import subprocess
import sys
import time

from relance.adapters.render.rendering_child import HEAD

_CHILD = "relance.adapters.render.rendering_child"
_PASSED_ON = ("PATH", "PYTHONPATH", "LANG")
"""The child sees no secret of the environment."""
_MOST = 512 << 20
"""Bytes of an answer that is believed."""
_READ = 1 << 20


class ChildLost(Exception):
    """The child died, was silent for too long, or said what it cannot mean; it has been ended."""


class Child:
    """A process that is kept warm between batches."""

    def __init__(self, memory: int) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", _CHILD, str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        )
        assert self._process.stdin and self._process.stdout
        self._to, self._from = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._to, False)
        os.set_blocking(self._from, False)

    @property
    def pid(self) -> int:
        """Its number in the system."""
        return self._process.pid

    def ask(self, question: bytes, seconds: float) -> bytes:
        """The answer to a question; raises ChildLost, and then there is no child any more."""
        try:
            return self._exchange(HEAD.pack(len(question)) + question, time.monotonic() + seconds)
        except (OSError, ChildLost) as lost:
            self.end()
            raise ChildLost(str(lost)) from lost

    def end(self) -> None:
        """No more questions."""
        self._process.kill()
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()

    def _exchange(self, question: bytes, until: float) -> bytes:
        left, answer, length = memoryview(question), bytearray(), -1
        with selectors.DefaultSelector() as ready:
            ready.register(self._to, selectors.EVENT_WRITE)
            while left:
                _wait(ready, until)
                left = left[os.write(self._to, left) :]
            ready.unregister(self._to)
            ready.register(self._from, selectors.EVENT_READ)
            while length < 0 or len(answer) < length:
                _wait(ready, until)
                answer += self._heard()
                if length < 0 and len(answer) >= HEAD.size:
                    length = _length(answer)
                    del answer[: HEAD.size]
        return bytes(answer)

    def _heard(self) -> bytes:
        heard = os.read(self._from, _READ)
        if not heard:
            raise ChildLost("it died")
        return heard


def _wait(ready: selectors.BaseSelector, until: float) -> None:
    if not ready.select(max(0.0, until - time.monotonic())):
        raise ChildLost("it was silent for too long")


def _length(answer: bytearray) -> int:
    length: int = HEAD.unpack_from(answer)[0]
    if length > _MOST:
        raise ChildLost("it says too much")
    return length
