"""Argon2id, a few at a time: each check takes 64 MiB on purpose."""

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LONGEST = 128
"""Longer passwords are refused before they are hashed (T12)."""


class Argon2Passwords:
    """Makes and checks argon2id hashes; `at_once` bounds the memory that a burst of tries can take.

    `hasher` decides what a hash costs (the library's defaults); only tests have a reason to give another.
    """

    def __init__(self, at_once: int = 4, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobody = self._hasher.hash("nobody has this password")
        self._room = BoundedSemaphore(at_once)

    def hash(self, password: str) -> str:
        """A fresh salted hash."""
        with self._room:
            return self._hasher.hash(password)

    def fits(self, password: str, password_hash: str | None) -> bool:
        """Whether the password fits; an unknown account costs the same time."""
        if len(password) > LONGEST:
            return False
        with self._room:
            try:
                return self._hasher.verify(password_hash or self._nobody, password) and password_hash is not None
            except (VerificationError, InvalidHashError):
                return False
