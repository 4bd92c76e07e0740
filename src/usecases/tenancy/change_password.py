"""Change one's own password."""

import msgspec

from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import TenantId, UserId
from relance.ports.clock import Clock
from relance.ports.passwords import Passwords
from relance.ports.work import Work
from relance.usecases.tenancy.opening import Opened, open_session

SHORTEST, LONGEST = 12, 128


class NewPassword(msgspec.Struct, frozen=True, kw_only=True):
    """The password as it is and as it shall be; `current` counts for nothing where none was set yet."""

    tenant: TenantId
    user: UserId
    current: str
    new: str


class ChangePassword:
    """Every session of the person ends; the answer is a fresh one."""

    def __init__(self, work: Work, passwords: Passwords, clock: Clock) -> None:
        self._work, self._passwords, self._clock = work, passwords, clock

    def __call__(self, request: NewPassword) -> Opened:
        """Keep the new password; raises BadInput when the current one is wrong or the new one too short."""
        if not SHORTEST <= len(request.new) <= LONGEST:
            raise BadInput(f"a password has {SHORTEST} to {LONGEST} characters")
        with self._work.reading(request.tenant) as unit:
            kept = unit.sessions.password_hash(request.user)
        if kept is not None and not self._passwords.fits(request.current, kept):
            raise BadInput("the current password is not right")
        fresh = self._passwords.hash(request.new)
        with self._work(request.tenant) as unit:
            unit.sessions.save_password(request.user, fresh)
            unit.sessions.end_all(request.user)
            unit.audit.record(unit.tenancy.user(request.user).email, "password-changed", f"user {request.user}")
            return open_session(unit, request.user, self._clock.now())
