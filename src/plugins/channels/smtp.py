"""One relay: an SMTP transaction a message, and the exact answer to its final dot."""

import ssl
from collections.abc import Awaitable, Callable
from typing import Literal

import aiosmtplib
import msgspec

from relance.plugins import BadInput, Message, Outcome, failpoint
from relance.plugins.channels.dialogue import Dialogue, Reply
from relance.plugins.channels.dkim import signed
from relance.plugins.channels.mime import BadMessage, mime
from relance.plugins.channels.peers import is_loopback, trouble_words

_STARTTLS_PORTS = (25, 587)
_QUIT_SECONDS = 5
_DEFAULT_PORTS = {"required": 465, "starttls": 587, "none": 25}


class Relay(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where mail goes. `tls`: `required` speaks TLS from the first byte (by STARTTLS on ports 25 and 587), `starttls`
    insists on STARTTLS on any port, `none` is for a relay on this machine. Seconds are how long an answer may take.

    `tenants` and `domains` name whose messages it carries, and from which senders' domains; empty: all.
    """

    host: str | None = None
    port: int = 0
    tls: Literal["required", "starttls", "none"] = "required"
    user: str | None = None
    password: str | None = None
    answer_seconds: int = 120
    final_seconds: int = 600
    tenants: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


class _Stopped(Exception):
    """The transaction ended before the body could leave: nothing was delivered, for certain."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.reason)
        self.outcome = outcome


class RelayClient:
    """Carries messages to one relay over a few connections that are kept open."""

    def __init__(self, relay: Relay, tls_context: ssl.SSLContext | None = None) -> None:
        if relay.host and relay.tls == "none" and not is_loopback(relay.host):
            raise BadInput("RELANCE_SMTP_TLS=none is for a relay on this machine only; use starttls or required")
        self._relay, self._tls = relay, tls_context
        self._idle: list[Dialogue] = []

    async def carry(self, message: Message, about_to_send: Callable[[], Awaitable[bool]]) -> Outcome:
        """One transaction; see the port for the promise."""
        try:
            body = mime(message)
            body = signed(body, message.signature) if message.signature else body
            dialogue, warnings = await self._envelope(message)
        except BadMessage as bad:
            return Outcome(kind="refused", reason=bad.code, reply=bad.detail)
        except _Stopped as stopped:
            return stopped.outcome
        return await self._body(dialogue, body, warnings, about_to_send)

    async def close(self) -> None:
        """Say goodbye on every idle connection."""
        while self._idle:
            dialogue = self._idle.pop()
            if not dialogue.disturbed:
                await dialogue.ask([b"QUIT"], _QUIT_SECONDS)
            dialogue.close()

    async def _envelope(self, message: Message) -> tuple[Dialogue, tuple[str, ...]]:
        """Up to the 354. A kept connection that has gone stale is replaced once: it took nothing."""
        while self._idle:
            dialogue = self._idle.pop()
            if dialogue.disturbed:
                dialogue.close()
                continue
            try:
                return dialogue, await self._offer(dialogue, message)
            except _Stopped as stopped:
                if stopped.outcome.reason != "connection":
                    raise
        dialogue = await self._connect()
        return dialogue, await self._offer(dialogue, message)

    async def _connect(self) -> Dialogue:
        relay = self._relay
        port = relay.port or _DEFAULT_PORTS[relay.tls]
        implicit = relay.tls == "required" and port not in _STARTTLS_PORTS
        client = aiosmtplib.SMTP(
            hostname=relay.host,
            port=port,
            use_tls=implicit,
            start_tls=relay.tls != "none" and not implicit,
            username=relay.user,
            password=relay.password,
            local_hostname="localhost",
            timeout=relay.answer_seconds,
            tls_context=self._tls,
        )
        try:
            await client.connect()
            await _greet(client)
        except (aiosmtplib.SMTPException, OSError, ValueError) as trouble:
            client.close()
            raise _Stopped(_before_body(trouble)) from trouble
        if relay.tls == "none" and not is_loopback(client.get_transport_info("peername")[0]):
            client.close()
            raise _Stopped(Outcome(kind="refused", reason="tls", reply="the relay is not on this machine"))
        failpoint("smtp.connected")
        return Dialogue(client)

    async def _offer(self, dialogue: Dialogue, message: Message) -> tuple[str, ...]:
        """MAIL, RCPT, DATA; on any no the connection is left clean or closed, and the reason goes up."""
        seconds = self._relay.answer_seconds
        try:
            asked = [b"MAIL FROM:<" + message.mail_from.encode("ascii") + b">"]
            asked += [b"RCPT TO:<" + one.email.encode("ascii") + b">" for one in message.to + message.cc]
            sender, *recipients = await dialogue.ask(asked, seconds)
            _expect(sender)
            warnings = _recipients(message, recipients)
            failpoint("smtp.rcpt")
            _expect((await dialogue.ask([b"DATA"], seconds))[0], good=(354,))
        except (aiosmtplib.SMTPException, OSError, ValueError) as trouble:
            await self._give_back(dialogue, rset=isinstance(trouble, aiosmtplib.SMTPResponseException))
            raise _Stopped(_before_body(trouble)) from trouble
        return warnings

    async def _body(
        self,
        dialogue: Dialogue,
        body: bytes,
        warnings: tuple[str, ...],
        about_to_send: Callable[[], Awaitable[bool]],
    ) -> Outcome:
        """After 354: commit, write, wait. Nothing but an exact reply is an answer."""
        if not await about_to_send():
            dialogue.close()
            return Outcome(kind="retry-later", reason="withdrawn")
        if dialogue.disturbed:
            dialogue.close()
            return Outcome(kind="retry-later", reason="connection", reply="the connection was lost before the body")
        dialogue.write(_stuffed(body) + b".\r\n")
        failpoint("data.sent")
        reply = await dialogue.reply(self._relay.final_seconds)
        failpoint("reply.read")
        if dialogue.disturbed:
            dialogue.close()
        else:
            self._idle.append(dialogue)
        return _after_body(reply, warnings, body)

    async def _give_back(self, dialogue: Dialogue, rset: bool) -> None:
        """Keep the connection if RSET leaves it clean."""
        if rset and not dialogue.disturbed:
            [reply] = await dialogue.ask([b"RSET"], self._relay.answer_seconds)
            if reply.code == 250 and not dialogue.disturbed:
                self._idle.append(dialogue)
                return
        dialogue.close()


async def _greet(client: aiosmtplib.SMTP) -> None:
    """EHLO, or HELO for a relay that knows no other; where we have signed in it was said already."""
    if not client.is_ehlo_or_helo_needed:
        return
    try:
        await client.ehlo()
    except aiosmtplib.SMTPHeloError:
        await client.helo()


def _expect(reply: Reply, good: tuple[int, ...] = (250, 251)) -> None:
    if reply.code is None:
        raise aiosmtplib.SMTPServerDisconnected(reply.text or "no answer")
    if reply.code not in good:
        said = "\n".join(line[4:] for line in reply.text.splitlines())
        raise aiosmtplib.SMTPResponseException(reply.code, said)


def _recipients(message: Message, replies: list[Reply]) -> tuple[str, ...]:
    """One To that is taken is enough, the rest are warnings (T19)."""
    refused: list[aiosmtplib.SMTPResponseException] = []
    warnings, taken = [], 0
    for place, (address, reply) in enumerate(zip(message.to + message.cc, replies, strict=True)):
        try:
            _expect(reply)
            taken += place < len(message.to)
        except aiosmtplib.SMTPResponseException as no:
            warnings.append(f"recipient-refused {address.email} {no.code} {no.message}")
            if place < len(message.to):
                refused.append(no)
    if not taken:
        raise next((no for no in refused if no.code < 500), refused[0])
    return tuple(warnings)


def _before_body(trouble: Exception) -> Outcome:
    """Nothing was delivered, for certain: 5xx and TLS trouble are final, everything else may pass later."""
    if _is_tls(trouble):
        return Outcome(kind="refused", reason="tls", reply=trouble_words(trouble))
    if isinstance(trouble, aiosmtplib.SMTPResponseException):
        reply = f"{trouble.code} {trouble.message}"
        if trouble.code == 421:
            return Outcome(kind="retry-later", reason="connection", reply=reply)
        if 500 <= trouble.code <= 599:
            return Outcome(kind="refused", reason="refused-by-relay", reply=reply)
        return Outcome(kind="retry-later", reason="relay-busy", reply=reply)
    return Outcome(kind="retry-later", reason="connection", reply=trouble_words(trouble))


def _stuffed(body: bytes) -> bytes:
    """With a second dot before each that begins a line (RFC 5321, 4.5.2); the bytes have CRLF only."""
    if not body.startswith(b".") and b"\n." not in body:
        return body  # nearly always, and then nothing is copied
    return (b"." if body.startswith(b".") else b"") + body.replace(b"\n.", b"\n..")


def _is_tls(trouble: BaseException) -> bool:
    """STARTTLS not offered or refused, or a certificate that does not verify (matrix, row 9)."""
    chain: BaseException | None = trouble
    while chain is not None:
        if isinstance(chain, ssl.SSLError | ssl.CertificateError):
            return True
        chain = chain.__cause__ or chain.__context__
    return isinstance(trouble, aiosmtplib.SMTPException) and "STARTTLS" in str(trouble).upper()


def _after_body(reply: Reply, warnings: tuple[str, ...], body: bytes) -> Outcome:
    raw = body.decode("ascii")
    if reply.code == 250:
        return Outcome(kind="accepted", reply=reply.text, warnings=warnings, raw=raw)
    if reply.code is not None and 400 <= reply.code <= 499:
        return Outcome(kind="retry-later", reason="relay-busy", reply=reply.text, warnings=warnings)
    if reply.code is not None and 500 <= reply.code <= 599:
        return Outcome(kind="refused", reason="refused-by-relay", reply=reply.text, warnings=warnings)
    return Outcome(kind="unknown", reason="no-clear-answer", reply=reply.text, warnings=warnings, raw=raw)
