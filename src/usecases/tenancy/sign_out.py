"""Sign out."""

from relance.ports.work import Work
from relance.usecases.tenancy.opening import digest, split


class SignOut:
    """Forgets the session of a cookie; doing it twice is no fault."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, cookie: str) -> None:
        """End the session, if there is one."""
        parts = split(cookie)
        if parts is None:
            return
        tenant, token = parts
        with self._work(tenant) as unit:
            session = unit.sessions.find(digest(token))
            if session is None:
                return
            unit.sessions.end(session.token_hash)
            unit.audit.record(unit.tenancy.user(session.user).email, "signed-out", f"user {session.user}")
