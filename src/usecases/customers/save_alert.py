"""Make or change an alert: a search that marks the accounts it finds (S3.21, B7)."""

import msgspec

from relance.core.customers.saved_searches import MOST_ALERTS, Colour, SavedSearch, checked_saved
from relance.core.customers.search import Search
from relance.core.kernel.errors import BadInput, NotFound
from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Unit, Work


class AlertToSave(msgspec.Struct, frozen=True, kw_only=True):
    """What marks which accounts; without a `sign` the first letter of the name. `number` changes a known one."""

    actor: Actor
    name: str
    colour: Colour
    search: Search
    sign: str = ""
    number: int | None = None


class SaveAlert:
    """It belongs to the company: everybody sees it on the accounts that they may see."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: AlertToSave) -> SavedSearch:
        """The alert as it is kept; raises BadInput, Conflict for a name that is taken, NotFound, NotAllowed."""
        require_right(request.actor, "settings")
        with self._work(request.actor.tenant) as unit:
            alert = checked_saved(_alert(unit, request))
            unit.saved_searches.save(alert)
            detail = {"name": alert.name, "colour": alert.alert}
            unit.audit.record(request.actor.name, "alert-saved", f"search:{alert.number}", detail)
        return alert


def _alert(unit: Unit, request: AlertToSave) -> SavedSearch:
    known = [one.number for one in unit.saved_searches.alerts()]
    number = request.number
    if number is None:
        if len(known) >= MOST_ALERTS:
            raise BadInput(f"at most {MOST_ALERTS} alerts")
        number = unit.tenancy.next_numbers("searches", 1)
    elif number not in known:
        raise NotFound("no such alert")
    return SavedSearch(
        number=number,
        name=request.name,
        target="customers",
        search=request.search,
        shared=True,
        alert=request.colour,
        sign=request.sign,
    )
