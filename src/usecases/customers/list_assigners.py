"""List the assigners that a task may ask."""

from collections.abc import Sequence

import msgspec

from relance.core.customers.assigner_settings import SettingField, fields_of
from relance.core.customers.assignment import Attribute
from relance.core.tenancy.users import Actor, require_right
from relance.ports.assigners import Assigner


class AssignerShown(msgspec.Struct, frozen=True, kw_only=True):
    """An assigner and what it wants to be told."""

    name: str
    label: str
    attribute: Attribute
    settings: list[SettingField]


class ListAssigners:
    """Those that are loaded and need a task, by what they give."""

    def __init__(self, assigners: Sequence[Assigner]) -> None:
        self._assigners = assigners

    def __call__(self, actor: Actor) -> list[AssignerShown]:
        """In the order of the allow-list; raises NotAllowed."""
        require_right(actor, "assign")
        return assigners_of(self._assigners)


def assigners_of(assigners: Sequence[Assigner]) -> list[AssignerShown]:
    """Those that need a task."""
    return [
        AssignerShown(name=one.name, label=one.label, attribute=one.attribute, settings=fields_of(one.settings_type))
        for one in assigners
        if not one.fallback
    ]
