"""Answers of people, read with the standard library: plain words only, and nothing that a machine wrote (T20)."""

import hashlib
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from html.parser import HTMLParser

from relance.core.collection.answers import Answer, own_words
from relance.core.kernel.addresses import is_mailbox

_MOST_PARTS, _LONGEST_SUBJECT, _LONGEST_TEXT = 200, 200, 100_000
_BY_MACHINES = frozenset({"bulk", "junk", "list", "auto_reply"})
_SILENT = frozenset({"script", "style", "head", "title"})


def answer_of(letter: Message) -> Answer | None:
    """What a person wrote; None for what answers by itself, has no sender, or says nothing."""
    sender = parseaddr(str(letter.get("From", "")))[1]
    if not is_mailbox(sender) or _is_automatic(letter):
        return None
    text, documents = _parts(letter)
    said = own_words(text)
    if not said and not documents:
        return None
    name = str(letter.get("Message-ID", "")) or f"{sender} {letter.get('Date', '')} {said}"
    return Answer(
        event="reply:" + hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:40],
        sender=sender,
        subject=_line(letter.get("Subject", "")),
        text=said,
        documents=documents,
    )


def _is_automatic(letter: Message) -> bool:
    """Out of office, lists, bounces: never taken for a person's answer."""
    automatic = str(letter.get("Auto-Submitted", "no")).split(";")[0].strip().lower() not in {"no", ""}
    precedence = str(letter.get("Precedence", "")).strip().lower() in _BY_MACHINES
    nobody = str(letter.get("Return-Path", "<x>")).strip() == "<>"
    told = any(letter.get(name) for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress", "List-Id"))
    return automatic or precedence or nobody or told


def _parts(letter: Message) -> tuple[str, int]:
    """The first text, plain where there is one, and how many documents there are; those are not kept."""
    plain, html, documents = "", "", 0
    for count, part in enumerate(letter.walk()):
        if count > _MOST_PARTS:
            break
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        if part.get_filename() or part.get_content_disposition() == "attachment" or not kind.startswith("text/"):
            documents += 1
        elif kind == "text/plain":
            plain = plain or _text(part)
        elif kind == "text/html":
            html = html or _text(part)
    return plain or _without_tags(html), documents


def _text(part: Message) -> str:
    raw = part.get_payload(decode=True)
    content = raw if isinstance(raw, bytes) else b""
    try:
        text = content.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        text = content.decode("utf-8", "replace")
    return "".join(char for char in text[:_LONGEST_TEXT] if char.isprintable() or char in "\n\r\t")


def _line(value: object) -> str:
    try:
        text = str(make_header(decode_header(str(value))))
    except (ValueError, LookupError, UnicodeError):
        text = str(value)
    return "".join(char for char in " ".join(text.split()) if char.isprintable())[:_LONGEST_SUBJECT]


class _Words(HTMLParser):
    """Text between tags; blocks end a line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._silent += tag in _SILENT
        if tag in {"br", "p", "div", "tr", "blockquote", "li"}:
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(data)


def _without_tags(html: str) -> str:
    words = _Words()
    words.feed(html)
    return "\n".join(" ".join(line.split()) for line in "".join(words.said).split("\n"))
