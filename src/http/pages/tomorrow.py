"""Tomorrow: what would leave, what waits for a person, and for every other account why not."""

from datetime import date
from decimal import Decimal

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromQuery

from relance.core.kernel.errors import BadInput
from relance.core.kernel.money import to_minor
from relance.http.access import page
from relance.http.addresses import query
from relance.http.i18n import formats
from relance.http.i18n.speech import gettext, marked
from relance.http.i18n.words import words_of
from relance.http.templating import Show
from relance.usecases.collection.foresee_day import DOING, DayToForesee, ForeseeDay
from relance.usecases.collection.foreseeing import Foreseen
from relance.usecases.tenancy.resume_session import SignedIn

_GROUPS = {
    "leaves": marked("leave by themselves"),
    "to-confirm": marked("wait for a confirmation"),
    "by-hand": marked("calls and tasks"),
    "held": marked("are held"),
    "nothing-open": marked("owe nothing"),
    "blocked": marked("collection is stopped"),
    "grouped": marked("are collected with another account"),
    "paused": marked("are paused"),
    "no-scenario": marked("have no scenario"),
    "scenario-without-action": marked("follow a scenario without steps"),
    "all-held": marked("everything overdue is promised, disputed or paused"),
    "in-credit": marked("credits cover what is overdue"),
    "below-minimum": marked("too little is overdue"),
    "scenario-ended": marked("have been through every step"),
    "condition-not-met": marked("do not meet the steps' conditions"),
    "nothing-to-collect": marked("nothing that may be asked for is due"),
    "blocked-by-unknown": marked("a message failed, or nobody knows whether it left"),
    "not-due": marked("the first step lies ahead"),
    "waiting-for-step": marked("a later step lies ahead"),
    "contacted-recently": marked("were contacted recently"),
}


_PLAIN: dict[str | None, str] = {
    "to-confirm": marked("the step's day has come; it asks to be confirmed"),
    "confirmed": marked("the step's day has come; it leaves by itself or is confirmed"),
    "planned": marked("the step's day has come; a person does it"),
}


@page("/tomorrow", needs="confirm")
def tomorrow(
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    foresee_day: NamedDependency[ForeseeDay],
    on: FromQuery[str] = "",
    group: FromQuery[str] = "",
    page: FromQuery[int] = 1,
) -> Response[str]:
    """The groups with their counts; the rows of one, fifty a page."""
    seen = foresee_day(DayToForesee(actor=who.actor, on=_day(on), group=group, page=page))
    return show("scenarios/tomorrow.html", seen=seen, named=named, query=query, doing=DOING, why=_why, money=_money)


def named(group: str) -> str:
    """The words of a group."""
    return gettext(_GROUPS[group]) if group in _GROUPS else group


def _why(row: Foreseen) -> list[str]:
    """Everything that a person should know of the row, each thing once."""
    codes = dict.fromkeys(filter(None, (row.reason, *row.holds, *row.warnings)))
    said = [_said(code) for code in codes]
    return said or [gettext(_PLAIN[row.state])] if row.state in _PLAIN else said


def _money(text: str, currency: str) -> str:
    return formats.money(to_minor(Decimal(text), currency)[0], currency)


def _said(code: str) -> str:
    """Why nothing leaves, or why it asks; a warning may name a contact behind its code."""
    first, _, rest = code.partition(" ")
    words = gettext(_GROUPS[first]) if first in _GROUPS and first not in DOING else words_of(first)
    return f"{words} {rest}".strip()


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise BadInput(f"on: {text!r} is no day such as 2026-03-31") from wrong


HANDLERS = [tomorrow]
