"""Let a program in with its key's id and secret, as HTTP Basic sends them."""

import msgspec

from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.keys import KeyRefused, parts_of
from relance.ports.clock import Clock
from relance.ports.store.keys import KeyDirectory
from relance.ports.work import Work
from relance.usecases.tenancy.known_callers import Caller, known_caller


class IdAndSecret(msgspec.Struct, frozen=True, kw_only=True):
    """What was sent. The secret is the key's last part, or the key's whole text."""

    key: str
    secret: str


class OpenWithId:
    """An id names no tenant, so its key is looked for among all; the secret decides."""

    def __init__(self, work: Work, clock: Clock, directory: KeyDirectory) -> None:
        self._work, self._clock, self._directory = work, clock, directory

    def __call__(self, sent: IdAndSecret) -> Caller:
        """Who this is; raises KeyRefused."""
        tenant, secret = self._found(sent)
        return known_caller(self._work, self._clock, tenant, sent.key, secret)

    def _found(self, sent: IdAndSecret) -> tuple[TenantId, str]:
        if "_" in sent.secret:
            tenant, key, secret = parts_of(sent.secret)
            if key != sent.key:
                raise KeyRefused("this is no API key")
            return tenant, secret
        found = self._directory.tenant_of(sent.key)
        if found is None:
            raise KeyRefused("this is no API key")
        return found, sent.secret
