"""The main navigation: an entry appears when its page exists and the person may see it."""

from collections.abc import Iterator
from typing import Any

import msgspec

from relance.core.tenancy.users import Actor, Right, may
from relance.http.i18n.speech import marked


class Entry(msgspec.Struct, frozen=True):
    """One line of the side bar; `word` is the first part of its address below the tenant."""

    word: str
    label: str
    icon: str
    needs: Right = "see"
    setup: bool = False
    only_outbox: bool = False
    of_all: bool = False
    """Concerns everybody's customers: not for who sees only their own."""


ENTRIES = (
    Entry("agenda", marked("Agenda"), "calendar-check"),
    Entry("tomorrow", marked("Tomorrow"), "clock", needs="confirm"),
    Entry("customers", marked("Customers"), "users"),
    Entry("items", marked("Items"), "file-text"),
    Entry("reports", marked("Reports"), "chart-column"),
    Entry("groups", marked("Groups"), "tags"),
    Entry("alerts", marked("Alerts"), "triangle-alert"),
    Entry("deliveries", marked("Deliveries"), "send"),
    Entry("letters", marked("Print batches"), "mailbox", needs="confirm", of_all=True),
    Entry("outbox", marked("Outbox"), "inbox", only_outbox=True),
    Entry("imports", marked("Imports"), "upload", needs="import", setup=True),
    Entry("sources", marked("Sources"), "refresh-cw", needs="import", setup=True),
    Entry("scenarios", marked("Scenarios"), "workflow", needs="scenarios", setup=True),
    Entry("templates", marked("Texts"), "message-square", needs="scenarios", setup=True),
    Entry("assign", marked("Search & Assign"), "route", needs="assign", setup=True),
    Entry("settings", marked("Settings"), "settings", needs="settings", setup=True),
)


def entries(app: Any, actor: Actor, outbox: bool, setup: bool) -> Iterator[Entry]:
    """The entries of one half of the side bar for this person."""
    for entry in ENTRIES:
        if entry.setup != setup or not may(actor, entry.needs) or (entry.only_outbox and not outbox):
            continue
        if entry.of_all and actor.own_only:
            continue
        if f"/t/{{tenant:str}}/{entry.word}" in app.state["places"]:
            yield entry
