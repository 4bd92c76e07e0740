"""Whether the database answers."""

from relance.ports.store.sessions import SignInDirectory


class CheckReady:
    """Asks the database for nothing in particular."""

    def __init__(self, directory: SignInDirectory) -> None:
        self._directory = directory

    def __call__(self) -> bool:
        """True when the database answers and has our tables."""
        return self._directory.reachable()
