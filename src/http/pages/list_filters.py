"""The filters of a list in its address: quick find, view and order, a search as text, a saved search by number."""

from collections.abc import Mapping
from typing import Any

import msgspec

from relance.core.customers.conjunctions import joined, parts_of
from relance.core.customers.saved_searches import SavedSearch, Target
from relance.core.customers.search import EVERYTHING, Search, checked
from relance.core.customers.search_language import parse, written
from relance.core.kernel.errors import BadInput
from relance.core.tenancy.users import Actor, User
from relance.http.addresses import query
from relance.http.i18n.searches import Known, search_words
from relance.http.pages.choices import chosen, number_or_none
from relance.usecases.customers.open_search import OpenSearch

LONGEST_WHERE = 6_000
"""Characters of a search that an address carries; a longer one is kept under a number."""
_LONGEST_PART = 1_500
"""Characters of a filter whose form an address opens; longer ones are pasted lists."""
_PASSED_ON: dict[Target, tuple[str, ...]] = {
    "customers": ("q", "view", "sort", "collector", "where", "s", "cols"),
    "items": ("q", "view", "currency", "where", "s"),
}


class Searched(msgspec.Struct, frozen=True, kw_only=True):
    """What the address asks for. `search` holds both the saved one and what is written besides."""

    where: str = ""
    more: Search = EVERYTHING
    saved: SavedSearch | None = None
    problem: str = ""

    @property
    def search(self) -> Search:
        """All of it."""
        return joined(self.saved.search, self.more) if self.saved else self.more


class Chip(msgspec.Struct, frozen=True):
    """One part of the search in words, and as the text by which its form opens.

    `drop` is the address's query without it, None where it cannot be said.
    """

    words: str
    drop: dict[str, str] | None
    text: str = ""


def searched(asked: Mapping[str, str], actor: Actor, open_search: OpenSearch) -> Searched:
    """The search of an address; a text that cannot be read comes back with its problem. Raises NotFound."""
    where, number = asked.get("where", ""), number_or_none(asked.get("s", ""))
    saved = None if number is None else open_search(actor, number)
    try:
        found = Searched(where=where, more=parse(where), saved=saved)
        checked(found.search)
    except BadInput as unreadable:  # the person mends the text
        return Searched(where=where, saved=saved, problem=unreadable.detail)
    return found


def passed_on(asked: Mapping[str, str], target: Target) -> dict[str, str]:
    """What a link or form of the list carries along."""
    return {name: asked[name] for name in _PASSED_ON[target] if asked.get(name)}


def chips(found: Searched, known: Known) -> list[Chip]:
    """Each part that must hold, with the address that leaves it out."""
    kept = parts_of(found.saved.search) if found.saved else ()
    own = [part for part in parts_of(found.more) if part not in kept]
    return [
        *(_chip(part, known, _dropped((*kept, *own), part, "")) for part in kept),
        *(_chip(part, known, _dropped(own, part, _number(found))) for part in own),
    ]


def address_of(target: Target, asked: Mapping[str, str], **changes: str) -> str:
    """The list with its filters, some of them changed: `/customers?view=overdue`."""
    return f"/{target}{query(**(passed_on(asked, target) | changes))}"


def added(found: Searched, part: Search) -> dict[str, str]:
    """The changes of the address that add a part."""
    return {"where": written(joined(found.more, part)), "s": _number(found)}


def known_people(users: list[User]) -> dict[tuple[str, str], str]:
    """People by the address that searches name them with."""
    return {(role, user.email): user.name for user in users for role in ("collector", "colleague")}


def target_of(asked: Mapping[str, str]) -> Target:
    """Which list a form belongs to; raises BadInput."""
    return chosen(asked.get("target") or "customers", _PASSED_ON)


def chip_values(found: Searched, known: Known, asked: Mapping[str, str], target: Target) -> dict[str, Any]:
    """What the filter bar's template needs."""
    shown = [] if found.problem else chips(found, known)
    carried = passed_on(asked, target)
    links = [
        (
            chip.words,
            None if chip.drop is None else address_of(target, asked, **chip.drop),
            f"/searches/filter{query(target=target, part=chip.text, **carried)}" if chip.text else "",
        )
        for chip in shown
    ]
    whole = "" if found.problem else written(found.search)
    as_alert = whole if target == "customers" and len(whole) <= _LONGEST_PART else ""
    return {"chips": links, "searched": found, "target": target, "carried": carried, "as_alert": as_alert}


def _chip(part: Search, known: Known, drop: dict[str, str] | None) -> Chip:
    text = written(part)
    return Chip(search_words(part, known), drop, text if drop is not None and len(text) <= _LONGEST_PART else "")


def _dropped(parts: tuple[Search, ...] | list[Search], gone: Search, saved: str) -> dict[str, str] | None:
    where = written(joined(*(part for part in parts if part != gone)))
    return {"where": where, "s": saved} if len(where) <= LONGEST_WHERE else None


def _number(found: Searched) -> str:
    return str(found.saved.number) if found.saved else ""
