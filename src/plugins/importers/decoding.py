"""A file as UTF-8 with plain line ends, piece by piece; where only ASCII was seen the first other byte decides."""

import codecs
from collections.abc import Iterator
from typing import IO

from relance.plugins import BadInput
from relance.plugins.importers.encodings import encoding_of, odd_lines

PIECE = 1 << 23
"""Bytes read at a time; memory follows the piece and not the file."""
_AS_THEY_ARE = ("ascii", "utf-8")
_LINE = 1 << 16
"""How far a piece goes on to its line's end."""
_EVIDENCE = 1 << 18
_DOUBTFUL = 50


def pieces_of(opened: IO[bytes], encoding: str) -> Iterator[bytes]:
    """The file from its beginning. UTF-8 is not checked here, as polars does, but by `decoded` where it does not."""
    for data in _plain_ends(_utf8_of(opened, encoding)):
        if b"\0" in data:
            raise BadInput("the file holds NUL bytes: it is no text; export it again as delimited text")
        yield data


def decoded(data: bytes, first_line: int, above: bytes = b"") -> str:
    """A piece as text; raises BadInput with the line of a byte that is no character. `above` begins at the line."""
    try:
        return data.decode()
    except UnicodeDecodeError as bad:
        line = first_line + above.count(b"\n") + data[: bad.start].count(b"\n")
        raise _undecodable(bad, line, "utf-8") from bad


def _utf8_of(opened: IO[bytes], encoding: str) -> Iterator[bytes]:
    decoder = _decoder(encoding)
    if encoding == "utf-8" and opened.read(3) != codecs.BOM_UTF8:
        opened.seek(0)
    while data := _lines(opened):
        if encoding == "ascii" and not data.isascii():
            encoding = _later(data, opened)
            decoder = _decoder(encoding)
        if decoder is None:
            yield data
            continue
        try:
            yield decoder.decode(data).encode()
        except UnicodeDecodeError as bad:
            raise _undecodable(bad, _line_of(opened, data, bad), encoding) from bad
    if decoder is not None:
        yield _finished(decoder, encoding)


def _lines(opened: IO[bytes]) -> bytes:
    """The next piece up to a line's end, which is looked for first: so it is read into its place at once."""
    here = opened.tell()
    opened.seek(here + PIECE)
    more = len(opened.readline(_LINE))
    opened.seek(here)
    return opened.read(PIECE + more)


def _finished(decoder: codecs.IncrementalDecoder, encoding: str) -> bytes:
    try:
        return decoder.decode(b"", final=True).encode()
    except UnicodeDecodeError as bad:
        raise BadInput(f"the file ends within a character of {encoding}: it is cut off") from bad


def _plain_ends(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """CR LF and CR become LF; a CR at the end of a piece waits for what comes behind it."""
    held = b""
    for piece in pieces:
        data = held + piece if held else piece
        held = b""
        if b"\r" in data:
            if data.endswith(b"\r"):
                data, held = data[:-1], b"\r"
            data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        yield data
    if held:
        yield b"\n"


def _decoder(encoding: str) -> codecs.IncrementalDecoder | None:
    return None if encoding in _AS_THEY_ARE else codecs.getincrementaldecoder(encoding)()


def _later(data: bytes, opened: IO[bytes]) -> str:
    """The encoding that the lines beyond ASCII show, from here to the end or until there is evidence enough."""
    here, odd = opened.tell(), b""
    while data and len(odd) < _EVIDENCE:
        odd += odd_lines(data, _EVIDENCE)
        data = opened.read(PIECE)
    opened.seek(here)
    guess = encoding_of(odd, whole=False)
    if guess.confidence < _DOUBTFUL:
        raise BadInput(
            f"the encoding of the characters beyond ASCII is uncertain ({guess.why}); "
            "name it with --option encoding=cp1252 (or another)"
        )
    return guess.value


def _line_of(opened: IO[bytes], data: bytes, bad: UnicodeDecodeError) -> int:
    """Counted again from the file's beginning: bytes that cannot be read are rare."""
    before = opened.tell() - len(data)
    opened.seek(0)
    count = 1 + data[: bad.start].count(b"\n")
    while before > 0 and (piece := opened.read(min(PIECE, before))):
        count += piece.count(b"\n")
        before -= len(piece)
    return count


def _undecodable(bad: UnicodeDecodeError, line: int, encoding: str) -> BadInput:
    byte = bad.object[bad.start]
    return BadInput(
        f"line {line}: the file is not {encoding}: byte 0x{byte:02x} cannot be read; "
        "name the encoding with --option encoding=cp1252 (or another), or export the file again"
    )
