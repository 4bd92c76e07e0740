"""Answers to an SMS as Twilio brings them: whether it is really Twilio that speaks, and who said what."""

from collections.abc import Mapping

from relance.plugins import Reply
from relance.plugins.channels.sms_reports import is_signed

_LONGEST = 1600


def reply_of(token: str, url: str, fields: Mapping[str, str], signature: str) -> Reply | None:
    """The answer; None for one whose signature is not that of the whole address and all its fields (T6)."""
    if not is_signed(token, url, fields, signature):
        return None
    sid, number = fields.get("MessageSid", ""), fields.get("From", "").strip()
    if not sid or not (number.startswith("+") and number[1:].isascii() and number[1:].isdigit() and len(number) < 17):
        return None
    return Reply(
        event=f"{sid}:reply"[:100],
        number=number,
        text=fields.get("Body", "")[:_LONGEST],
        stops=fields.get("OptOutType", "").upper() == "STOP",
    )
