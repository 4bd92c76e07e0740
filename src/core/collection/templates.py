"""Message templates: a subject and a body in one language, filled with plain data; and all that they can say."""

import hashlib
import re
from datetime import datetime

import msgspec

from relance.core.kernel.errors import BadInput

NAMES: tuple[str, ...] = (
    "company.name",
    "company.country",
    "company.city",
    "company.phone",
    "customer.code",
    "customer.name",
    "contact.name",
    "collector.name",
    "collector.email",
    "count",
    "total",
    "oldest_due",
    "last_due",
    "days_late",
    "days_late_form",
    "penalty_rate",
    "today",
)
"""Every name that a text can use between double braces or in a condition; public."""
BLOCKS: tuple[str, ...] = (
    "items",
    "items-interest",
    "overdue",
    "overdue-interest",
    "not-due",
    "also-due",
    "interest",
    "bank",
)
"""Every block that a paragraph of its own can be, in square brackets; public."""
_CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LONGEST_CODE = 40


class Template(msgspec.Struct, frozen=True):
    """One text of a step in one language (BCP 47 tag). One without a subject is the text of an SMS."""

    code: str
    language: str
    subject: str
    body: str

    @property
    def is_short(self) -> bool:
        """Whether it is the text of an SMS: plain words, no blocks, nothing around them."""
        return not self.subject.strip()


class TextVersion(msgspec.Struct, frozen=True, kw_only=True):
    """A text as it was published; numbers count from 1 in each text and language. `at` is None for the supplied one."""

    version: int
    author: str
    at: datetime | None
    subject: str
    body: str


class TextDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A text that is being written; nothing is sent from it."""

    text: Template
    author: str
    at: datetime


def fingerprint(text: Template) -> str:
    """The same for the same words: who saves shows which words were seen, so that nobody writes over another's."""
    return hashlib.sha256(f"{text.subject}\n{text.body}".encode()).hexdigest()[:16]


def checked_template_code(code: str) -> str:
    """The code itself; raises BadInput for one that is not small letters, digits and single hyphens."""
    if len(code) > _LONGEST_CODE or not _CODE.fullmatch(code):
        raise BadInput(f"template: small letters, digits and hyphens, at most {_LONGEST_CODE}, not {code!r}")
    return code
