"""What the store promises about values to choose from: only those of customers that the viewer may see."""

from typing import Protocol

import msgspec

from relance.core.collection.scenarios import Scenario
from relance.core.kernel.identifiers import UserId
from relance.core.tenancy.users import User


class Suggestions(msgspec.Struct, frozen=True, kw_only=True):
    """Values in use, each kind sorted. `custom`, `item_custom`: the names of the tenant's own fields, if asked for."""

    entities: tuple[str, ...] = ()
    """Codes, where there are several (A23)."""
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    currencies: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    users: tuple[User, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    custom: tuple[str, ...] = ()
    item_custom: tuple[str, ...] = ()


class SuggestionStore(Protocol):
    """Values of one tenant."""

    def suggestions(self, own: UserId | None, fields: bool = False) -> Suggestions:
        """All of them; with `own` only what the customers of this user have."""
        ...
