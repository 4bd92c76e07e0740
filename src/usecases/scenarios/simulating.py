"""Adding up what single accounts would get: by day, by channel, by step, by customer."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import msgspec

from relance.core.collection.kinds import is_message
from relance.core.collection.scenarios import Scenario
from relance.core.collection.simulating import Happening

VOLUMES = {"emails": "email", "texts": "sms", "letters": "letter", "calls": "call", "tasks": "task"}
"""What is counted, and the kind of action that counts in it."""


class DayVolume(msgspec.Struct, frozen=True, kw_only=True):
    """What one day would bring."""

    on: date
    emails: int
    calls: int
    tasks: int
    texts: int = 0
    letters: int = 0

    @property
    def messages(self) -> int:
        """What leaves, whatever its kind: the day's cap counts them all (A26)."""
        return self.emails + self.texts + self.letters


class Jump(msgspec.Struct, frozen=True, kw_only=True):
    """So many customers would go from a step to another without those between."""

    before: str
    after: str
    missed: tuple[str, ...]
    customers: int


class Busiest(msgspec.Struct, frozen=True, kw_only=True):
    """A customer with many messages."""

    customer: str
    name: str
    emails: int


class Outlook(msgspec.Struct, frozen=True, kw_only=True):
    """Some weeks under one version; `texts` are SMS. `emails_each`: how many customers would get so many messages."""

    version: int
    emails: int
    calls: int
    tasks: int
    texts: int
    letters: int
    waited: int
    """Messages for which the account's budget or the tenant's day had no room when they could have left."""
    days: list[DayVolume]
    steps: dict[str, int]
    emails_each: dict[int, int]
    busiest: list[Busiest]
    jumps: list[Jump]
    untouched: dict[str, int]
    """Accounts that get nothing in these weeks, by reason."""


class Tally:
    """Counts the happenings of one version, account by account."""

    def __init__(self, scenario: Scenario, live: Scenario | None, first: date, last: date) -> None:
        self._scenario, self._live, self._first, self._last = scenario, live, first, last
        self._days: Counter[tuple[date, str]] = Counter()
        self._steps: Counter[int] = Counter()
        self._each: Counter[int] = Counter()
        self._untouched: Counter[str] = Counter()
        self._waited = 0
        self._jumps: Counter[tuple[str, str, tuple[str, ...]]] = Counter()
        self._busiest: list[tuple[int, str, str]] = []

    def add(self, customer: tuple[str, str], done: Mapping[int, int], found: Sequence[Happening], reason: str) -> None:
        """One account; `done` maps a step as carried back to the one that it was, for the first action."""
        if not found:
            self._untouched[reason] += 1
            return
        for one in found:
            self._days[one.on, one.kind] += 1
            self._steps[one.number] += 1
        self._waited += sum(one.waited for one in found)
        self._jump(done, found[0])
        messages = sum(is_message(one.kind) for one in found)
        self._each[messages] += 1
        if messages > 1:
            self._busiest.append((messages, *customer))
            if len(self._busiest) > 2000:
                self._busiest = sorted(self._busiest, reverse=True)[:20]

    def outlook(self) -> Outlook:
        """What it comes to."""
        kinds = Counter[str]()
        for (_, kind), count in self._days.items():
            kinds[kind] += count
        length = (self._last - self._first).days + 1
        days = [self._day(self._first + timedelta(days=ahead)) for ahead in range(length)]
        busiest = sorted(self._busiest, key=lambda one: (-one[0], one[1]))[:10]
        return Outlook(
            version=self._scenario.version,
            emails=kinds["email"],
            calls=kinds["call"],
            tasks=kinds["task"],
            texts=kinds["sms"],
            letters=kinds["letter"],
            waited=self._waited,
            days=days,
            steps={self._scenario.step(number).code: count for number, count in sorted(self._steps.items())},
            emails_each=dict(sorted(self._each.items())),
            busiest=[Busiest(customer=code, name=name, emails=count) for count, code, name in busiest],
            jumps=[
                Jump(before=before, after=after, missed=missed, customers=count)
                for (before, after, missed), count in self._jumps.most_common()
            ],
            untouched=dict(self._untouched.most_common()),
        )

    def _day(self, on: date) -> DayVolume:
        return DayVolume(on=on, **{name: self._days[on, kind] for name, kind in VOLUMES.items()})

    def _jump(self, done: Mapping[int, int], first: Happening) -> None:
        """Whether the first action leaves out steps that the account never had, by their codes."""
        had, before = set[str](), ""
        if self._live and first.after:
            last = done.get(first.after, first.after)
            had = {step.code for step in self._live.steps[:last]}
            before = self._live.steps[last - 1].code if 0 < last <= len(self._live.steps) else ""
        between = self._scenario.steps[: first.number - 1]
        skipped = [
            step.code
            for number, step in enumerate(between, 1)
            if step.day >= 0 and step.code not in had and number not in self._scenario.passed_over
        ]
        if skipped and (first.after or first.missed):
            self._jumps[before, self._scenario.step(first.number).code, tuple(skipped)] += 1
