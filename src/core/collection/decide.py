"""The day's decision for one account: guards in the order of D14, then the plan."""

from datetime import date, timedelta

from relance.core.collection.accounts import Account, AccountFacts, CurrencyFacts, is_worth
from relance.core.collection.actions import Action, State
from relance.core.collection.cycles import Leader, NextStep, next_step
from relance.core.collection.decisions import QUIET, Decision, Path, Plan
from relance.core.collection.kinds import is_message
from relance.core.collection.listing import Listing
from relance.core.collection.rules import DayRules
from relance.core.collection.scenarios import Scenario


def decide(
    account: Account,
    facts: AccountFacts,
    scenario: Scenario | None,
    on: DayRules,
    blocked: bool = False,
    path: Path = QUIET,
) -> Decision:
    """What the day does for an account without an open action.

    `blocked`: one of its actions is `unknown` or `failed` and waits for a person (D8).
    """
    stop = gate(account, facts.open_items, scenario, on.today)
    if path.loud:
        path.saw("account", open_items=facts.open_items, scenario=account.scenario, stop=stop)
    if stop or scenario is None:
        return Decision(skip=stop)
    left, skip = currencies_left(facts, on, path)
    if skip:
        return Decision(skip=skip)
    leader, skip = choose_leader(left, on, path)
    if leader is None:
        return Decision(skip=skip)
    following = next_step(scenario, leader, on.today)
    if following is None:
        return Decision(skip="condition-not-met" if scenario.passed_over else "scenario-ended")
    if path.loud:
        path.saw("next-step", number=following.number, step=following.step.code, not_before=following.not_before)
    return _decide_step(account, left, leader, following, scenario, on, blocked)


def redecide(
    account: Account,
    facts: AccountFacts,
    scenario: Scenario | None,
    on: DayRules,
    action: Action,
    listed: Listing | None,
    blocked: bool = False,
    path: Path = QUIET,
) -> Decision:
    """What the day does for an account with an open action (D10).

    `listed` is what the action's step lists now; None where that step is no more. What a person has confirmed, and what
    is being sent, is left alone: sending asks again (A9).
    """
    stop = gate(account, facts.open_items, scenario, on.today)
    path.saw("account", open_items=facts.open_items, scenario=account.scenario, stop=stop)
    if action.frozen or action.state == "sending":
        return Decision(skip=stop or "action-open")
    if stop or scenario is None:
        return Decision(skip=stop, cancel="settled" if stop == "nothing-open" else stop)
    why = _why_gone(action, scenario, listed)
    path.saw("open-action", action=action.action, step=action.step, gone=why)
    if not why:
        return Decision(skip="action-open", listing=listed)
    again = decide(account, facts, scenario, on, blocked, path)
    return Decision(plan=again.plan, skip=again.skip, until=again.until, cancel=why)


def gate(account: Account, open_items: int, scenario: Scenario | None, today: date) -> str:
    """The first reason of D14 that needs no look at the sums, or nothing."""
    if not open_items:
        return "nothing-open"
    if account.collection_stop:
        return "blocked"
    if account.grouped:
        return "grouped"
    if account.paused_until and today <= account.paused_until:
        return "paused"
    if scenario is None:
        return "no-scenario"
    return "" if scenario.steps else "scenario-without-action"


def currencies_left(facts: AccountFacts, on: DayRules, path: Path = QUIET) -> tuple[list[CurrencyFacts], str]:
    """The currencies left by D4 and D5, and the reason when none is."""
    if facts.overdue and facts.overdue == facts.overdue_held:
        return [], "all-held"
    left, small = [], False
    for one in facts.currencies:
        in_credit = one.balance <= 0 or (one.collectables > 0 and one.net <= 0)
        below = not in_credit and one.collectables > 0 and one.net < on.rules.minimum.get(one.currency, 0)
        if path.loud:
            seen = {"balance": one.balance, "net": one.net, "in_credit": in_credit, "below": below}
            path.saw("currency", currency=one.currency, **seen)
        small = small or below
        if not in_credit and not below:
            left.append(one)
    if left or not facts.currencies:
        return left, ""
    return [], "below-minimum" if small else "in-credit"


def choose_leader(left: list[CurrencyFacts], on: DayRules, path: Path = QUIET) -> tuple[Leader | None, str]:
    """The leader over the currencies left (D6), or the reason why there is none."""
    leader = left[0].leader if len(left) == 1 else min([one.leader for one in left if one.leader], default=None)
    if leader:
        if path.loud:
            path.saw("leader", number=leader.number, due_on=leader.due_on, step_done=leader.step_done)
        return leader, ""
    coming = [one for one in left if one.coming]
    worth = [one.coming for one in coming if one.coming and _note_worth(one, on)]
    if worth:
        leader = min(worth)
        path.saw("leader-before-due", number=leader.number, due_on=leader.due_on, step_done=leader.step_done)
        return leader, ""
    if coming:
        return None, "below-minimum" if any((one.note_net or 0) > 0 for one in coming) else "in-credit"
    if any(one.unmatched for one in left):
        return None, "condition-not-met"
    ended = any(one.ended for one in left)
    return None, "scenario-ended" if ended else "nothing-to-collect"


def _note_worth(one: CurrencyFacts, on: DayRules) -> bool:
    """Whether the note before the due date asks for enough, where such a note comes next."""
    return one.note_net is None or is_worth(one.note_net, one.currency, on)


def _decide_step(
    account: Account,
    left: list[CurrencyFacts],
    leader: Leader,
    following: NextStep,
    scenario: Scenario,
    on: DayRules,
    blocked: bool,
) -> Decision:
    if blocked:
        return Decision(skip="blocked-by-unknown")
    if following.not_before > on.today:
        return Decision(skip="waiting-for-step" if leader.step_done else "not-due", until=following.not_before)
    recent_until = _recent_until(account, following, on)
    if recent_until and is_message(following.step.kind):
        return Decision(skip="contacted-recently", until=recent_until)
    state, reason = first_state(following, account, on)
    return Decision(
        plan=Plan(
            scenario=scenario,
            step=following.step,
            step_number=following.number,
            due_on=following.due_on,
            leader=leader,
            state=state,
            reason=reason,
            warnings=_warnings(account, following.step.kind, recent_until is not None),
            nets={one.currency: one.net for one in left if one.collectables},
        )
    )


def first_state(following: NextStep, account: Account, on: DayRules) -> tuple[State, str]:
    """The state in which a due step starts, and why a fully automatic one still asks to be confirmed (D8, D11)."""
    if not is_message(following.step.kind):
        return "planned", ""
    if following.step.automation != "automatic":
        return "to-confirm", ""
    late = on.rules.late_step_days
    if late and (on.today - following.due_on).days > late:
        return "to-confirm", "late-step"
    if account.first_day and on.rules.first_day_confirm:
        return "to-confirm", "first-day"
    return "confirmed", ""


def _recent_until(account: Account, following: NextStep, on: DayRules) -> date | None:
    """When the minimum delay after the last contact ends, while it lasts (D9)."""
    if account.last_contact_on is None or (following.step.day < 0 and on.rules.pre_due_exempt):
        return None
    until = account.last_contact_on + timedelta(days=on.rules.minimum_delay)
    return until if until > on.today else None


def _warnings(account: Account, kind: str, recent: bool) -> tuple[str, ...]:
    found = []
    if kind == "email" and not account.has_collection_contact:
        found.append("no-collection-contact")
    if not account.has_collector:
        found.append("no-collector")
    if recent:
        found.append("contacted-recently")
    return tuple(found)


def _why_gone(action: Action, scenario: Scenario, listed: Listing | None) -> str:
    """Why the open action cannot stay, or nothing (D10, B4)."""
    if listed is None or action.scenario != scenario.code:
        return "scenario-changed"
    if listed.reason:
        return listed.reason
    if action.step_number in scenario.passed_over:
        return "condition-not-met"
    leader = next((item for item in listed.items if item.item == action.leader), None)
    if leader is None:
        return "leader-gone"
    return "step-done" if leader.step_done >= action.step_number else ""
