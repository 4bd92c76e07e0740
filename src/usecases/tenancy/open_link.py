"""Sign in with a one-time link."""

from relance.ports.clock import Clock
from relance.ports.work import Work
from relance.usecases.tenancy.addresses import confirm_address
from relance.usecases.tenancy.opening import Opened, SignInRefused, digest, open_session, split


class OpenLink:
    """Uses a link up and opens a session; the page that shows the link only asks, it never opens."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, word: str) -> Opened:
        """The session; raises SignInRefused when the link is unknown, used or too old."""
        parts = split(word)
        if parts is None:
            raise SignInRefused("this link is not valid any more")
        tenant, token = parts
        now = self._clock.now()
        with self._work(tenant) as unit:
            taken = unit.sessions.take_link(digest(token), now, ("sign-in", "mailed"))
            if taken is None:
                raise SignInRefused("this link is not valid any more")
            opened = open_session(unit, taken.user, now)
            user = unit.tenancy.user(taken.user)
            unit.audit.record(user.email, "signed-in", f"user {user.user}", {"by": "link"})
            if taken.purpose == "mailed":
                confirm_address(unit, user)
        return opened
