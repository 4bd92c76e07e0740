"""Confirm an address with the link that was mailed to it."""

from relance.core.kernel.errors import NotFound
from relance.core.tenancy.users import User
from relance.ports.clock import Clock
from relance.ports.store.sessions import LinkPurpose
from relance.ports.work import Work
from relance.usecases.tenancy.addresses import confirm_address
from relance.usecases.tenancy.opening import digest, split

_PURPOSES: tuple[LinkPurpose, ...] = ("address",)


class ConfirmAddress:
    """Uses the link up; it opens no session. Nobody is signed in: whoever has the link has read the mail."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, word: str) -> User:
        """Whose address is confirmed; raises NotFound for a link that is unknown, used or too old."""
        parts = split(word)
        if parts is None:
            raise NotFound("this link is not valid any more")
        tenant, token = parts
        with self._work(tenant) as unit:
            taken = unit.sessions.take_link(digest(token), self._clock.now(), _PURPOSES)
            if taken is None:
                raise NotFound("this link is not valid any more")
            user = unit.tenancy.user(taken.user)
            confirm_address(unit, user)
        return user
