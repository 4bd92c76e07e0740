"""From a source that was set up to the place that its fetcher opens."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from relance.core.intake.sources import SourceState
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import TenantId
from relance.ports.fetchers import Fetcher, Fetchers, Place, Session
from relance.ports.keyring import Keyring
from relance.ports.store.sources import Kept

_Answer = TypeVar("_Answer")


def purpose_of(tenant: TenantId, name: str) -> str:
    """What a source's secret is sealed for: it opens for this source of this tenant alone."""
    return f"source {tenant} {name}"


class OpenPlace:
    """A fetcher with its place, for one piece of asynchronous work at a time."""

    def __init__(
        self, fetchers: Fetchers, keyring: Keyring, tenant: TenantId, code: str, state: SourceState, kept: Kept
    ) -> None:
        plan = state.plan
        self.fetcher: Fetcher = fetchers.named(plan.way)
        secret = keyring.open(purpose_of(tenant, plan.name), kept.sealed_secret) if kept.sealed_secret else ""
        self._place = Place(
            tenant=code,
            settings=defaults_of(self.fetcher) | plan.settings,
            secret=secret,
            trusted=kept.trusted_key,
            folder=plan.folder,
            archive_folder=plan.archive_folder,
        )

    def run(self, errand: Callable[[Session], Awaitable[_Answer]]) -> _Answer:
        """Connect, do the errand, and leave."""

        async def there_and_back() -> _Answer:
            async with self.fetcher.open(self._place) as session:
                return await errand(session)

        return asyncio.run(there_and_back())


def defaults_of(fetcher: Fetcher) -> dict[str, str]:
    """Its settings where nobody said otherwise."""
    return {setting.name: setting.default for setting in fetcher.settings}


def checked_settings(fetcher: Fetcher, given: dict[str, str]) -> dict[str, str]:
    """The settings that this fetcher has; raises BadInput for one that is missing, unknown or no choice."""
    known = {setting.name: setting for setting in fetcher.settings}
    wrong = next((name for name in given if name not in known), None)
    if wrong is not None:
        raise BadInput(f"{fetcher.name} has no setting {wrong!r}; it has {', '.join(known)}")
    for setting in fetcher.settings:
        value = given.get(setting.name, "") or setting.default
        if setting.required and not value:
            raise BadInput(f"{fetcher.name} needs {setting.name}")
        if setting.choices and value not in setting.choices:
            raise BadInput(f"{setting.name} is one of {', '.join(filter(None, setting.choices))}, not {value!r}")
        if len(value) > 2000 or not (value.isprintable() or not value):
            raise BadInput(f"{setting.name}: at most 2000 printable characters")
    return {name: value for name, value in given.items() if value}
