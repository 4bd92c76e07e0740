"""One relay: an SMTP transaction a message, and the exact answer to its final dot."""

import re
import ssl
from collections.abc import Awaitable, Callable
from typing import Any, Literal

import aiosmtplib
import msgspec

from relance.plugins import BadInput, Message, Outcome, failpoint
from relance.plugins.channels.dkim import signed
from relance.plugins.channels.final_reply import FinalReply
from relance.plugins.channels.mime import BadMessage, mime
from relance.plugins.channels.peers import is_loopback, trouble_words

_STARTTLS_PORTS = (25, 587)
_DOT_FIRST = re.compile(rb"\n\.")
"""Looked for first: where there is none, nothing is copied."""
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
        self._idle: list[aiosmtplib.SMTP] = []

    async def carry(self, message: Message, about_to_send: Callable[[], Awaitable[bool]]) -> Outcome:
        """One transaction; see the port for the promise."""
        try:
            body = mime(message)
            body = signed(body, message.signature) if message.signature else body
            client, warnings = await self._envelope(message)
        except BadMessage as bad:
            return Outcome(kind="refused", reason=bad.code, reply=bad.detail)
        except _Stopped as stopped:
            return stopped.outcome
        return await self._body(client, body, warnings, about_to_send)

    async def close(self) -> None:
        """Say goodbye on every idle connection."""
        while self._idle:
            client = self._idle.pop()
            try:
                await client.quit(timeout=5)
            except (aiosmtplib.SMTPException, OSError):
                client.close()

    async def _envelope(self, message: Message) -> tuple[aiosmtplib.SMTP, tuple[str, ...]]:
        """Up to the 354. A kept connection that has gone stale is replaced once: it took nothing."""
        while self._idle:
            client = self._idle.pop()
            try:
                return client, await self._offer(client, message)
            except _Stopped as stopped:
                if stopped.outcome.reason != "connection":
                    raise
        client = await self._connect()
        return client, await self._offer(client, message)

    async def _connect(self) -> aiosmtplib.SMTP:
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
        except (aiosmtplib.SMTPException, OSError, ValueError) as trouble:
            client.close()
            raise _Stopped(_before_body(trouble)) from trouble
        if relay.tls == "none" and not is_loopback(client.get_transport_info("peername")[0]):
            client.close()
            raise _Stopped(Outcome(kind="refused", reason="tls", reply="the relay is not on this machine"))
        failpoint("smtp.connected")
        return client

    async def _offer(self, client: aiosmtplib.SMTP, message: Message) -> tuple[str, ...]:
        """MAIL, RCPT, DATA; on any no the connection is left clean or closed, and the reason goes up."""
        try:
            await self._expect(client, b"MAIL", b"FROM:<" + message.mail_from.encode("ascii") + b">")
            warnings = await self._recipients(client, message)
            failpoint("smtp.rcpt")
            await self._expect(client, b"DATA", good=354)
        except (aiosmtplib.SMTPException, OSError, ValueError) as trouble:
            await self._give_back(client, rset=isinstance(trouble, aiosmtplib.SMTPResponseException))
            raise _Stopped(_before_body(trouble)) from trouble
        return warnings

    async def _recipients(self, client: aiosmtplib.SMTP, message: Message) -> tuple[str, ...]:
        """Offer every address; one To that is taken is enough, the rest are warnings (T19)."""
        refused: list[aiosmtplib.SMTPResponseException] = []
        warnings, taken = [], 0
        for address in message.to + message.cc:
            try:
                await self._expect(client, b"RCPT", b"TO:<" + address.email.encode("ascii") + b">")
                taken += address in message.to
            except aiosmtplib.SMTPResponseException as no:
                warnings.append(f"recipient-refused {address.email} {no.code} {no.message}")
                if address in message.to:
                    refused.append(no)
        if not taken:
            raise next((no for no in refused if no.code < 500), refused[0])
        return tuple(warnings)

    async def _body(
        self,
        client: aiosmtplib.SMTP,
        body: bytes,
        warnings: tuple[str, ...],
        about_to_send: Callable[[], Awaitable[bool]],
    ) -> Outcome:
        """After 354: commit, write, wait. Nothing but an exact reply is an answer."""
        transport: Any = client.transport
        if transport is None:
            return Outcome(kind="retry-later", reason="connection", reply="the connection was lost before the body")
        reply = FinalReply(client.protocol)
        transport.set_protocol(reply)
        if not await about_to_send():
            client.close()
            return Outcome(kind="retry-later", reason="withdrawn")
        if reply.disturbed or transport.is_closing():
            client.close()
            return Outcome(kind="retry-later", reason="connection", reply="the connection was lost before the body")
        transport.write(_stuffed(body) + b".\r\n")
        failpoint("data.sent")
        await reply.wait(self._relay.final_seconds)
        failpoint("reply.read")
        outcome = _after_body(reply, warnings, body)
        if reply.code and reply.clean and not transport.is_closing():
            transport.set_protocol(client.protocol)
            self._idle.append(client)
        else:
            client.close()
        return outcome

    async def _expect(self, client: aiosmtplib.SMTP, *words: bytes, good: int = 250) -> None:
        answer = await client.execute_command(*words)
        if answer.code != good and not (good == 250 and answer.code == 251):
            raise aiosmtplib.SMTPResponseException(answer.code, answer.message)

    async def _give_back(self, client: aiosmtplib.SMTP, rset: bool) -> None:
        """Keep the connection if RSET leaves it clean."""
        if rset and client.is_connected:
            try:
                await client.rset()
                self._idle.append(client)
                return
            except (aiosmtplib.SMTPException, OSError):
                pass  # closed below: a connection that cannot be reset is of no use
        client.close()


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
    if not body.startswith(b".") and not _DOT_FIRST.search(body):
        return body
    return (b"." if body.startswith(b".") else b"") + body.replace(b"\n.", b"\n..")


def _is_tls(trouble: BaseException) -> bool:
    """STARTTLS not offered or refused, or a certificate that does not verify (matrix, row 9)."""
    chain: BaseException | None = trouble
    while chain is not None:
        if isinstance(chain, ssl.SSLError | ssl.CertificateError):
            return True
        chain = chain.__cause__ or chain.__context__
    return isinstance(trouble, aiosmtplib.SMTPException) and "STARTTLS" in str(trouble).upper()


def _after_body(reply: FinalReply, warnings: tuple[str, ...], body: bytes) -> Outcome:
    raw = body.decode("ascii")
    if reply.code == 250:
        return Outcome(kind="accepted", reply=reply.text, warnings=warnings, raw=raw)
    if reply.code is not None and 400 <= reply.code <= 499:
        return Outcome(kind="retry-later", reason="relay-busy", reply=reply.text, warnings=warnings)
    if reply.code is not None and 500 <= reply.code <= 599:
        return Outcome(kind="refused", reason="refused-by-relay", reply=reply.text, warnings=warnings)
    return Outcome(kind="unknown", reason="no-clear-answer", reply=reply.text, warnings=warnings, raw=raw)
