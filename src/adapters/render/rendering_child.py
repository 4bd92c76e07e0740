"""The child that renders: messages come in by its input, words go out by its output, and it can do little else.

It has no secret in its environment, writes no file, opens few, and ends with its parent, when its input does.
"""

import os
import resource
import signal
import struct
import sys
import time
from pathlib import Path

import msgspec

from relance.adapters.render.filling import rendered
from relance.core.collection.composing import Content
from relance.core.collection.templates import Template
from relance.ports.render import Rendered, TemplateBroken

SECONDS = 2
"""Of the processor, for one batch (T7)."""
LONGEST = 4 << 20
"""Characters of one message's words."""
HEAD = struct.Struct("!Q")
_FILES = 32
_wanted = msgspec.msgpack.Decoder(list[tuple[Template, Content]])


def main(memory: int) -> None:
    """Render until the input ends; `memory` is how many bytes more than now it may ever have."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    source, words = sys.stdin.buffer, sys.stdout.buffer
    _limit_all(memory)
    while head := source.read(HEAD.size):
        _limit_time()
        wanted = _wanted.decode(source.read(HEAD.unpack(head)[0]))
        answer = msgspec.msgpack.encode([_rendered(template, content) for template, content in wanted])
        words.write(HEAD.pack(len(answer)) + answer)
        words.flush()


def _rendered(template: Template, content: Content) -> Rendered | str:
    """The words of a message, or what is wrong with it."""
    try:
        done = rendered(template, content)
    except TemplateBroken as broken:
        return broken.detail
    except MemoryError:
        raise
    except Exception as fault:  # a fault of ours must not keep the other messages back either
        return f"it cannot be rendered: {type(fault).__name__}: {fault}"[:1000]
    if len(done.subject) + len(done.html) + len(done.text) > LONGEST:
        return f"the message has more than {LONGEST} characters"
    return done


def _limit_all(memory: int) -> None:
    """What no message needs; where the system does not tell the size of a process, its memory has no limit."""
    for what, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_NOFILE, _FILES)):
        resource.setrlimit(what, (most, most))
    size = Path("/proc/self/statm")
    if size.exists():
        most = int(size.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE") + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _limit_time() -> None:
    """The system counts from the birth of the process, so every batch begins with what was used before."""
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + SECONDS + 1, hard))


if __name__ == "__main__":
    main(int(sys.argv[1]))
