"""Reports that Twilio sends of a message: whether it is really Twilio that speaks, and what it says."""

import hmac
from collections.abc import Mapping
from typing import Literal

from twilio.request_validator import RequestValidator

from relance.plugins import Report
from relance.plugins.channels.posting import cost_of

Fate = Literal["on-its-way", "delivered", "undelivered"]
_FATES: dict[str, Fate] = {
    "delivered": "delivered",
    "read": "delivered",
    "undelivered": "undelivered",
    "failed": "undelivered",
}
"""What Twilio calls an end, and what it means; everything else is on the way."""


def fate_of(status: str) -> Fate:
    """What a status of Twilio's means."""
    return _FATES.get(status, "on-its-way")


def is_signed(token: str, url: str, fields: Mapping[str, str], signature: str) -> bool:
    """Whether Twilio signed exactly this request; in constant time."""
    expected = RequestValidator(token).compute_signature(url, fields)
    return bool(token) and hmac.compare_digest(expected.encode(), signature.encode())


def report_of(token: str, url: str, fields: Mapping[str, str], signature: str) -> Report | None:
    """The report; None for one whose signature is not that of the whole address and all its fields (T6)."""
    if not is_signed(token, url, fields, signature):
        return None
    sid, status = fields.get("MessageSid", ""), fields.get("MessageStatus", "")
    if not sid or not status:
        return None
    code = fields.get("ErrorCode", "")
    return Report(
        event=f"{sid}:{status}"[:100],
        status=fate_of(status),
        reference=sid[:64],
        detail=" ".join(filter(None, (status, code)))[:200],
        cost=cost_of(fields.get("Price", ""), fields.get("PriceUnit", "")),
    )
