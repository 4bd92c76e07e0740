"""A workbook opened in a process of its own, which is ended when it takes too much memory or time."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import polars as pl

from relance.plugins import BadInput
from relance.plugins.importers.workbooks.container import Sort
from relance.plugins.importers.workbooks.grids import Grid

LEAST_MEMORY = 400 << 20
MOST_MEMORY = 1 << 30
_MEMORY_A_BYTE = 20
SECONDS = 120.0
_PAUSE = 0.01
_CHILD = "relance.plugins.importers.workbooks.child"
_PASSED_ON = ("PATH", "PYTHONPATH", "LANG", "SYSTEMROOT", "TMPDIR", "TEMP")
"""The child sees no secret of the environment."""


class WatchedBook:
    """The sheets of a workbook, read elsewhere."""

    def __init__(self, process: "subprocess.Popen[str]", watch: "_Watch") -> None:
        self._process, self._watch = process, watch

    def heads(self) -> Sequence[Grid]:
        """All sheets, of a large .xlsx only their first rows."""
        return self._asked("head")

    def whole(self, sheet: str) -> Grid:
        """One sheet."""
        return self._asked(f"sheet {sheet}")[0]

    def _asked(self, command: str) -> list[Grid]:
        question, answers = _pipes(self._process)
        try:
            question.write(json.dumps(command) + "\n")
            question.flush()
            line = answers.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise BadInput(self._watch.why or "the workbook is damaged in a way that cannot be read; save it again")
        told = json.loads(line)
        if isinstance(told, str):
            raise BadInput(told)
        return [Grid(one["name"], one["hidden"], pl.read_ipc(one["file"])) for one in told]


@contextmanager
def watched(file: Path, sort: Sort) -> Iterator[WatchedBook]:
    """A book for as long as the block lasts."""
    with TemporaryDirectory(prefix="relance-book-") as folder:
        process = subprocess.Popen(  # noqa: S603 - our own module, with the paths that we made
            [sys.executable, "-m", _CHILD, str(file.absolute()), folder, sort],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ} | {"POLARS_MAX_THREADS": "2"},
        )
        watch = _Watch(process, min(MOST_MEMORY, LEAST_MEMORY + _MEMORY_A_BYTE * file.stat().st_size))
        try:
            yield WatchedBook(process, watch)
        finally:
            watch.end()


class _Watch(threading.Thread):
    """Looks at the child's memory and at the time."""

    def __init__(self, process: "subprocess.Popen[str]", most_memory: int) -> None:
        super().__init__(daemon=True)
        self._process, self._most = process, most_memory
        self._over = threading.Event()
        self.why = ""
        self.start()

    def run(self) -> None:
        """Until the child has ended or must be ended."""
        until = time.monotonic() + SECONDS
        while not self._over.wait(_PAUSE) and self._process.poll() is None:
            if _memory_of(self._process.pid) > self._most:
                self._stop_child(f"the workbook needs more than {self._most >> 20} MB of memory to be opened")
            elif time.monotonic() > until:
                self._stop_child(f"the workbook takes more than {SECONDS:.0f} seconds to be opened")

    def end(self) -> None:
        """The child is not needed any more."""
        self._over.set()
        self._process.kill()
        for pipe in _pipes(self._process):
            _close(pipe)
        self._process.wait()
        self.join()

    def _stop_child(self, why: str) -> None:
        self.why = f"{why}; save the sheet that holds the table as CSV and import that"
        self._process.kill()


def _pipes(process: "subprocess.Popen[str]") -> tuple[IO[str], IO[str]]:
    assert process.stdin and process.stdout
    return process.stdin, process.stdout


def _close(pipe: IO[str]) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        return  # what was still to be written has no reader any more


def _memory_of(pid: int) -> int:
    """Resident bytes, where the system tells them; elsewhere only the time is watched."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
