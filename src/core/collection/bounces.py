"""Mail that came back: what it says, and to which message it belongs. It only ever suggests (T20)."""

import hmac
from datetime import datetime
from typing import Literal

import msgspec

from relance.core.collection.references import digest_of
from relance.core.kernel.addresses import is_mailbox
from relance.core.kernel.identifiers import ActionId

BounceKind = Literal["hard", "soft", "complaint"]
"""`hard`: the address will not take mail; `soft`: it may later; `complaint`: its reader wants none."""
SuppressionReason = Literal["hard-bounce", "complaint", "by-hand", "opted-out"]
REASONS: dict[BounceKind, SuppressionReason] = {"hard": "hard-bounce", "complaint": "complaint"}
"""What a bounce would suppress an address for; a soft one for nothing."""
_LONGEST_LOCAL = 64


class Reference(msgspec.Struct, frozen=True):
    """Which sending of which action of which tenant."""

    tenant: str
    action: ActionId
    generation: int


class Returned(msgspec.Struct, frozen=True, kw_only=True):
    """What a report says of one address."""

    address: str
    kind: BounceKind
    status: str = ""
    said: str = ""


class Bounce(msgspec.Struct, frozen=True, kw_only=True):
    """A report as it is kept. `event` names it once and for all; `action` is 0 where it names no message of ours."""

    event: str
    at: datetime
    source: str
    address: str
    kind: BounceKind
    status: str = ""
    said: str = ""
    action: ActionId = ActionId(0)
    generation: int = 0


def kind_of(status: str, action: str = "failed") -> BounceKind | None:
    """What an enhanced status code (RFC 3463) means: 5 hard, 4 soft; None for good news."""
    if action in {"delivered", "relayed", "expanded"} or status.startswith("2"):
        return None
    return "hard" if status.startswith("5") and action != "delayed" else "soft"


def return_path(bounce_address: str, message_id: str) -> str:
    """The envelope's sender of one message: the bounce address with the message's keyed reference behind a plus.

    One that would not be a mailbox any more stays as it is; such a report is then told by nothing.
    """
    local, _, domain = bounce_address.rpartition("@")
    named = message_id.strip("<>").rpartition("@")[0]
    tagged = f"{local}+{named}@{domain}"
    fits = len(local) + 1 + len(named) <= _LONGEST_LOCAL and is_mailbox(tagged)
    return tagged if fits else bounce_address


def reference_in(recipient: str, key: bytes) -> Reference | None:
    """Whose return path an address is; None without our own keyed digest (T20)."""
    local = recipient.strip(" <>").rpartition("@")[0]
    named = local.rpartition("+")[2]
    name, _, digest = named.rpartition(".")
    tenant, action, generation = (*name.rsplit(".", 2), "", "")[:3]
    if not tenant or not (action + generation).isascii() or not (action.isdigit() and generation.isdigit()):
        return None
    if len(action) > 15 or len(generation) > 9 or not hmac.compare_digest(digest_of(name, key), digest):
        return None
    return Reference(tenant, ActionId(int(action)), int(generation))
