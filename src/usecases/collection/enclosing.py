"""Words and documents are kept once: with the frozen message, and copies in the archive, whoever they are sent to."""

import hashlib
from base64 import b64encode

import msgspec

from relance.core.kernel.encodings import BYTES, COLUMNS, base64_lines, quoted_printable
from relance.core.kernel.errors import NotFound, RelanceError
from relance.core.kernel.identifiers import TenantId
from relance.ports.archive import Archive
from relance.ports.channels import Attachment, Message

_HEAD_END = "\r\n\r\n"


class CopyChanged(RelanceError):
    """The archive's file is not what was frozen: it must not leave."""

    code = "copy-changed"


def complete(archive: Archive | None, tenant: TenantId, message: Message) -> Message:
    """The message with the bytes of its copies; raises NotFound or CopyChanged rather than send something else."""
    if not any(one.ref for one in message.attachments):
        return message
    return msgspec.structs.replace(
        message, attachments=tuple(opened(archive, tenant, one) for one in message.attachments)
    )


def kept_of(raw: str, message: Message, content_hash: str) -> str:
    """What was handed over, with a mark in place of the words and documents: the frozen message and the archive have
    them for ever. What stands in it otherwise than mail writes it stays."""
    for place, one in enumerate(message.attachments):
        at, end = _found(raw, one.content)
        if end:
            raw = raw[:at] + _mark(one, place, content_hash) + raw[end:]
    for name, words in _words(message):
        coded = quoted_printable(words).decode("ascii")
        at = raw.find(_HEAD_END + coded[:COLUMNS]) + len(_HEAD_END)
        if at >= len(_HEAD_END) and raw.startswith(coded, at):
            raw = raw[:at] + _named(name, content_hash) + raw[at + len(coded) :]
    return raw


def handed_over(archive: Archive | None, tenant: TenantId, raw: str, message: Message, content_hash: str) -> str:
    """What was handed over, byte for byte."""
    for place, one in enumerate(message.attachments):
        mark = _mark(one, place, content_hash)
        if mark in raw:
            coded = base64_lines(opened(archive, tenant, one).content)
            raw = raw.replace(mark, coded.decode("ascii"))
    for name, words in _words(message):
        raw = raw.replace(_named(name, content_hash), quoted_printable(words).decode("ascii"))
    return raw


def opened(archive: Archive | None, tenant: TenantId, attached: Attachment) -> Attachment:
    """One document with its bytes."""
    if not attached.ref:
        return attached
    if archive is None:
        raise NotFound("there is no archive here")
    content = archive.open(tenant, attached.ref).read_bytes()
    if hashlib.sha256(content).hexdigest() != attached.ref:
        raise CopyChanged(f"{attached.name} is not as it was frozen")
    return msgspec.structs.replace(attached, content=content)


def _words(message: Message) -> tuple[tuple[str, str], ...]:
    return tuple((name, words) for name, words in (("text", message.text), ("html", message.html)) if words)


def _found(raw: str, content: bytes) -> tuple[int, int]:
    """Where a document stands in it: its first line, and its last one as far behind as it must be. A channel writes
    down what it was given; to encode each document again, only to compare the lines between, would take too long."""
    whole, first = (len(content) - 1) // BYTES, b64encode(content[:BYTES]).decode("ascii")
    last = b64encode(content[whole * BYTES :]).decode("ascii")
    at = raw.find(first) if content else -1
    there = at + whole * (COLUMNS + 2)
    return (at, there + len(last)) if at >= 0 and raw.startswith(last, there) else (0, 0)


def _mark(one: Attachment, place: int, content_hash: str) -> str:
    return f"[relance-archive sha256 {one.ref}]" if one.ref else _named(f"document {place}", content_hash)


def _named(what: str, content_hash: str) -> str:
    """Nobody can have written it: a text does not know its own hash."""
    return f"[relance-frozen {what} of {content_hash}]"
