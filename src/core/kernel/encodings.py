"""Words and documents as they travel by mail: lines of ASCII of at most 76 columns, always the same for the same."""

import binascii
import struct
from base64 import b64encode
from functools import lru_cache

COLUMNS, BYTES = 76, 57
"""Of a line in base64."""
_LINES, _TEXTS = 2048, 256
"""Lines of words that are remembered as they are written: messages of a template have most of them in common. And
whole texts: what is sent is compared with what was frozen when its answer comes."""


@lru_cache(maxsize=_TEXTS)
def quoted_printable(words: str) -> bytes:
    """Words in UTF-8 as quoted-printable; lines end with CRLF whatever they ended with before."""
    if "\r" in words:
        words = words.replace("\r\n", "\n").replace("\r", "\n")
    return b"".join(map(_quoted, words.strip("\n").encode("utf-8").split(b"\n")))


def base64_lines(content: bytes) -> bytes:
    """A document in base64; it has hundreds of lines."""
    coded = b64encode(content)
    whole = len(coded) - len(coded) % COLUMNS
    lines = [line for (line,) in struct.iter_unpack(f"{COLUMNS}s", coded[:whole])]
    return b"\r\n".join([*lines, coded[whole:]] if coded[whole:] else lines)


@lru_cache(maxsize=_LINES)
def _quoted(line: bytes) -> bytes:
    return binascii.b2a_qp(line + b"\n", istext=True).replace(b"\n", b"\r\n")
