"""Messages from a domain whose key the world knows are signed as they leave; the key is in memory only."""

from collections.abc import Sequence

import msgspec

from relance.ports.channels import Signature
from relance.ports.keyring import Keyring
from relance.ports.sender_domains import SIGNING_KEY
from relance.usecases.collection.clearing import Ready
from relance.usecases.collection.desk import Desk


class Signing:
    """Opens each key once a run."""

    def __init__(self, keyring: Keyring | None) -> None:
        self._keyring = keyring
        self._opened: dict[str, str] = {}

    def prepared(self, desk: Desk, ready: Sequence[Ready]) -> list[Ready]:
        """The same, with a signature on those whose sender's domain has one."""
        if self._keyring is None or not desk.sender_domains:
            return list(ready)
        sealed = desk.unit.sender_domains.sealed({_domain(one) for one in ready})
        signatures = {
            domain: Signature(domain, selector, self._open(self._keyring, key))
            for domain, (selector, key) in sealed.items()
        }
        return [_with(one, signatures.get(_domain(one))) for one in ready]

    def _open(self, keyring: Keyring, sealed: str) -> str:
        if sealed not in self._opened:
            self._opened[sealed] = keyring.open(SIGNING_KEY, sealed)
        return self._opened[sealed]


def _domain(ready: Ready) -> str:
    return ready.frozen.message.sender.email.rpartition("@")[2].lower()


def _with(ready: Ready, signature: Signature | None) -> Ready:
    if signature is None or ready.action.kind != "email":
        return ready
    message = msgspec.structs.replace(ready.frozen.message, signature=signature)
    return msgspec.structs.replace(ready, frozen=msgspec.structs.replace(ready.frozen, message=message))
