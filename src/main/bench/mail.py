"""`relance bench mail`: reminders rendered and sent with all their states, beside a bare client with ready messages."""

import asyncio
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec
from sqlalchemy import Engine, select

from relance.adapters.calendars import HolidayCalendars
from relance.adapters.clock import SystemClock
from relance.adapters.render.pool import PooledRenderer
from relance.adapters.store.engine import engine_for
from relance.adapters.store.fence import StateFence
from relance.adapters.store.tables.collection import messages
from relance.adapters.store.work import SqlWork
from relance.adapters.store.workers import workers_for
from relance.core.insight.statements import Statement
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import TenantId
from relance.core.kernel.memory import settle
from relance.main.bench.emptiness import prepare_empty
from relance.main.bench.mail_ledger import found
from relance.main.bench.mail_sink import running_sink
from relance.main.bench.measuring import Taken, beside, in_child
from relance.main.cli.common import answer, json_option
from relance.plugins.channels.email import EmailChannel, Relay
from relance.ports.channels import Message
from relance.ports.store.delivery import FrozenMessage
from relance.usecases.collection.dispatch import Dispatch, Dispatched, DispatchRequest
from relance.usecases.collection.enclosing import handed_over

_SLICE = 500
_CONNECTIONS = 64
"""Of both clients: half of ours write down what they have and what they want while the other half is on the wire."""
_DOCUMENT = b"%PDF-1.7\n" + os.urandom(20_000)
"""As hard to squeeze as a real one."""

_Handed = tuple[bytes, Message]
"""What was handed over, and for whom."""


class _WithDocument(PooledRenderer):
    """Gives every message a ready document of its own: typesetting has a bench of its own, too."""

    def statement(self, statement: Statement, language: str) -> bytes:
        """A PDF of the size of an invoice's copy."""
        return _DOCUMENT + statement.code.encode()


class MailFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What sending took; `ratio` is `seconds` / `limit_seconds`."""

    bench: str = "mail"
    database: str
    messages: int
    seconds: float
    per_second: int
    peak_mb: int
    limit_seconds: float
    ratio: float


@click.command("mail")
@click.option("--items", "count", default=2000, show_default=True, type=click.IntRange(10), help="Messages.")
@click.option("--database", metavar="URL", help="An empty database; without it a temporary SQLite file.")
@click.option("--document/--no-document", default=True, show_default=True, help="A PDF of 20 KB with each message.")
@json_option
def command(count: int, database: str | None, document: bool, as_json: bool) -> None:
    """Send generated reminders, each with its table and a document, to a relay in another process; beside it a bare
    client sends the same bytes.

    Example: relance bench mail --items 2000 --json
    """
    figures = run(count, database, document)
    words = f"{figures.per_second} messages a second, {figures.ratio} times the bare client"
    answer(figures, as_json, lambda: [words])


def run(count: int, database: str | None = None, document: bool = True) -> MailFigures:
    """Measure; the bare client sends the very bytes that the product sent."""
    with tempfile.TemporaryDirectory(prefix="relance-bench-") as folder, running_sink() as port:
        url = database or f"sqlite:///{Path(folder)}/mail.db"
        ours = in_child(_dispatch, url, count, port, document)
        _check(ours, count)
        bare = in_child(_bare, url, port)
        measured = msgspec.to_builtins(beside(ours, bare, count))
        return MailFigures(database=url.partition(":")[0], messages=count, **measured)


def _check(ours: Taken, count: int) -> None:
    if ours.answer != Dispatched(sent=count):
        raise BadInput(f"the bench did not send everything: {ours.answer}")


def _dispatch(url: str, count: int, port: int, document: bool) -> Iterator[Dispatched | None]:
    engine = engine_for(url)
    prepare_empty(engine)
    now = datetime.now(UTC)
    tenant = found(engine, now, count, document)
    channel = EmailChannel(Relay(host="127.0.0.1", port=port, tls="none"))
    tools = (SqlWork(engine), SystemClock(), HolidayCalendars(), _WithDocument())
    with tempfile.TemporaryDirectory(prefix="relance-bench-") as folder:
        dispatch = Dispatch(*tools, workers_for(engine), lambda: [channel], StateFence(engine, Path(folder)))
        request = DispatchRequest(tenants=(tenant,), ignore_windows=True, concurrency=_CONNECTIONS)
        settle()
        yield None
        yield asyncio.run(dispatch(request))
    engine.dispose()


def _bare(url: str, port: int) -> Iterator[int | None]:
    engine = engine_for(url)
    ready = _ready(engine)
    engine.dispose()
    yield None
    yield asyncio.run(_send_all(ready, port))


def _ready(engine: Engine) -> list[_Handed]:
    """What the product handed over, byte for byte."""
    with engine.connect() as connection:
        [tenant] = connection.execute(select(messages.c.tenant_id).distinct()).scalars()
        query = select(messages.c.action_id, messages.c.generation, messages.c.sent_raw)
        raws = {(action, generation): raw for action, generation, raw in connection.execute(query)}
    with SqlWork(engine).reading(tenant) as unit:
        keys = list(raws)
        lots = [unit.delivery.frozen(keys[at : at + _SLICE]) for at in range(0, len(keys), _SLICE)]
    kept = {key: message for lot in lots for key, message in lot.items()}
    return [(_whole(raw, kept[key]), kept[key].message) for key, raw in raws.items()]


def _whole(raw: str, kept: FrozenMessage) -> bytes:
    return handed_over(None, TenantId(0), raw, kept.message, kept.content_hash).encode()


async def _send_all(ready: list[_Handed], port: int) -> int:
    """As many connections as the product's, and nothing but handing over."""
    import aiosmtplib

    async def one(share: list[_Handed]) -> int:
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False) as client:
            for raw, message in share:
                await client.sendmail(message.mail_from, [address.email for address in message.to], raw)
        return len(share)

    return sum(await asyncio.gather(*(one(ready[n::_CONNECTIONS]) for n in range(_CONNECTIONS))))
