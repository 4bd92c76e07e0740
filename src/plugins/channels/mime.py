"""A finished message as the bytes that travel: ASCII, CRLF, text first, then HTML; always the same bytes."""

import hashlib
import re
from base64 import b64encode
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from urllib.parse import quote

from relance.plugins import Address, Attachment, BadInput, Message, base64_lines, is_mailbox, quoted_printable

_LINE = "\r\n"
_PLAIN = re.compile(r"[ !-<>-~]*\Z")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]")
_WORD_BYTES = 42
_LONGEST_NAME = 1000
Pieces = tuple[bytes, ...]
"""Of a part: all of a message is put together once."""


class BadMessage(BadInput):
    """A header that would not stay one header, or an address that is not one mailbox."""

    code = "bad-message"


def mime(message: Message) -> bytes:
    """The message as RFC 5322 bytes; raises BadMessage rather than let a value become a header (T19)."""
    head = [f"{name}: {value}" for name, value in _headers(message) if value]
    bodies = _multipart("alternative", message, [_part("plain", message.text), _part("html", message.html)])
    if message.attachments:
        bodies = _multipart("mixed", message, [bodies, *map(_attached, message.attachments)])
    return b"".join([_LINE.join(head).encode("ascii"), b"\r\n", *bodies])


def _multipart(kind: str, message: Message, parts: list[Pieces]) -> Pieces:
    """Parts behind one another; the boundary of a message is always the same."""
    inner = "" if kind == "alternative" else kind
    boundary = "=_" + hashlib.sha256((inner + message.message_id).encode()).hexdigest()[:32]
    head = f'Content-Type: multipart/{kind};\r\n boundary="{boundary}"\r\n\r\n'.encode("ascii")
    mark = f"--{boundary}".encode()
    written = (piece for part in parts for piece in (mark, b"\r\n", *part, b"\r\n"))
    return (head, *written, mark, b"--\r\n")


def _attached(attachment: Attachment) -> Pieces:
    """A document in base64; a name that is not plain ASCII is written as RFC 2231 says."""
    _refuse_control(attachment.name)
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", attachment.name)
    named = f'filename="{plain}"' if plain == attachment.name else f"filename*=utf-8''{quote(attachment.name, safe='')}"
    head = (
        f'Content-Type: {_token(attachment.media_type)}; name="{plain}"',
        "Content-Transfer-Encoding: base64",
        f"Content-Disposition: attachment; {named}",
    )
    return ((_LINE.join(head) + _LINE * 2).encode("ascii"), base64_lines(attachment.content))


def _headers(message: Message) -> list[tuple[str, str]]:
    return [
        ("From", _address(message.sender)),
        ("To", _addresses(message.to)),
        ("Cc", _addresses(message.cc)),
        ("Reply-To", _answers(message)),
        ("Subject", _text(message.subject)),
        ("Date", _moment(message.date.replace(microsecond=0)) if message.date else ""),
        ("Message-ID", _token(message.message_id)),
        ("In-Reply-To", _token(message.follows[-1]) if message.follows else ""),
        ("References", "\r\n ".join(map(_token, message.follows))),
        ("MIME-Version", "1.0"),
        ("X-Relance-Action", _token(message.action)),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
        ("Content-Language", _token(message.language)),
    ]


@lru_cache(maxsize=8)
def _moment(second: datetime) -> str:
    """Many messages leave in one second."""
    return format_datetime(second)


def _answers(message: Message) -> str:
    """Where answers go, if not just to the sender: to a person, and to the mailbox that knows which message it was."""
    if not message.answers_to:
        return _address(message.reply_to) if message.reply_to else ""
    return _addresses((message.reply_to or message.sender, Address("", message.answers_to)))


def _part(kind: str, content: str) -> Pieces:
    """One part as quoted-printable."""
    head = f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    return (head.encode("ascii"), quoted_printable(content))


def _addresses(addresses: tuple[Address, ...]) -> str:
    return ",\r\n ".join(map(_address, addresses))


def _address(address: Address) -> str:
    if not is_mailbox(address.email):
        raise BadMessage(f"{address.email!r} is not one mailbox")
    if not address.name:
        return address.email
    return f"{_phrase(address.name)} <{address.email}>"


def _phrase(name: str) -> str:
    """A display name: quoted where it is ASCII, else encoded words."""
    _refuse_control(name)
    if len(name) > _LONGEST_NAME:
        raise BadMessage(f"a name of {len(name)} characters is none")
    if not _PLAIN.match(name) or len(name) > 60:
        return _words(name)
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _text(value: str) -> str:
    _refuse_control(value)
    return value if _PLAIN.match(value) and len(value) <= 60 else _words(value)


def _words(value: str) -> str:
    """Encoded words (RFC 2047) of at most 75 characters, cut between characters."""
    coded, chunks = value.encode("utf-8"), []
    while len(coded) > _WORD_BYTES:
        end = next(at for at in range(_WORD_BYTES, 0, -1) if coded[at] & 0xC0 != 0x80)
        chunks.append(coded[:end])
        coded = coded[end:]
    return "\r\n ".join(f"=?utf-8?B?{b64encode(part).decode()}?=" for part in (*chunks, coded))


def _token(value: str) -> str:
    if not value.isascii() or not value.isprintable():
        raise BadMessage(f"{value!r} does not fit in a header")
    return value


def _refuse_control(value: str) -> None:
    if _CONTROL.search(value):
        raise BadMessage(f"{value!r} has line breaks or control characters")
