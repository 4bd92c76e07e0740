"""What the store promises about the tenant itself: its data, settings, users and numbers."""

from datetime import datetime
from typing import Protocol

from relance.core.kernel.identifiers import EntityId, TenantId, UserId
from relance.core.tenancy.settings import Settings
from relance.core.tenancy.tenants import Tenant
from relance.core.tenancy.users import User


class TenancyStore(Protocol):
    """The unit's own tenant."""

    def tenant(self) -> Tenant:
        """The tenant; raises NotFound."""
        ...

    def save_tenant(self, tenant: Tenant) -> None:
        """Keep the tenant's changed name, currency, country, language and zone."""
        ...

    def settings(self) -> Settings:
        """All settings, defaults included."""
        ...

    def save_setting(self, name: str, value: str, at: datetime, by: str) -> None:
        """Keep one setting that was checked before."""
        ...

    def first_entity(self) -> EntityId:
        """The tenant's first entity (A23)."""
        ...

    def entity_by_code(self, code: str) -> EntityId:
        """The entity of this code; raises NotFound."""
        ...

    def users(self) -> list[User]:
        """All users by name."""
        ...

    def user(self, user: UserId) -> User:
        """One user; raises NotFound."""
        ...

    def user_by_email(self, email: str) -> User | None:
        """The user with this address, compared without case."""
        ...

    def add_user(self, user: User, password_hash: str | None) -> None:
        """Keep a new user."""
        ...

    def save_user(self, user: User) -> None:
        """Keep a person's changed name, role, state, rights, view, invitation and confirmed address."""
        ...

    def end_invitations(self, now: datetime) -> list[UserId]:
        """Make those inactive who were invited, and have set no password in time (B17); who they are."""
        ...

    def next_numbers(self, name: str, count: int) -> int:
        """Reserve `count` numbers of a counter of this tenant and return the first; numbers start at 1."""
        ...


class TenantDirectory(Protocol):
    """Finds and founds tenants; the only door that is not inside one tenant."""

    def by_code(self, code: str) -> Tenant:
        """The tenant of this code; raises NotFound."""
        ...

    def all(self) -> list[Tenant]:
        """Every tenant by code."""
        ...

    def found(self, tenant: Tenant, entity_code: str) -> TenantId:
        """Keep a new tenant with its first entity; raises Conflict when the code is taken."""
        ...
