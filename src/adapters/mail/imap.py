"""The mailbox of returned mail over IMAP: read only by its flags, never answered, never emptied."""

import imaplib
import ssl
from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import Message
from email.utils import getaddresses
from urllib.parse import unquote, urlsplit

import msgspec

from relance.core.kernel.errors import BadInput, RelanceError
from relance.ports.mailbox import Letter

_TAKEN = 300_000
"""Bytes of a letter that are fetched: a report stands at its beginning, whatever it carries along."""
_ENVELOPE = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
_SECONDS = 30


class MailboxClosed(RelanceError):
    """The mailbox cannot be looked into now."""

    code = "mailbox-closed"


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where the mailbox is: `imaps://user:password@host/FOLDER`; `imap` is for this machine only."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    tls: bool


def place_of(address: str) -> Place:
    """The parts of an address; raises BadInput."""
    parts = urlsplit(address)
    local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if parts.scheme not in {"imap", "imaps"} or not parts.hostname or (parts.scheme == "imap" and not local):
        raise BadInput("RELANCE_MAILBOX: write imaps://user:password@host/INBOX")
    return Place(
        host=parts.hostname,
        port=parts.port or (993 if parts.scheme == "imaps" else 143),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        tls=parts.scheme == "imaps",
    )


class ImapMailbox:
    """One connection that is opened when first asked for and given back after each look."""

    def __init__(self, place: Place, tls: ssl.SSLContext | None = None) -> None:
        self._place, self._tls = place, tls
        self._open: imaplib.IMAP4 | None = None

    def unread(self, limit: int) -> Sequence[Letter]:
        """The oldest letters without the flag; raises MailboxClosed."""
        try:
            server = self._server()
            _, found = server.uid("SEARCH", "UNSEEN")
            keys = (found[0] or b"").split()[:limit]
            return [letter for key in keys if (letter := self._letter(server, key.decode()))]
        except (imaplib.IMAP4.error, OSError) as trouble:
            self.close()
            raise MailboxClosed(f"the mailbox of returned mail: {trouble}") from trouble

    def done(self, keys: Sequence[str]) -> None:
        """Flagged as seen."""
        if not keys:
            return
        try:
            self._server().uid("STORE", ",".join(keys), "+FLAGS", "(\\Seen)")
        except (imaplib.IMAP4.error, OSError) as trouble:
            self.close()
            raise MailboxClosed(f"the mailbox of returned mail: {trouble}") from trouble

    def close(self) -> None:
        """Say goodbye; a connection that is gone already is no trouble."""
        server, self._open = self._open, None
        if server is None:
            return
        try:
            server.logout()
        except (imaplib.IMAP4.error, OSError):
            server.shutdown()

    def _server(self) -> imaplib.IMAP4:
        if self._open is None:
            place = self._place
            made: imaplib.IMAP4 = (
                imaplib.IMAP4_SSL(
                    place.host, place.port, ssl_context=self._tls or ssl.create_default_context(), timeout=_SECONDS
                )
                if place.tls
                else imaplib.IMAP4(place.host, place.port, timeout=_SECONDS)
            )
            made.login(place.user, place.password)
            made.select(f'"{place.folder}"')
            self._open = made
        return self._open

    def _letter(self, server: imaplib.IMAP4, key: str) -> Letter | None:
        _, parts = server.uid("FETCH", key, f"(BODY.PEEK[]<0.{_TAKEN}>)")
        content = next((part[1] for part in parts if isinstance(part, tuple)), None)
        if content is None:
            return None
        return Letter(key=key, recipients=recipients_of(content), content=content)


def recipients_of(content: bytes) -> tuple[str, ...]:
    """To whom the servers on the way say the letter was delivered; `To` last."""
    head: Message = message_from_bytes(content.partition(b"\r\n\r\n")[0] + b"\r\n\r\n", policy=policy.compat32)
    values = [str(value) for name in _ENVELOPE for value in head.get_all(name, [])]
    return tuple(dict.fromkeys(address for _, address in getaddresses(values) if address))
