"""Show the tenant's settings."""

import hashlib

import msgspec

from relance.core.tenancy.settings import SETTINGS
from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Unit, Work

OF_THE_TENANT = ("name", "currency", "country", "language", "timezone")


class SettingsShown(msgspec.Struct, frozen=True, kw_only=True):
    """Every setting by name, defaults included, and the version that an edit may insist on."""

    values: dict[str, str]
    version: str


class ShowSettings:
    """How the tenant works, as it is set now."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, actor: Actor) -> SettingsShown:
        """All settings; raises NotAllowed."""
        require_right(actor, "settings")
        with self._work.reading(actor.tenant) as unit:
            return settings_shown(unit)


def settings_shown(unit: Unit) -> SettingsShown:
    """What is set at this moment of the transaction."""
    tenant, chosen = msgspec.structs.asdict(unit.tenancy.tenant()), unit.tenancy.settings()
    values = {name: tenant[name] for name in OF_THE_TENANT} | {name: chosen.text(name) for name in SETTINGS}
    return SettingsShown(values=values, version=hashlib.sha256(msgspec.json.encode(values)).hexdigest()[:20])
