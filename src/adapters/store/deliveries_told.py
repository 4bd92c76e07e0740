"""What belongs to messages besides their actions: their words, the answers of the other side, what people said."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Text, select, tuple_, type_coerce

from relance.adapters.store.delivery_messages import frozen_of
from relance.adapters.store.message_documents import WITH_DOCUMENTS
from relance.adapters.store.tables.collection import attempts, message_documents, messages
from relance.adapters.store.tables.qualification import timeline
from relance.core.kernel.identifiers import TenantId
from relance.ports.store.deliveries import DeliveryFile, DeliveryLine, KeptMessage, Remark
from relance.ports.store.delivery import Attempt

_CHUNK = 400
_BY_PROGRAM = "worker"


class _Reached(msgspec.Struct):
    email: str = ""
    phone: str = ""
    lines: tuple[str, ...] = ()


class _Head(msgspec.Struct):
    """What the list reads of a message; its attachments are passed over."""

    to: tuple[_Reached, ...] = ()
    subject: str = ""
    language: str = ""


class _Content(msgspec.Struct):
    message: _Head


_HEAD = msgspec.json.Decoder(_Content)


class Told:
    """Reads for one tenant."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def completed(self, lines: Sequence[DeliveryLine]) -> list[DeliveryLine]:
        """The lines with recipients, subject, the last answer, and who said what became of it."""
        found: list[DeliveryLine] = []
        for start in range(0, len(lines), _CHUNK):
            some = lines[start : start + _CHUNK]
            heads, answers, evidence = self._heads(some), self._answers(some), self._evidence(some)
            for line in some:
                head, reply = heads.get(line.action, (_Head(), ""))
                found.append(
                    msgspec.structs.replace(
                        line,
                        to=tuple(one.email or one.phone or ", ".join(one.lines) for one in head.to),
                        subject=head.subject,
                        language=head.language,
                        said=reply or answers.get(line.action, ""),
                        evidence=evidence.get(line.action, ""),
                    )
                )
        return found

    def file(self, line: DeliveryLine) -> DeliveryFile:
        """Everything of one message, the newest first."""
        [complete] = self.completed([line])
        return DeliveryFile(
            line=complete,
            messages=tuple(self._kept(line)),
            attempts=tuple(self._attempts(line)),
            remarks=tuple(self._remarks(line)),
        )

    def _heads(self, lines: Sequence[DeliveryLine]) -> dict[int, tuple[_Head, str]]:
        query = select(messages.c.action_id, type_coerce(messages.c.content, Text), messages.c.relay_reply).where(
            messages.c.tenant_id == self._tenant,
            tuple_(messages.c.action_id, messages.c.generation).in_([(one.action, one.generation) for one in lines]),
        )
        rows = self._connection.execute(query)
        return {action: (_HEAD.decode(content).message, reply or "") for action, content, reply in rows}

    def _answers(self, lines: Sequence[DeliveryLine]) -> dict[int, str]:
        """What the last attempt met."""
        tried = [(one.action, one.attempts) for one in lines if one.attempts]
        query = select(attempts.c.action_id, attempts.c.detail).where(
            attempts.c.tenant_id == self._tenant, tuple_(attempts.c.action_id, attempts.c.number).in_(tried)
        )
        return {row[0]: row[1] for row in self._connection.execute(query)} if tried else {}

    def _evidence(self, lines: Sequence[DeliveryLine]) -> dict[int, str]:
        """Who said that a message was sent, and how they knew."""
        sent = {one.action: one.customer for one in lines if one.state == "sent"}
        query = (
            select(timeline.c.action_id, timeline.c.author, timeline.c.detail)
            .where(
                timeline.c.tenant_id == self._tenant,
                timeline.c.customer_id.in_(sorted(set(sent.values()))),
                timeline.c.action_id.in_(list(sent)),
                timeline.c.kind == "message-sent",
                timeline.c.author != _BY_PROGRAM,
            )
            .order_by(timeline.c.entry_id)
        )
        rows: Iterable[Any] = self._connection.execute(query) if sent else ()
        return {action: f"{author}: {detail.get('reason', '')}" for action, author, detail in rows}

    def _kept(self, line: DeliveryLine) -> list[KeptMessage]:
        query = (
            select(messages.c.action_id, messages.c.generation, messages.c.channel, messages.c.content)
            .add_columns(messages.c.content_hash, message_documents.c.content.label("documents"))
            .add_columns(messages.c.frozen_at, messages.c.sent_raw, messages.c.relay_reply)
            .add_columns(messages.c.tracking, messages.c.cost)
            .select_from(WITH_DOCUMENTS)
            .where(messages.c.tenant_id == self._tenant, messages.c.action_id == line.action)
            .order_by(messages.c.generation.desc(), messages.c.channel)
        )
        return [_kept(row) for row in self._connection.execute(query)]

    def _attempts(self, line: DeliveryLine) -> list[Attempt]:
        query = (
            select(attempts)
            .where(attempts.c.tenant_id == self._tenant, attempts.c.action_id == line.action)
            .order_by(attempts.c.number.desc())
        )
        return [
            Attempt(
                action=row.action_id,
                number=row.number,
                generation=row.generation,
                at=row.at,
                outcome=row.outcome,
                detail=row.detail,
            )
            for row in self._connection.execute(query)
        ]

    def _remarks(self, line: DeliveryLine) -> list[Remark]:
        query = (
            select(timeline.c.at, timeline.c.kind, timeline.c.author, timeline.c.detail)
            .where(
                timeline.c.tenant_id == self._tenant,
                timeline.c.customer_id == line.customer,
                timeline.c.action_id == line.action,
            )
            .order_by(timeline.c.entry_id.desc())
        )
        return [
            Remark(at=at, kind=kind, author=author, detail=detail) for at, kind, author, detail in self._rows(query)
        ]

    def _rows(self, query: Any) -> Any:
        return self._connection.execute(query)


def _kept(row: Any) -> KeptMessage:
    *frozen, frozen_at, raw, reply, tracking, cost = row
    return KeptMessage(
        frozen=frozen_of(frozen), frozen_at=frozen_at, raw=raw, reply=reply, tracking=tracking, cost=cost
    )
