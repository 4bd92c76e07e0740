"""The lines of a statement in text, whatever alphabet the bank's program uses."""

from pathlib import Path

from relance.plugins import BadInput

LARGEST = 100 << 20
_BANKS = ("utf-8-sig", "cp1252")


def lines_of(file: Path, encoding: str = "") -> list[str]:
    """All lines without their ends; raises BadInput for a file that is too large, empty or not in the encoding said."""
    if file.stat().st_size > LARGEST:
        raise BadInput(f"the statement is larger than {LARGEST >> 20} MB; split it by account or month")
    content = file.read_bytes()
    if not content.strip():
        raise BadInput("the file is empty")
    if b"\0" in content[:4096]:
        raise BadInput("the file holds NUL bytes: it is no statement in text")
    return text_of(content, encoding).replace("\r\n", "\n").replace("\r", "\n").split("\n")


def text_of(content: bytes, encoding: str = "") -> str:
    """The text of a file or of its first bytes."""
    for name in (encoding,) if encoding else _BANKS:
        try:
            return content.decode(name)
        except LookupError as unknown:
            raise BadInput(f"encoding={encoding!r} is unknown; use utf-8, cp1252, cp850 ...") from unknown
        except UnicodeDecodeError as wrong:
            if encoding:
                raise BadInput(f"the file is not {encoding}: byte {wrong.start} cannot be read") from wrong
    return content.decode("latin-1")
