"""From which hosts copies of invoices may be fetched, how long one that does not come is asked for, and its states."""

from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit

from relance.core.kernel.errors import BadInput

CopyState = Literal["waiting", "fetched", "failed"]
CopyTrouble = Literal[
    "address-refused",
    "host-not-listed",
    "elsewhere",
    "copy-refused",
    "copy-missing",
    "host-unreachable",
    "host-broken",
    "copy-too-large",
    "not-a-pdf",
]
"""Why a copy has not come (`docs/reference/intake.md` says each)."""
_MAY_COME = frozenset(("copy-refused", "copy-missing", "host-unreachable", "host-broken"))
_WAITS = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=12), timedelta(days=1))
_LISTED_LATER = timedelta(days=1)
_MOST_HOSTS = 20


def checked_hosts(text: str) -> str:
    """The hosts by commas in their normal form; raises BadInput for what is no name of a host."""
    hosts = list(dict.fromkeys(host.strip().lower() for host in text.split(",") if host.strip()))
    wrong = [host for host in hosts if not _is_host(host)]
    if wrong or len(hosts) > _MOST_HOSTS:
        said = repr(wrong[0][:60]) if wrong else f"{len(hosts)} hosts"
        raise BadInput(f"hosts of copies: {said}; write names like docs.example.com, {_MOST_HOSTS} at most, by commas")
    return ", ".join(hosts)


def is_listed(address: str, hosts: str) -> bool:
    """Whether the address leads to one of the hosts: that very name, no other below it."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    return host.lower() in hosts.split(", ")


def after_trouble(trouble: CopyTrouble, tries: int, now: datetime) -> tuple[CopyState, datetime | None]:
    """What becomes of a copy that did not come after so many tries, and when it is asked for again."""
    if trouble == "host-not-listed":
        return "waiting", now + _LISTED_LATER
    if trouble not in _MAY_COME or tries > len(_WAITS):
        return "failed", None
    return "waiting", now + _WAITS[tries - 1]


def _is_host(host: str) -> bool:
    plain = host.replace("-", "").replace(".", "")
    return len(host) <= 253 and plain.isascii() and plain.isalnum() and not host.startswith((".", "-"))
