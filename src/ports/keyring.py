"""The keyring: secrets of others that we must be able to use, kept so that a stolen database tells none."""

from typing import Protocol


class Keyring(Protocol):
    """Seals texts with the installation's secret, each for one purpose."""

    def seal(self, purpose: str, secret: str) -> str:
        """The sealed text; sealing the same twice gives two different ones."""
        ...

    def open(self, purpose: str, sealed: str) -> str:
        """What was sealed for this purpose; raises BadInput where the installation's secret is another one."""
        ...
