"""A link that signs a person in once."""

from datetime import timedelta

import msgspec

from relance.core.kernel.identifiers import TenantId, UserId
from relance.ports.clock import Clock
from relance.ports.work import Work
from relance.usecases.tenancy.opening import carried, digest, new_token


class LinkFor(msgspec.Struct, frozen=True, kw_only=True):
    """Whom the link is for, and how long it can be used."""

    tenant: TenantId
    user: UserId
    hours: int = 24


class MakeSignInLink:
    """Keeps the hash of a fresh token; the answer is the last part of the address `/login/link/...`."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: LinkFor) -> str:
        """The word to put after `/login/link/`; raises NotFound for an unknown user."""
        token = new_token()
        with self._work(request.tenant) as unit:
            user = unit.tenancy.user(request.user)
            unit.sessions.add_link(digest(token), user.user, self._clock.now() + timedelta(hours=request.hours))
            unit.audit.record("system", "sign-in-link-made", f"user {user.user}")
        return carried(request.tenant, token)
