"""Which invoices wait for a person to say what becomes of them: those past the last step of their scenario."""

from datetime import date
from typing import Any

from relance.core.collection.cycles import ended_from
from relance.core.collection.rules import rules_of, rules_on
from relance.core.collection.thresholds import rules_under
from relance.core.tenancy.users import Actor
from relance.ports.calendars import Calendars
from relance.ports.store.ended import EndedQuestion
from relance.ports.work import Unit


def ended_question(unit: Unit, calendars: Calendars, actor: Actor, today: date, **filters: Any) -> EndedQuestion:
    """The question to the store under the tenant's rules of this day."""
    settings, country = unit.tenancy.settings(), unit.tenancy.tenant().country
    on = rules_on(rules_of(settings), today, calendars.of(country))
    scenarios = [one for one in unit.collection.scenarios() if one.steps]
    return EndedQuestion(
        actor=actor,
        on=on,
        ends={one.code: ended_from(one) for one in scenarios},
        ignored={one.code: rules_under(one, on).rules.ignore for one in scenarios if one.ignore},
        scenario=settings.text("scenario"),
        **filters,
    )
