"""Reports of delivery (RFC 3464) and complaints (RFC 5965), read with the standard library."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message

from relance.adapters.mail.answers import answer_of
from relance.core.collection.answers import Answer
from relance.core.collection.bounces import Returned, kind_of
from relance.core.kernel.addresses import is_mailbox

LARGEST = 1_000_000
_MOST_PARTS, _LONGEST_WORDS = 200, 500
_COMPLAINTS = frozenset({"abuse", "fraud", "opt-out"})


class MimeReports:
    """Only the machine-readable parts count: prose of mail servers is believed nothing."""

    def read(self, content: bytes) -> tuple[Returned, ...]:
        """What the letter reports, each address once; nothing for any other letter."""
        letter = message_from_bytes(content[:LARGEST], policy=policy.compat32)
        found: dict[str, Returned] = {}
        try:
            for one in _reported(letter):
                found.setdefault(one.address.lower(), one)
        except (ValueError, LookupError, TypeError, AttributeError):  # torn on purpose or by the way: no report
            return ()
        return tuple(found.values())

    def answer(self, content: bytes) -> Answer | None:
        """What a person wrote in it; None for anything else, also where it is torn."""
        try:
            return answer_of(message_from_bytes(content[:LARGEST], policy=policy.compat32))
        except (ValueError, LookupError, TypeError, AttributeError):  # torn on purpose or by the way: no answer
            return None


def _reported(letter: Message) -> Iterator[Returned]:
    for count, part in enumerate(letter.walk()):
        if count > _MOST_PARTS:
            return
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            for block in _blocks(part):
                yield from _status(block)
        elif kind == "message/feedback-report":
            for block in _blocks(part):
                yield from _complaint(block)


def _blocks(part: Message) -> list[Message]:
    """The groups of fields; a feedback report is one group that may come as plain text."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return [one for one in payload if isinstance(one, Message)]
    return [message_from_bytes(str(payload).encode("utf-8", "replace"), policy=policy.compat32)]


def _status(block: Message) -> Iterator[Returned]:
    address = _mailbox(block, "Original-Recipient") or _mailbox(block, "Final-Recipient")
    kind = kind_of(_words(block, "Status"), _words(block, "Action").lower())
    if address and kind:
        said = _words(block, "Diagnostic-Code").partition(";")[2].strip() or _words(block, "Diagnostic-Code")
        yield Returned(address=address, kind=kind, status=_words(block, "Status")[:20], said=said)


def _complaint(block: Message) -> Iterator[Returned]:
    address = _mailbox(block, "Original-Rcpt-To")
    if address and _words(block, "Feedback-Type").lower() in _COMPLAINTS:
        yield Returned(address=address, kind="complaint", said=_words(block, "Feedback-Type"))


def _mailbox(block: Message, name: str) -> str:
    """`rfc822; someone@example.com`, or the bare address."""
    text = _words(block, name)
    address = (text.partition(";")[2] or text).strip(" <>")
    return address if is_mailbox(address) else ""


def _words(block: Message, name: str) -> str:
    """One field on one line, without what could end a line elsewhere."""
    text = " ".join(str(block.get(name, "")).split())
    return "".join(char for char in text if char.isprintable())[:_LONGEST_WORDS]
