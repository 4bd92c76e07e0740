"""The fetchers of the loaded plugins, by name."""

from collections.abc import Sequence

from relance.core.kernel.errors import BadInput
from relance.ports.fetchers import Fetcher


class FetcherShelf:
    """Fetchers in the order of plugins.toml."""

    def __init__(self, fetchers: Sequence[Fetcher]) -> None:
        self._fetchers = {fetcher.name: fetcher for fetcher in fetchers}

    def named(self, name: str) -> Fetcher:
        """The fetcher of this name; raises BadInput that lists the names."""
        found = self._fetchers.get(name)
        if found is None:
            raise BadInput(f"no way {name!r} to fetch files; there are {', '.join(self._fetchers) or 'none'}")
        return found

    def all(self) -> tuple[Fetcher, ...]:
        """Every fetcher."""
        return tuple(self._fetchers.values())
