"""Lines that a spreadsheet took for one cell each and put into quotes as a whole, with theirs doubled."""

from collections.abc import Iterator

_LEAST = 2


def is_wrapped(text: str) -> bool:
    """Whether every line stands in quotes, and is no cell of its own: within it others are doubled or none is."""
    lines = [line for line in text.split("\n") if line.strip()]
    return len(lines) >= _LEAST and all(_inner(line) is not None for line in lines)


def unwrapped_text(text: str) -> str:
    """A sample without the quotes around its lines."""
    return "\n".join(line if (inner := _inner(line)) is None else inner for line in text.split("\n"))


def unwrapped(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """A file's pieces without the quotes around its lines."""
    rest = b""
    for piece in pieces:
        whole, mark, rest = (rest + piece).rpartition(b"\n")
        if mark:
            yield _bare(whole) + b"\n"
    if rest:
        yield _bare(rest)


def _inner(line: str) -> str | None:
    line = line.rstrip()
    if len(line) < _LEAST or line[0] != '"' or line[-1] != '"':
        return None
    inner = line[1:-1].replace('""', "\0")
    return None if '"' in inner else inner.replace("\0", '"')


def _bare(lines: bytes) -> bytes:
    return unwrapped_text(lines.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
