"""Choose the columns of the list of customers."""

import msgspec

from relance.core.customers.columns import checked_columns
from relance.core.kernel.errors import BadInput
from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Work


class ColumnsChoice(msgspec.Struct, frozen=True, kw_only=True):
    """The columns that this person wants to see; none: those that everybody sees at first."""

    actor: Actor
    columns: tuple[str, ...]


class ChooseColumns:
    """Each person's own choice; a saved view goes before it."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: ColumnsChoice) -> None:
        """Keep the choice; raises BadInput, NotAllowed."""
        actor = request.actor
        require_right(actor, "see")
        columns = checked_columns(request.columns)
        if actor.user is None:
            raise BadInput("columns are chosen by a person")
        with self._work(actor.tenant) as unit:
            unit.saved_searches.choose_columns(actor.user, "customers", columns)
            unit.audit.record(actor.name, "columns-chosen", f"user:{actor.user}", {"columns": list(columns)})
