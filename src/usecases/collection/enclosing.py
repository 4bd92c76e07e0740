"""Copies travel by reference until the last moment: the archive has their bytes once, whoever they are sent to."""

import hashlib
from base64 import b64encode

import msgspec

from relance.core.kernel.errors import NotFound, RelanceError
from relance.core.kernel.identifiers import TenantId
from relance.ports.archive import Archive
from relance.ports.channels import Attachment, Message

_COLUMNS = 76


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


def without_copies(raw: str, message: Message) -> str:
    """What was handed over, with the name of each copy in place of its bytes: they are in the archive for ever."""
    for one in message.attachments:
        if one.ref:
            raw = raw.replace(_coded(one.content), _mark(one))
    return raw


def with_copies(archive: Archive | None, tenant: TenantId, raw: str, message: Message) -> str:
    """What was handed over, byte for byte."""
    for one in message.attachments:
        if one.ref and _mark(one) in raw:
            raw = raw.replace(_mark(one), _coded(opened(archive, tenant, one).content))
    return raw


def _mark(one: Attachment) -> str:
    return f"[relance-archive sha256 {one.ref}]"


def _coded(content: bytes) -> str:
    """As channels write documents: base64 in lines of 76 columns."""
    coded = b64encode(content).decode("ascii")
    return "\r\n".join(coded[at : at + _COLUMNS] for at in range(0, len(coded), _COLUMNS))
