"""A look at a message is a matter of what it was looked at with: where all of that is the same again, it is, too."""

import msgspec

from relance.core.collection.actions import Action
from relance.core.collection.sending import Dossier
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.drafting import Look, Mentions, look

Grounds = tuple[object, ...]


class Sight(msgspec.Struct, frozen=True):
    """A look, and everything that it was made from."""

    grounds: Grounds
    seen: Look


def sight_of(desk: Desk, action: Action, dossier: Dossier, before: Mentions) -> Sight:
    """A look that may hold later."""
    return Sight(_grounds(desk, action, dossier, before), look(desk, action, dossier, before))


def look_again(desk: Desk, action: Action, dossier: Dossier, before: Mentions, earlier: Sight | None) -> Look:
    """What the message would say now, to whom and from whom: the account was read again in this transaction."""
    if earlier is None or _asks_more(action) or earlier.grounds != _grounds(desk, action, dossier, before):
        return look(desk, action, dossier, before)
    return earlier.seen


def _asks_more(action: Action) -> bool:
    """Users whom a person named for copies are read while it is looked at."""
    return action.brief is not None and bool(action.brief.cc)


def _grounds(desk: Desk, action: Action, dossier: Dossier, before: Mentions) -> Grounds:
    scenario = None if action.specific else desk.scenario_of(action)
    mentioned = tuple(items for (customer, _, _), items in before.items() if customer == action.customer)
    own_words = action.brief is not None and action.brief.body
    texts = None if own_words else desk.templates(action.template)
    rules = (desk.today, desk.tenant, desk.settings, desk.sender_domains, desk.entities)
    return (_as_looked_at(action), dossier, scenario, texts, mentioned, *rules)


def _as_looked_at(action: Action) -> Action:
    """Without what writing its message has changed of it."""
    return msgspec.structs.replace(
        action, items=(), amount=0, amounts={}, message_id="", content_hash="", warnings=(), reason="", fence=0
    )
