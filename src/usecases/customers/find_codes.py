"""Find the customers of a pasted list."""

import msgspec

from relance.core.customers.mass_changes import Selection, checked_selection
from relance.core.kernel.errors import BadInput
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.work import Work


class CodesToFind(msgspec.Struct, frozen=True, kw_only=True):
    """Codes in the order in which they were pasted."""

    actor: Actor
    codes: tuple[str, ...]


class CodesFound(msgspec.Struct, frozen=True, kw_only=True):
    """Codes of customers that the viewer may see, and all others, both in the order of the list."""

    found: tuple[str, ...]
    unknown: tuple[str, ...]


class FindCodes:
    """A list from a spreadsheet, line by line: there or not (S0.13)."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: CodesToFind) -> CodesFound:
        """Found and unknown codes; raises BadInput for none or too many, NotAllowed."""
        actor = request.actor
        require_right(actor, "see")
        if not request.codes:
            raise BadInput("paste at least one customer code")
        selection = checked_selection(Selection(codes=request.codes))
        with self._work.reading(actor.tenant) as unit:
            today = self._clock.today(unit.tenancy.tenant().timezone)
            known = set(unit.mass_changes.choose(selection, actor.user if actor.own_only else None, today))
        return CodesFound(
            found=tuple(code for code in request.codes if code in known),
            unknown=tuple(code for code in request.codes if code not in known),
        )
