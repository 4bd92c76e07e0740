"""A process that has the product loaded already and forks dispatchers: one is ready to be killed within milliseconds.

Loading the product takes longer than sending thirty messages, and the crash matrix starts hundreds of dispatchers.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import traceback
from pathlib import Path
from typing import Any

FILE_BYTES = "file-bytes"
_ROOT = Path(__file__).parents[2]


class Nursery:
    """Forks `relance dispatch` with an environment of its own."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.crash.nursery"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=_ROOT)
        assert self._say({"hello": 1}) == {"ready": True}

    def start(
        self, environment: dict[str, str], arguments: list[str], told: Path, scaled: dict[str, Any] | None = None
    ) -> int:
        """The number of the new process, whose words go to the file `told`.

        `scaled` are constants of the product by the name of a module, or of a package that has such modules, and their
        own; `file-bytes` is how long its files may become.
        """
        words = {"env": environment, "argv": arguments, "told": str(told), "scaled": scaled or {}}
        return int(self._say(words)["pid"])

    def wait(self, pid: int) -> int:
        """Its exit code, as `subprocess` would tell it; one that hangs is killed after four minutes."""
        return int(self._say({"wait": pid})["code"])

    def end(self) -> None:
        """Nothing is forked any more."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()

    def _say(self, words: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(words) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


def _serve() -> None:
    """One word after the other: fork, or wait for what was forked."""
    import relance.main.cli.delivery
    import relance.main.cli.fence
    import relance.main.cli.intake
    import relance.main.container
    import relance.plugins.channels.email
    import relance.usecases.collection.dispatch  # noqa: F401 - loaded once, for all that are forked

    for line in sys.stdin:
        words = json.loads(line)
        if "wait" in words:
            answer = {"code": _waited(int(words["wait"]))}
        elif "env" in words:
            answer = {"pid": _forked(words)}
        else:
            answer = {"ready": True}
        print(json.dumps(answer), flush=True)


def _waited(pid: int) -> int:
    signal.signal(signal.SIGALRM, lambda *_: os.kill(pid, signal.SIGKILL))
    signal.alarm(240)
    _, status = os.waitpid(pid, 0)
    signal.alarm(0)
    return os.waitstatus_to_exitcode(status)


def _forked(words: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 70
    try:
        told = os.open(words["told"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(told, 1)
        os.dup2(told, 2)
        os.environ.update(words["env"])
        _scale(words["scaled"])
        code = _ran(words["argv"])
    except Exception:  # a process of its own would print it too
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)


def _scale(constants: dict[str, Any]) -> None:
    """Shorter waits and smaller disks; a failpoint may also stop the process, for somebody to let it go on."""
    from relance.ports import failpoints

    def stop_once(name: str) -> None:
        failpoints._armed.pop(name)
        os.kill(os.getpid(), signal.SIGSTOP)

    failpoints._deeds["stop"] = stop_once
    for name, value in constants.items():
        if name == FILE_BYTES:
            resource.setrlimit(resource.RLIMIT_FSIZE, (value, value))
            continue
        room, _, constant = name.rpartition(".")
        owners = [one for key, one in sys.modules.items() if key.startswith(room) and hasattr(one, constant)]
        assert owners, name
        for owner in owners:
            setattr(owner, constant, value)


def _ran(arguments: list[str]) -> int:
    from relance.main.cli import main

    try:
        return int(main(arguments) or 0)
    except SystemExit as left:
        return int(left.code or 0)


if __name__ == "__main__":
    _serve()
