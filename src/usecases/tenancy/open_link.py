"""Sign in with a one-time link."""

from relance.ports.clock import Clock
from relance.ports.work import Work
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
            user = unit.sessions.take_link(digest(token), now)
            if user is None:
                raise SignInRefused("this link is not valid any more")
            opened = open_session(unit, user, now)
            unit.audit.record(unit.tenancy.user(user).email, "signed-in", f"user {user}", {"by": "link"})
        return opened
