"""What keeping a sender domain needs of the outside: the world's name servers, and new keys."""

from typing import Protocol

from relance.core.kernel.errors import RelanceError

SIGNING_KEY = "signing-key"
"""What private keys are sealed for."""


class NamesSilent(RelanceError):
    """The name servers gave no answer: nothing is known, which is not the same as nothing published."""

    code = "names-silent"
    status = 503


class Names(Protocol):
    """Asks the world's name servers."""

    def texts(self, name: str) -> tuple[str, ...]:
        """The TXT records of a name, nothing where there are none; raises NamesSilent."""
        ...


class SigningKeys(Protocol):
    """Makes pairs of keys."""

    def pair(self) -> tuple[str, str]:
        """The private key as PEM, and the public one as DKIM records write it."""
        ...
