"""Mapping profiles and their versions as rows."""

from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select

from relance.adapters.store.tables.intake import profile_versions, profiles
from relance.adapters.store.upsert import upsert
from relance.core.kernel.identifiers import TenantId
from relance.ports.store.intake import Profile

_FIELDS = Profile.__struct_fields__
_MEANING = ("kind", "mapping", "options", "importer", "columns")
"""What makes a new version when it changes."""


class ProfileRows:
    """Profiles of one tenant."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def one(self, name: str) -> Profile | None:
        """The profile of this name, as it is now."""
        query = select(profiles).where(profiles.c.tenant_id == self._tenant, profiles.c.name == name)
        row = self._connection.execute(query).first()
        return _profile(row) if row else None

    def all(self) -> list[Profile]:
        """Every profile, the one that was saved last first."""
        rows = self._connection.execute(select(profiles).where(profiles.c.tenant_id == self._tenant))
        found = [_profile(row) for row in rows]
        return sorted(found, key=lambda one: (one.saved_at is not None, one.saved_at, one.name), reverse=True)

    def versions(self, name: str) -> list[Profile]:
        """What a profile has been, newest first."""
        place = (profile_versions.c.tenant_id == self._tenant, profile_versions.c.name == name)
        query = select(profile_versions).where(*place).order_by(profile_versions.c.version.desc())
        return [_profile(row) for row in self._connection.execute(query)]

    def save(self, profile: Profile) -> int:
        """The next version, unless it says the same as the one before."""
        before = self.one(profile.name)
        if before is not None and all(getattr(before, name) == getattr(profile, name) for name in _MEANING):
            return before.version
        version = before.version + 1 if before is not None else 1
        row = msgspec.structs.asdict(profile) | {"tenant_id": self._tenant, "version": version}
        row["columns"] = list(profile.columns)
        self._connection.execute(upsert(self._connection, profiles, ("tenant_id", "name")), [row])
        self._connection.execute(insert(profile_versions), [row])
        return version


def _profile(row: Any) -> Profile:
    values = {name: getattr(row, name) for name in _FIELDS}
    return Profile(**(values | {"columns": tuple(values["columns"])}))
