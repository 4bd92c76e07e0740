"""Domains that a tenant sends from: which records to publish, and what of them the world sees."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Literal

import msgspec

from relance.core.kernel.errors import BadInput

RecordName = Literal["spf", "dkim", "dmarc"]
Sight = Literal["unasked", "missing", "other", "several", "weak", "seen"]
"""`other`: a record is there, and not the one to publish; `weak`: DMARC that asks for nothing."""
_DOMAIN = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]\Z")
SELECTOR = "relance"


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One TXT record to publish, and what was seen in its place."""

    kind: RecordName
    name: str
    value: str
    sight: Sight = "unasked"
    found: tuple[str, ...] = ()


class SenderDomain(msgspec.Struct, frozen=True, kw_only=True):
    """A domain with the public half of its key, and what was last seen of it. The private half is sealed elsewhere."""

    domain: str
    selector: str
    public: str
    added_at: datetime
    sights: dict[str, Sight] = {}
    checked_at: datetime | None = None

    @property
    def verified(self) -> bool:
        """Whether messages from it are signed with a key that the world sees, by a server that it names."""
        return self.sights.get("dkim") == "seen" and self.sights.get("spf") == "seen"


def checked_domain(text: str) -> str:
    """The domain in small letters; raises BadInput."""
    domain = text.strip().lower().rstrip(".")
    try:
        ascii_only = domain.encode("idna").decode("ascii") if not domain.isascii() else domain
    except UnicodeError as wrong:
        raise BadInput(f"{text!r} is no domain, like acme.example") from wrong
    if not _DOMAIN.match(ascii_only):
        raise BadInput(f"{text!r} is no domain, like acme.example")
    return ascii_only


def records_of(one: SenderDomain, spf: str) -> tuple[Record, ...]:
    """What to publish; `spf` is what names the relay's servers, such as `include:relay.example`."""
    wanted = f"v=spf1 {spf} ~all" if spf else "v=spf1 mx ~all"
    return (
        Record(kind="spf", name=one.domain, value=wanted, sight=_sight(one, "spf")),
        Record(
            kind="dkim",
            name=f"{one.selector}._domainkey.{one.domain}",
            value=f"v=DKIM1; k=rsa; p={one.public}",
            sight=_sight(one, "dkim"),
        ),
        Record(kind="dmarc", name=f"_dmarc.{one.domain}", value="v=DMARC1; p=quarantine", sight=_sight(one, "dmarc")),
    )


def seen_of(kind: RecordName, texts: Iterable[str], wanted: str, spf: str) -> Sight:
    """What the texts at a record's place amount to."""
    known = {"spf": "v=spf1", "dkim": "", "dmarc": "v=dmarc1"}[kind]
    found = [text.strip() for text in texts if text.strip().lower().startswith(known)]
    if not found:
        return "missing"
    if len(found) > 1:
        return "several"
    if kind == "dkim":
        return "seen" if _tags(found[0]).get("p") == _tags(wanted).get("p") else "other"
    if kind == "dmarc":
        return "weak" if _tags(found[0].lower()).get("p", "none") == "none" else "seen"
    return "seen" if not spf or set(spf.lower().split()) <= set(found[0].lower().split()) else "other"


def _sight(one: SenderDomain, kind: RecordName) -> Sight:
    return one.sights.get(kind, "unasked")


def _tags(text: str) -> dict[str, str]:
    """`k=v; k=v` as a dict, blanks inside values left out."""
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip().lower(): "".join(value.split()) for name, _, value in pairs if name.strip()}
