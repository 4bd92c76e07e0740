"""Passwords: kept only as slow hashes."""

from typing import Protocol


class Passwords(Protocol):
    """Makes and checks hashes; checking costs the same whether the account exists or not."""

    def hash(self, password: str) -> str:
        """A fresh salted hash."""
        ...

    def fits(self, password: str, password_hash: str | None) -> bool:
        """Whether the password fits; without a hash the same time is spent and the answer is no."""
        ...
