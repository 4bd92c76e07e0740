"""The form of an absence, on one's own page and on the administrator's: who stands in, from when until when."""

from datetime import date
from typing import Any

from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import UserId
from relance.http.dependencies import Fields
from relance.usecases.tenancy.list_deputies import ListDeputies
from relance.usecases.tenancy.name_deputy import Absence
from relance.usecases.tenancy.resume_session import SignedIn


def absence_of(who: SignedIn, user: UserId, fields: Fields) -> Absence:
    """What the form says; raises BadInput for days that are none."""
    return Absence(
        actor=who.actor,
        user=user,
        deputy=UserId(fields.number("deputy")),
        first_on=_day(fields, "first_on"),
        last_on=_day(fields, "last_on"),
    )


def absence_terms(list_deputies: ListDeputies, who: SignedIn) -> dict[str, Any]:
    """What the form's template needs; it shows the deputies of `person`."""
    found = list_deputies(who.actor)
    return {"deputies": found.deputies, "colleagues": found.people, "absence_problem": ""}


def _day(fields: Fields, name: str) -> date:
    try:
        return date.fromisoformat(fields.text(name))
    except ValueError as bad:
        raise BadInput(f"{fields.text(name)!r} is no day like 2026-12-03") from bad
