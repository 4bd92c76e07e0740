"""Documents are kept once: copies in the archive, whoever they are sent to, and others with the frozen message."""

import hashlib
import struct
from base64 import b64encode

import msgspec

from relance.core.kernel.errors import NotFound, RelanceError
from relance.core.kernel.identifiers import TenantId
from relance.ports.archive import Archive
from relance.ports.channels import Attachment, Message

_COLUMNS, _BYTES = 76, 57
"""Of a line in base64."""


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


def without_documents(raw: str, message: Message, content_hash: str) -> str:
    """What was handed over, with a mark in place of the bytes of each document: they are kept for ever elsewhere."""
    for place, one in enumerate(message.attachments):
        at, end = _found(raw, one.content)
        if end:
            raw = raw[:at] + _mark(one, place, content_hash) + raw[end:]
    return raw


def with_documents(archive: Archive | None, tenant: TenantId, raw: str, message: Message, content_hash: str) -> str:
    """What was handed over, byte for byte."""
    for place, one in enumerate(message.attachments):
        mark = _mark(one, place, content_hash)
        if mark in raw:
            raw = raw.replace(mark, _coded(opened(archive, tenant, one).content))
    return raw


def _found(raw: str, content: bytes) -> tuple[int, int]:
    """Where a document stands in it: its first line, and its last one as far behind as it must be. A channel writes
    down what it was given; to encode each document again, only to compare the lines between, would take too long."""
    whole, first = (len(content) - 1) // _BYTES, b64encode(content[:_BYTES]).decode("ascii")
    last = b64encode(content[whole * _BYTES :]).decode("ascii")
    at = raw.find(first) if content else -1
    there = at + whole * (_COLUMNS + 2)
    return (at, there + len(last)) if at >= 0 and raw.startswith(last, there) else (0, 0)


def _mark(one: Attachment, place: int, content_hash: str) -> str:
    """Nobody can have written it: a text does not know its own hash."""
    return f"[relance-archive sha256 {one.ref}]" if one.ref else f"[relance-document {place} of {content_hash}]"


def _coded(content: bytes) -> str:
    """As channels write documents: base64 in lines of 76 columns."""
    coded = b64encode(content)
    whole = len(coded) - len(coded) % _COLUMNS
    lines = [line for (line,) in struct.iter_unpack(f"{_COLUMNS}s", coded[:whole])]
    return b"\r\n".join([*lines, coded[whole:]] if coded[whole:] else lines).decode("ascii")
