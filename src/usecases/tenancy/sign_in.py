"""Sign in with an address and a password."""

import hashlib
from datetime import timedelta

import msgspec

from relance.core.kernel.errors import RelanceError
from relance.ports.clock import Clock
from relance.ports.passwords import Passwords
from relance.ports.store.sessions import Account, SignInDirectory
from relance.ports.work import Work
from relance.usecases.tenancy.opening import Opened, SignInRefused, carried, digest, new_token, open_session

PER_ACCOUNT = (10, timedelta(minutes=15))
PER_ADDRESS = (100, timedelta(hours=1))
_CHOICE = timedelta(minutes=5)


class TooManyTries(RelanceError):
    """Tries are counted for a quarter of an hour; a sign-in link still opens."""

    code = "too-many-tries"
    status = 429


class Credentials(msgspec.Struct, frozen=True, kw_only=True):
    """What the person typed, and the network address it came from."""

    email: str
    password: str
    address: str


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One of several tenants that these credentials open; `link` signs in once, within five minutes."""

    tenant_name: str
    link: str


class SignedInOrChoice(msgspec.Struct, frozen=True, kw_only=True):
    """A session, or the tenants to choose from."""

    opened: Opened | None = None
    choices: tuple[Choice, ...] = ()


class SignIn:
    """Counts the try first, then checks the password; a stranger learns nothing from the answer or its time."""

    def __init__(self, work: Work, directory: SignInDirectory, passwords: Passwords, clock: Clock) -> None:
        self._work, self._directory, self._passwords, self._clock = work, directory, passwords, clock

    def __call__(self, request: Credentials) -> SignedInOrChoice:
        """Open a session where one tenant fits; raises SignInRefused or TooManyTries."""
        account_key = "account:" + hashlib.sha256(request.email.strip().lower().encode()).hexdigest()
        self._count(f"address:{request.address}", *PER_ADDRESS)
        self._count(account_key, *PER_ACCOUNT)
        fitting = self._fitting(request)
        if not fitting:
            raise SignInRefused("the address or the password is not right")
        self._directory.forgive(account_key)
        if len(fitting) == 1:
            return SignedInOrChoice(opened=self._open(fitting[0]))
        return SignedInOrChoice(choices=tuple(self._choice(account) for account in fitting))

    def _count(self, key: str, limit: int, within: timedelta) -> None:
        now = self._clock.now()
        if not self._directory.reserve(key, limit, now - within, now):
            raise TooManyTries("too many tries; wait a quarter of an hour")

    def _fitting(self, request: Credentials) -> list[Account]:
        accounts = self._directory.accounts(request.email)
        if not accounts:
            self._passwords.fits(request.password, None)
        return [account for account in accounts if self._passwords.fits(request.password, account.password_hash)]

    def _open(self, account: Account) -> Opened:
        with self._work(account.tenant) as unit:
            opened = open_session(unit, account.user, self._clock.now())
            unit.audit.record(unit.tenancy.user(account.user).email, "signed-in", f"user {account.user}")
        return opened

    def _choice(self, account: Account) -> Choice:
        token = new_token()
        with self._work(account.tenant) as unit:
            unit.sessions.add_link(digest(token), account.user, self._clock.now() + _CHOICE)
        return Choice(tenant_name=account.tenant_name, link=carried(account.tenant, token))
