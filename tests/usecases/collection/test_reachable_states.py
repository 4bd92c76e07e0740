"""I-13 to I-20 hold in every state that verbs, files, clocks and backups can reach.

RELANCE_LONG_TESTS=1 draws many more and longer lives.
"""

import os
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine

from relance.adapters.store.engine import engine_for
from relance.core.collection.actions import SKIP_REASONS
from relance.core.collection.scenarios import Scenario, Step
from relance.usecases.collection.run_day import DayDecided
from tests.usecases.collection.departures import Inspector
from tests.usecases.collection.firm import Firm
from tests.usecases.collection.mailroom import LATER, REFUSED, UNKNOWN

STARTS = [
    ("Europe/Paris", datetime(2026, 3, 26, 9, 0, tzinfo=UTC)),
    ("Europe/Paris", datetime(2026, 10, 23, 22, 30, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 10, 30, 14, 0, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 4, 3, 23, 0, tzinfo=UTC)),
    ("America/Santiago", datetime(2026, 9, 4, 13, 0, tzinfo=UTC)),
    ("Asia/Tokyo", datetime(2026, 4, 28, 0, 30, tzinfo=UTC)),
]
"""Clocks that are about to change, and a week of holidays."""
WINDOWS = ["mon-fri 08:30-17:30", "mon-sun 00:00-24:00", "mon-sun 01:00-03:00", "mon-sun 02:30-16:00"]
TEMPLATES = ("first-reminder", "second-reminder")
CUSTOMERS = st.sampled_from((1, 2, 3))


@st.composite
def plans(draw: st.DrawFn) -> Scenario:
    """Two to four steps, of every kind."""
    days = sorted(draw(st.sets(st.sampled_from((-5, 2, 5, 12, 20, 30)), min_size=2, max_size=4)))
    steps = tuple(_step(draw, number, day) for number, day in enumerate(days))
    flags = st.sampled_from((False, False, True))
    return Scenario(
        code="plan",
        name={"en": "Plan"},
        steps=steps,
        per_invoice=draw(flags),
        jump=draw(flags),
        customer_zone=draw(flags),
    )


def _step(draw: st.DrawFn, number: int, day: int) -> Step:
    if day < 0:
        return Step(code="note", day=day, kind="email", template="courtesy-note", days_ahead=10, automation="automatic")
    if number and draw(st.integers(0, 5)) == 5:
        return Step(code=f"call-{day}", day=day, kind="call", template="call-script", automation="manual")
    return Step(
        code=f"mail-{day}",
        day=day,
        kind="email",
        template=TEMPLATES[min(number, 1)],
        automation=draw(st.sampled_from(("automatic", "to-confirm"))),
        only_if=draw(st.sampled_from(("", "", "country = FR"))) if number else "",
    )


class Lives(RuleBasedStateMachine):
    """The life of a firm's reminders."""

    empty: ClassVar[Path]
    engine: ClassVar[Engine]
    _numbers = count()

    @initialize(place=st.sampled_from(STARTS), windows=st.sampled_from(WINDOWS), plan=plans(), cap=st.integers(1, 4))
    def found(self, place: tuple[str, datetime], windows: str, plan: Scenario, cap: int) -> None:
        self.firm = Firm(self.engine, self.empty, *place)
        self.inspector = Inspector(self.firm)
        chosen = {"windows": windows, "scenario": "plan", "daily-cap": str(cap), "first-day-confirm": "off"}
        for name, value in (chosen | {"minimum-delay": "1"}).items():
            self.firm.setting(name, value)
        self.firm.scenario(plan)
        for customer, days in ((1, 4), (2, 8), (3, -2)):
            self.firm.owe(customer, days, 10_000)
        self.firm.put()
        self.firm.day()

    # the ledger

    @rule(customer=CUSTOMERS, days=st.integers(-6, 40), amount=st.sampled_from((5_000, 25_000, -8_000, -40_000)))
    def owes(self, customer: int, days: int, amount: int) -> None:
        self.firm.owe(customer, days, amount)

    @rule(which=st.integers(0, 30), part=st.sampled_from((0, 2)))
    def pays(self, which: int, part: int) -> None:
        live = [debt for debt in self.firm.truth.values() if debt.amount > 0]
        if live:
            debt = live[which % len(live)]
            debt.amount = debt.amount // part if part else 0

    @rule()
    def imports(self) -> None:
        self.firm.put()

    @rule()
    def undoes(self) -> None:
        self.firm.undo()

    # the clock

    @rule(hours=st.sampled_from((1, 2, 5, 11)))
    def waits(self, hours: int) -> None:
        self.firm.clock.moment += timedelta(hours=hours)

    @rule(days=st.sampled_from((1, 1, 3, 8)), confirmed=st.booleans())
    def next_morning(self, days: int, confirmed: bool) -> None:
        """Days pass until a window opens; mostly a file comes, the day is decided, and Ann confirms."""
        self.firm.wait_for_a_window(days)
        if days < 8:
            self.firm.put()
        self._decide()
        if confirmed:
            self.firm.confirm()
        self.sends()

    @rule(days=st.integers(1, 4))
    def weeks_pass(self, days: int) -> None:
        """Working days like any other."""
        for ahead in (days, 1, 4, 9 - days):
            self.next_morning(min(ahead, 7), True)

    @rule()
    def decides(self) -> None:
        self._decide()

    def _decide(self) -> None:
        """D14: each account has one outcome. D10: deciding again changes nothing."""
        first, again = self.firm.day(), self.firm.day()
        assert first.created + first.kept + sum(first.skipped.values()) == 3
        assert set(first.skipped) <= set(SKIP_REASONS)
        assert (again.created, again.cancelled) == (0, 0), (first, again)
        self._last_steps(first)

    def _last_steps(self, day: DayDecided) -> None:
        """D7: what had its last step leads no more, and an account that ends with it stands in the agenda (S3.18)."""
        ended = self.firm.ended()
        waiting = [row for row in self.firm.actions("planned", "to-confirm") if row.confirmed_at is None]
        assert not [row for row in waiting if row.specific_id is None and row.leader_item_id in ended]
        assert ended or not day.skipped.get("scenario-ended"), day

    # people

    @rule(minutes=st.sampled_from((0, 0, 30)))
    def confirms(self, minutes: int) -> None:
        self.firm.confirm(minutes=minutes)

    @rule(deed=st.sampled_from(("recall", "skip", "cancel")), which=st.integers(0, 9))
    def takes_back(self, deed: str, which: int) -> None:
        if action := _pick(self.firm.actions("planned", "to-confirm", "confirmed", "held"), which):
            getattr(self.firm, deed)(action.action_id)

    @rule(kind=st.sampled_from(("promise", "dispute", "pause")), which=st.integers(0, 20), days=st.integers(1, 6))
    def holds(self, kind: str, which: int, days: int) -> None:
        if item := _pick(self.firm.open_items(), which):
            self.firm.hold(item.item_id, kind, days)

    @rule(which=st.integers(0, 20))
    def releases(self, which: int) -> None:
        if item := _pick([one for one in self.firm.open_items() if one.hold], which):
            self.firm.release(item.item_id)

    @rule(which=st.integers(0, 20), automation=st.sampled_from(("automatic", "to-confirm")), days=st.integers(0, 3))
    def writes(self, which: int, automation: str, days: int) -> None:
        if item := _pick(self.firm.open_items(), which):
            self.firm.specific(item, automation, days)

    @rule()
    def ends_what_was_written(self) -> None:
        self.firm.end_specific()

    @rule(plan=plans(), in_flight=st.sampled_from(("keep", "move")))
    def publishes(self, plan: Scenario, in_flight: str) -> None:
        self.firm.publish(plan, in_flight)

    @rule(member=st.sampled_from((2, 3)), joins=st.booleans())
    def groups(self, member: int, joins: bool) -> None:
        (self.firm.join if joins else self.firm.leave)(member)

    @rule(customer=CUSTOMERS, stopped=st.booleans())
    def stops(self, customer: int, stopped: bool) -> None:
        self.firm.stop(customer, stopped)

    @rule(customer=CUSTOMERS, days=st.integers(-1, 3))
    def pauses(self, customer: int, days: int) -> None:
        """What was planned for the customer is gone at once, not only with the next day (D10)."""
        self.firm.pause(customer, days)
        if days >= 0:
            waiting = [row for row in self.firm.actions("planned", "to-confirm") if row.confirmed_at is None]
            assert not [row for row in waiting if row.customer_id == customer and row.specific_id is None]

    @rule(which=st.integers(0, 20))
    def has_had_every_step(self, which: int) -> None:
        if item := _pick([one for one in self.firm.open_items() if one.open_amount > 0], which):
            self.firm.steps_are_done(item.item_id)
            self._decide()

    @rule(sending=st.booleans())
    def switches_sending(self, sending: bool) -> None:
        self.firm.switch(sending)

    @rule(customer=CUSTOMERS)
    def moves(self, customer: int) -> None:
        self.firm.move(customer, f"new{next(self._numbers)}@customer{customer}.example")

    # sending

    @rule()
    def sends(self) -> None:
        self.firm.dispatch()
        assert not self.inspector.faults, self.inspector.faults

    @rule(late=st.booleans(), kind=st.sampled_from((LATER, REFUSED, UNKNOWN)))
    def sends_badly(self, late: bool, kind: Any) -> None:
        (self.firm.channel.late if late else self.firm.channel.early).append(kind)
        self.sends()
        self.firm.channel.late.clear()
        self.firm.channel.early.clear()

    @rule(which=st.integers(0, 9), answer=st.sampled_from(("sent", "resend", "cancel")))
    def resolves(self, which: int, answer: str) -> None:
        if action := _pick(self.firm.actions("unknown", "failed"), which):
            self.firm.resolve(action.action_id, answer)

    @rule()
    def backs_up(self) -> None:
        if not self.inspector.fenced:
            self.firm.back_up()

    @rule()
    def restores(self) -> None:
        if self.firm.restore():
            self.inspector.fenced = bool(self.firm.fence.trouble())

    @rule()
    def opens_the_fence(self) -> None:
        if self.inspector.fenced:
            self.firm.open_fence()
            self.inspector.fenced = False
            self.inspector.forget()

    # always

    @invariant()
    def at_most_one_open_action_an_account(self) -> None:
        live = self.firm.actions("planned", "to-confirm", "confirmed", "sending", "held")
        accounts = [row.customer_id for row in live if row.specific_id is None]
        assert len(accounts) == len(set(accounts))
        assert not [row for row in live if row.state == "sending"], "nothing is left on its way"
        assert all(row.reason for row in live if row.state == "held")

    def teardown(self) -> None:
        """Whatever a life led to, quiet weeks follow: nothing of it may leave that should not."""
        if hasattr(self, "firm"):
            self.opens_the_fence()
            self.firm.switch(True)
            self.weeks_pass(2)
            with self.firm.work.reading(self.firm.tenant) as unit:
                told = unit.audit.verify()
            self.firm.close()
            assert told.ok


def _pick(rows: list[Any], which: int) -> Any:
    return rows[which % len(rows)] if rows else None


LONG = bool(os.environ.get("RELANCE_LONG_TESTS"))
"""Every night, with new lives each time; otherwise the same ones."""


def test_nothing_leaves_that_should_not_in_any_reachable_state(empty_sqlite: Path, tmp_path: Path) -> None:
    engine = engine_for(f"sqlite:///{tmp_path}/firm/relance.db", durable=False)
    _live(empty_sqlite, engine, lives=9, steps=14)


def test_nor_does_it_on_postgresql(postgres_url: str, tmp_path: Path) -> None:
    """Fewer lives, and no backups: locks and claims are what differs."""
    engine = engine_for(postgres_url)
    _live(tmp_path / "firm", engine, lives=3, steps=10)


def _live(empty: Path, engine: Engine, lives: int, steps: int) -> None:
    Lives.empty, Lives.engine = empty, engine
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=lives * 125 if LONG else lives,
            stateful_step_count=50 if LONG else steps,
            deadline=None,
            derandomize=not LONG,
            database=None,
            phases=(Phase.generate, Phase.shrink) if LONG else (Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
