"""The command palette: customers, items, amounts, saved searches, pages and commands, by a few characters."""

import unicodedata
from decimal import Decimal
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency

from relance.core.kernel.errors import BadInput
from relance.core.tenancy.users import Right, may
from relance.http.access import page
from relance.http.addresses import query, segment
from relance.http.i18n.reading import read_amount
from relance.http.i18n.speech import gettext, marked
from relance.http.pages.item_words import type_words
from relance.http.templating import Show
from relance.ports.store.palette import Between
from relance.usecases.insight.find_anything import MOST_RECENT, AnythingWanted, FindAnything
from relance.usecases.tenancy.resume_session import SignedIn

_ANY = "EUR"
"""Amounts of no currency are read with two decimals."""
_LONGEST = 100


class Command(msgspec.Struct, frozen=True):
    """Something to go to or to do; `also` are words that find it besides its label."""

    label: str
    path: str
    icon: str
    needs: Right = "see"
    also: str = ""


COMMANDS = (
    Command(marked("Agenda"), "/agenda", "calendar-check"),
    Command(marked("Customers"), "/customers", "users"),
    Command(marked("Items"), "/items", "file-text"),
    Command(marked("Aged balance"), "/reports/aged-balance", "chart-column", also=marked("report")),
    Command(marked("Groups"), "/groups", "tags"),
    Command(marked("Filter the customers"), "/searches/filter?target=customers", "list-filter"),
    Command(marked("Paste codes"), "/searches/codes", "clipboard-list"),
    Command(marked("Saved searches"), "/searches", "bookmark"),
    Command(marked("Customers without a collector"), "/customers?view=no-collector", "users"),
    Command(marked("Customers without a collection contact"), "/customers?view=no-contact", "users"),
    Command(marked("Import open items"), "/imports", "upload", "import"),
    Command(marked("Sources"), "/sources", "refresh-cw", "import"),
    Command(marked("Changes of many customers"), "/changes", "history", "assign", marked("undo")),
    Command(marked("Search & Assign"), "/assign", "route", "assign", marked("tasks")),
    Command(marked("Preview what the tasks would do"), "/assign/preview", "eye", "assign"),
    Command(marked("Scenarios"), "/scenarios", "workflow", "scenarios"),
    Command(marked("Settings"), "/settings", "settings", "settings"),
    Command(marked("Users"), "/settings/users", "user", "settings", marked("people, rights, add a person")),
)


@page("/palette", needs="see")
def palette(
    request: Request[Any, Any, Any],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    find_anything: NamedDependency[FindAnything],
) -> Response[str]:
    """What fits; htmx asks for the results alone."""
    asked = request.query_params
    text = asked.get("q", "").strip()[:_LONGEST]
    recent = tuple(asked.getall("recent", []))[:MOST_RECENT]
    wanted = AnythingWanted(actor=who.actor, text=text, amount=amount_of(text), recent=recent)
    return show(
        "palette/found.html" if show.partial else "palette/page.html",
        text=text,
        found=find_anything(wanted),
        commands=_commands(text, who, show),
        segment=segment,
        query=query,
        type_words=type_words,
    )


def amount_of(text: str) -> Between | None:
    """What was typed as an amount; without decimals every amount that begins so, None where it is no amount."""
    if not any(char.isdigit() for char in text):
        return None
    try:
        minor = read_amount(text, _ANY)
    except BadInput:
        return None
    low, whole = Decimal(abs(minor)).scaleb(-2), minor % 100 == 0 and not text.rstrip().endswith("00")
    plain = whole or all(char.isdigit() for char in text.strip())
    return Between(low, low + Decimal("0.99") if plain else low) if low else None


def _commands(text: str, who: SignedIn, show: Show) -> list[Command]:
    words = _plain(text).split()
    mine = [one for one in COMMANDS if may(who.actor, one.needs) and show.has_page(one.path)]
    if not words:
        return mine[:5]
    spoken = {one: _plain(f"{gettext(one.label)} {gettext(one.also) if one.also else ''}") for one in mine}
    return [one for one in mine if all(word in spoken[one] for word in words)][:6]


def _plain(text: str) -> str:
    """Without case and accents."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))


HANDLERS = [palette]
