"""Suggest the values that searches and forms may choose from."""

from relance.core.tenancy.users import Actor, require_right
from relance.ports.store.suggestions import Suggestions
from relance.ports.work import Work


class SuggestValues:
    """Countries, groups, people and the like, as far as this viewer may see them (T9)."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, actor: Actor, fields: bool = False) -> Suggestions:
        """The values, with the names of the tenant's own fields if `fields`; raises NotAllowed."""
        require_right(actor, "see")
        with self._work.reading(actor.tenant) as unit:
            return unit.suggestions.suggestions(actor.user if actor.own_only else None, fields)
