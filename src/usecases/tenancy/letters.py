"""Letters to people of the tenant: who writes, what they say, and what became of them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from relance.core.collection.composing import Mailbox, mailbox_of
from relance.core.collection.references import domain_of
from relance.core.tenancy.users import User
from relance.ports.channels import Address, Message
from relance.ports.postman import Postman
from relance.ports.render import LetterKind, Letters
from relance.ports.work import Unit
from relance.usecases.tenancy.opening import new_token


class Mailed(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a letter: mailed, or the public reason why not."""

    mailed: bool
    reason: str = ""


class Office:
    """Writes letters while a unit is open, and posts them after its commit."""

    def __init__(self, letters: Letters, postman: Postman) -> None:
        self._letters, self._postman = letters, postman

    def write(self, unit: Unit, kind: LetterKind, to: User, names: dict[str, str], until: datetime) -> Message | Mailed:
        """The letter, or why none can leave."""
        absent = self._postman.absent()
        if absent:
            return Mailed(mailed=False, reason=absent)
        tenant, settings = unit.tenancy.tenant(), unit.tenancy.settings()
        sender = mailbox_of(settings.text("sender"))
        if sender is None:
            return Mailed(mailed=False, reason="no-sender")
        said = {"company": tenant.name, "name": to.name, "email": to.email} | names
        last = until.astimezone(ZoneInfo(tenant.timezone)).date()
        language = to.language or tenant.language
        words = self._letters.letter(kind, language, said, last)
        return Message(
            action="0.0",
            message_id=f"<{kind}.{new_token()[:22]}@{domain_of(settings.text('sender'))}>",
            to=(Address(to.name, to.email),),
            sender=_from(sender, tenant.name),
            mail_from=settings.text("bounce-address") or sender.email,
            subject=words.subject,
            html=words.html,
            text=words.text,
            language=language,
        )

    def post(self, letter: Message | Mailed, now: datetime) -> Mailed:
        """Carry what was written."""
        if isinstance(letter, Mailed):
            return letter
        outcome = self._postman.post(msgspec.structs.replace(letter, date=now))
        return Mailed(mailed=outcome.kind == "accepted", reason="" if outcome.kind == "accepted" else outcome.reason)


def _from(sender: Mailbox, company: str) -> Address:
    return Address(sender.name or company, sender.email)
