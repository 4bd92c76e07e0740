"""Open a saved search."""

from relance.core.customers.saved_searches import SavedSearch
from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Work


class OpenSearch:
    """One of the viewer's own or of the shared ones."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, actor: Actor, number: int) -> SavedSearch:
        """The search; raises NotFound, NotAllowed."""
        require_right(actor, "see")
        with self._work.reading(actor.tenant) as unit:
            return unit.saved_searches.one(number, actor.user)
