"""Where on the agenda somebody is: its view and filters live in the address, and nowhere else."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Request

from relance.core.collection.kinds import is_message
from relance.core.kernel.days import day_of
from relance.core.kernel.identifiers import ActionId
from relance.core.kernel.money import minor_digits
from relance.http.i18n.formats import day
from relance.http.i18n.speech import gettext
from relance.http.i18n.steps import step_name
from relance.http.i18n.words import icon_of, words_of
from relance.ports.store.agenda import SORTS, VIEWS, AgendaLine, Mark, View
from relance.usecases.collection.show_agenda import AgendaAsked
from relance.usecases.tenancy.resume_session import SignedIn


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """The tenant's address, and what is asked of the agenda."""

    t: str
    asked: AgendaAsked

    def address(self, page: str = "", **changes: Any) -> str:
        """The agenda with some of its filters changed."""
        query = urlencode(self._query() | _plain(changes))
        kept = "&".join(part for part in query.split("&") if not part.endswith("="))
        return f"{self.t}/agenda{'/' + page if page else ''}" + (f"?{kept}" if kept else "")

    def here(self, action: ActionId) -> str:
        """One action's own page; it remembers the list it came from."""
        return self.address(page=str(action))

    def act(self, action: ActionId, deed: str) -> str:
        """Where a deed on an action is asked for and done."""
        return self.address(page=f"{action}/{deed}")

    def terms(self) -> dict[str, Any]:
        """What the agenda's templates need besides their data."""
        return {
            "address": self.address,
            "here": self.here,
            "act": self.act,
            "views": view_names(),
            "group_name": self.group_name,
            "group_icon": self.group_icon,
            "group_id": group_id,
            "kind_icon": kind_icon,
            "mail_tone": mail_tone,
            "tone_words": tone_words,
            "mark": mark_text,
            "digits": minor_digits,
            "zone": self.asked.zone,
            "filtered": bool(
                self.asked.mine or self.asked.step or self.asked.group or self.asked.alert or self.asked.overdue_from
            ),
            "oob": False,
            "alone": False,
        }

    def group_name(self, group: tuple[int, str]) -> str:
        """What the rows of a group have in common."""
        rank, name = group
        if self.asked.view == "todo":
            return _todo_names()[rank]
        if self.asked.view == "confirm":
            return step_name(name)
        if self.asked.view == "waiting":
            return {1: gettext("Messages without an answer"), 2: gettext("Calls given to others")}.get(
                rank, gettext("Tasks given to others")
            )
        if self.asked.view == "upcoming":
            return day(day_of(rank), "long")
        if self.asked.view == "held":
            return words_of(name)
        if self.asked.view == "resolve":
            return words_of("unknown" if rank == 0 else "failed")
        return {1: gettext("Messages"), 2: gettext("Calls"), 3: gettext("Tasks")}.get(rank, gettext("Others"))

    def group_icon(self, group: tuple[int, str]) -> str:
        """The icon of a group's head."""
        if self.asked.view in {"todo", "leaving", "done"}:
            return {0: "triangle-alert", 1: "send", 2: "phone"}.get(group[0], "clipboard-list")
        return {"confirm": "send", "upcoming": "calendar-check", "held": "pause"}.get(self.asked.view, "triangle-alert")

    def _query(self) -> dict[str, str]:
        asked = self.asked
        return {
            "view": asked.view if asked.view != "todo" else "",
            "mine": "1" if asked.mine else "",
            "step": asked.step,
            "group": str(asked.group or ""),
            "alert": str(asked.alert or ""),
            "over": str(asked.overdue_from or ""),
            "sort": asked.sort if asked.sort != "priority" else "",
        }


def place_of(request: Request[Any, Any, Any], who: SignedIn) -> Place:
    """Read the address; what cannot be understood counts as not said."""
    said: Mapping[str, str] = request.query_params
    view: View = next((one for one in VIEWS if one == said.get("view")), "todo")
    asked = AgendaAsked(
        actor=who.actor,
        zone=who.tenant.timezone,
        view=view,
        mine=said.get("mine") == "1",
        step=said.get("step", "")[:60],
        group=whole(said.get("group", "")) or 0,
        alert=whole(said.get("alert", "")) or 0,
        overdue_from=whole(said.get("over", "")) or 0,
        sort=next((one for one in SORTS if one == said.get("sort")), "priority"),
        after=_mark(said.get("after", "")),
    )
    return Place(t=f"/t/{who.tenant.code}", asked=asked)


def view_names() -> dict[str, str]:
    """The tabs."""
    return {
        "todo": gettext("To do"),
        "confirm": gettext("Automatic, to confirm"),
        "qualify": gettext("To qualify"),
        "waiting": gettext("Waiting for a reply"),
        "leaving": gettext("Leaving"),
        "upcoming": gettext("Upcoming"),
        "held": gettext("Held"),
        "resolve": gettext("To resolve"),
        "done": gettext("Done today"),
    }


def group_id(group: tuple[int, str]) -> str:
    """A group's name in the page."""
    return f"{group[0]}-{group[1]}".rstrip("-")


def kind_icon(line: AgendaLine) -> str:
    """The icon of a row."""
    return icon_of(line.kind)


def mail_tone(line: AgendaLine, today: date) -> str:
    """The colour of a message's row: green confirmed, red late and not confirmed, amber in error, else none (B12)."""
    if not is_message(line.kind):
        return ""
    if line.state in {"held", "failed", "unknown"}:
        return "amber"
    if line.state in {"confirmed", "sending", "sent"}:
        return "green"
    return "red" if line.due_on < today else ""


def tone_words(tone: str) -> str:
    """What a colour says, for who does not see it."""
    said = {"green": gettext("confirmed"), "red": gettext("late, not confirmed"), "amber": gettext("needs you")}
    return said.get(tone, "")


def mark_text(mark: Mark) -> str:
    """Where a page ended, for an address."""
    return "~".join(str(part) for part in mark)


def whole(text: str) -> int | None:
    """A whole number of an address, or None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _mark(text: str) -> Mark | None:
    parts = text.split("~")
    if len(parts) != 4:
        return None
    try:
        return int(parts[0]), parts[1], int(parts[2]), int(parts[3])
    except ValueError:
        return None


def _plain(changes: dict[str, Any]) -> dict[str, str]:
    plain = {}
    for name, value in changes.items():
        plain[name] = "1" if value is True else "" if value in {False, None} else str(value)
    if plain.get("view") == "todo":
        plain["view"] = ""
    if plain.get("sort") == "priority":
        plain["sort"] = ""
    return plain


def _todo_names() -> dict[int, str]:
    return {
        0: gettext("To resolve"),
        1: gettext("Messages to confirm"),
        2: gettext("Calls"),
        3: gettext("Tasks"),
        4: gettext("Others"),
    }
