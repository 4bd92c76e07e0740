"""One working day of the demo's past: decide, confirm, send, and what customers said on the telephone."""

import asyncio
import random
from datetime import date, timedelta

import msgspec

from relance.core.kernel.identifiers import ItemId
from relance.core.ledger.items import HoldKind
from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.ports.store.item_list import ItemLine, ItemView
from relance.usecases.collection.begin_specific import NewSpecific
from relance.usecases.collection.confirm_actions import Confirmation
from relance.usecases.collection.dispatch import DispatchRequest
from relance.usecases.collection.finish_action import Finished
from relance.usecases.collection.list_actions import ActionsQuestion
from relance.usecases.collection.list_ended import EndedAsked
from relance.usecases.collection.run_day import NewDay
from relance.usecases.customers.write_note import NewNote
from relance.usecases.insight.browse_items import ItemsWanted
from relance.usecases.qualification.hold_items import NewHolds
from relance.usecases.qualification.release_items import Release

_SAID: dict[HoldKind, tuple[str, ...]] = {
    "promise": (
        "Transfer goes out with the next payment run.",
        "Spoke to accounts payable: approved, paid by then.",
        "Asked for a few days, the director signs on Thursdays.",
        "Copy of the invoice sent again, payment promised.",
    ),
    "dispute": (
        "Price differs from the order; sales checks.",
        "Two cartons missing on delivery, waiting for the credit note.",
        "Says the goods were returned; warehouse is looking.",
        "Purchase order number missing on the invoice.",
    ),
    "pause": (
        "Moving their accounts to another system, asked for patience.",
        "Contact on leave, nobody else can approve.",
    ),
}
_NOTES = (
    "Prefers to be called in the morning.",
    "Statements go to the group's shared service from next month on.",
    "New accountant since this week, very helpful.",
    "Pays only on the 10th and the 25th.",
)
_KINDS: tuple[HoldKind, ...] = ("promise",) * 8 + ("dispute",) * 4 + ("pause",) * 2
_CALLED = (
    "Reached accounts payable, they look into it.",
    "No answer, left a message.",
    "Statement sent during the call, they check it.",
    "Called back: the invoice is approved.",
)
_APART = 3
"""Customers that are written to by hand on one day."""
_APART_BECAUSE = (
    "Older than the rest: asked for by name.",
    "The formal notice brought nothing; a personal word first.",
)
_LOOK_INTO = ("Find the signed delivery note", "Ask sales what was agreed")


class Week:
    """What the collectors did on that day, through the same verbs as today."""

    def __init__(self, house: House, system: Actor, people: tuple[Actor, ...], chance: random.Random) -> None:
        self._house, self._system, self._people, self._chance = house, system, people, chance

    def work(self, today: date) -> None:
        """A day with everything."""
        self.decide()
        self._talk(today)
        self._call()
        self._write_apart(today)
        self._house.confirm_actions()(Confirmation(actor=self._system))
        # one after the other: which of an account's two messages is first decides whether the other waits (D9)
        in_turn = DispatchRequest(tenants=(self._system.tenant,), concurrency=1)
        asyncio.run(self._house.dispatch()(in_turn))

    def decide(self) -> None:
        """The day's actions, as the worker decides them each night."""
        self._house.run_day()(NewDay(actor=self._system))

    def _talk(self, today: date) -> None:
        """Some customers say when they pay, or why they do not; some disputes come to an end."""
        for line in self._some("held", 2):
            if line.item.hold == "dispute":
                request = Release(actor=self._who(), items=(line.item.item,), comment="Settled with sales.")
                self._house.release_items()(request)
        overdue = [line for line in self._some("overdue", 60) if line.item.type == "invoice" and not line.item.hold]
        overdue.sort(key=lambda line: line.item.due_on, reverse=True)
        for kind, line in zip(self._kinds(), overdue, strict=False):
            self._hold(line, kind, today)
        for line in overdue[-2:]:
            note = NewNote(actor=self._who(), code=line.customer_code, text=self._chance.choice(_NOTES))
            self._house.write_note()(note)

    def _call(self) -> None:
        """Most calls and tasks of the day are done; the others stay in the agenda."""
        for row in self._house.list_actions()(ActionsQuestion(actor=self._system, state="planned")):
            if self._chance.random() < 0.8:
                comment = self._chance.choice(_CALLED) if row.kind == "call" else ""
                self._house.finish_action()(Finished(actor=self._who(), actions=(row.action,), comment=comment))

    def _write_apart(self, today: date) -> None:
        """What no step asks for any more is asked for by a person; some of it a colleague is to look into (S3.19)."""
        found = self._house.list_ended()(EndedAsked(actor=self._system, each=True)).items
        theirs: dict[str, list[ItemId]] = {}
        for one in found:
            theirs.setdefault(one.code, []).append(one.item)
        for place, (code, items) in enumerate(list(theirs.items())[:_APART]):
            first, second = self._chance.sample(self._people, 2)
            wanted = NewSpecific(actor=first, code=code, items=tuple(items), on=today)
            if place % 3 == 2:
                title = self._chance.choice(_LOOK_INTO)
                wanted = msgspec.structs.replace(wanted, kind="task", title=title, assignee=second.user)
            else:
                wanted = msgspec.structs.replace(wanted, comment=self._chance.choice(_APART_BECAUSE))
            self._house.begin_specific()(wanted)

    def _hold(self, line: ItemLine, kind: HoldKind, today: date) -> None:
        until = None if kind == "dispute" else today + timedelta(days=self._chance.randint(3, 16))
        request = NewHolds(
            actor=self._who(),
            items=(line.item.item,),
            kind=kind,
            until=until,
            comment=self._chance.choice(_SAID[kind]),
        )
        self._house.hold_items()(request)

    def _some(self, view: ItemView, count: int) -> list[ItemLine]:
        """A few items of a view, the same ones for the same seed."""
        found = self._house.browse_items()(ItemsWanted(actor=self._system, view=view, limit=500)).lines
        return self._chance.sample(found, min(count, len(found)))

    def _kinds(self) -> list[HoldKind]:
        """Promises first: they are made for what is not long overdue."""
        return sorted(self._chance.sample(_KINDS, self._chance.randint(5, len(_KINDS))), key=_KINDS.index)

    def _who(self) -> Actor:
        return self._chance.choice(self._people)
