"""Email addresses: exactly one plain mailbox, or a refusal. Nothing is guessed out of a longer text (T19)."""

import re

from relance.core.kernel.errors import BadInput

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_MAILBOX = re.compile(rf"{_LOCAL}@{_LABEL}(?:\.{_LABEL})+")


def is_mailbox(text: str) -> bool:
    """Whether the text is one ASCII mailbox with a domain, and nothing else; 254 characters at most (RFC 5321)."""
    return len(text) <= 254 and text.find("@") <= 64 and _MAILBOX.fullmatch(text) is not None


def checked_mailbox(text: str) -> str:
    """The mailbox without blanks around it; raises BadInput."""
    mailbox = text.strip()
    if not is_mailbox(mailbox):
        raise BadInput(f"{text!r} is not an email address: write it like ann@company.example")
    return mailbox
