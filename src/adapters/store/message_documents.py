"""Documents of messages: kept once as the message is frozen, beside its words, put back where it is read whole."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, delete

from relance.adapters.store.appending import run_each
from relance.adapters.store.tables.collection import message_documents, messages
from relance.adapters.store.upsert import upsert
from relance.core.kernel.identifiers import TenantId
from relance.ports.channels import Attachment, Message
from relance.ports.store.delivery import FrozenMessage

KEY = ("tenant_id", "action_id", "generation", "channel")
WITH_DOCUMENTS = messages.outerjoin(
    message_documents, and_(*(messages.c[name] == message_documents.c[name] for name in KEY))
)


def keep_documents(connection: Connection, tenant: TenantId, frozen: Sequence[FrozenMessage]) -> None:
    """Keep them in place of those that were kept before for the same generation."""
    rows = [_row(tenant, one, content) for one in frozen if (content := _inside(one.message))]
    without = [one for one in frozen if not _inside(one.message)]
    for generation in {one.generation for one in without}:
        theirs = [one.action for one in without if one.generation == generation]
        of = message_documents.c
        these = (of.tenant_id == tenant, of.generation == generation, of.action_id.in_(theirs))
        connection.execute(delete(message_documents).where(*these))
    if rows:
        run_each(connection, upsert(connection, message_documents, KEY), rows)


def without_documents(message: Message) -> Message:
    """The message with the length of each document in place of its bytes."""
    if not any(one.content for one in message.attachments):
        return message
    return msgspec.structs.replace(message, attachments=tuple(map(_measured, message.attachments)))


def with_documents(message: Message, content: bytes | None) -> Message:
    """The message as it was frozen. One that was kept before documents were kept apart has its own with it."""
    if not content:
        return message
    at, whole = 0, []
    for one in message.attachments:
        if one.ref or one.content:
            whole.append(one)
            continue
        whole.append(msgspec.structs.replace(one, content=content[at : at + one.length], length=0))
        at += one.length
    return msgspec.structs.replace(message, attachments=tuple(whole))


def forget_unsent(connection: Connection, tenant: TenantId, actions: str) -> None:
    """Forget messages that never left, and their documents; `actions` are numbers, or a query for them."""
    unsent = f"tenant_id = {int(tenant)} and sent_raw is null and action_id in ({actions})"
    connection.exec_driver_sql(
        f"delete from message_documents where tenant_id = {int(tenant)} and (action_id, generation, channel) in "
        f"(select action_id, generation, channel from messages where {unsent})"
    )
    connection.exec_driver_sql(f"delete from messages where {unsent}")


def _inside(message: Message) -> bytes:
    return b"".join(one.content for one in message.attachments if not one.ref)


def _measured(one: Attachment) -> Attachment:
    return one if one.ref else msgspec.structs.replace(one, content=b"", length=len(one.content))


def _row(tenant: TenantId, one: FrozenMessage, content: bytes) -> dict[str, Any]:
    values = (tenant, one.action, one.generation, one.channel)
    return dict(zip(KEY, values, strict=True)) | {"content": content}
