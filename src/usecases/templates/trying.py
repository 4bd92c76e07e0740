"""What a text would say to a customer, or to an invented one."""

from collections.abc import Sequence

from relance.core.collection.composing import Content, Mailbox
from relance.core.collection.holding import collectable, free_credits, is_askable, oldest_first
from relance.core.collection.listing import Listing, with_credits
from relance.core.collection.recipients import recipients_of
from relance.core.collection.rules import DayRules
from relance.core.collection.samples import sample_content
from relance.core.collection.templates import Template
from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import CustomerId
from relance.core.ledger.items import Item
from relance.core.tenancy.users import Actor
from relance.ports.render import Rendered, Renderer
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.drafting import told_to


def tried(desk: Desk, actor: Actor, text: Template, customer: str, renderer: Renderer) -> Rendered:
    """The text with the data of a customer that the person may see; raises TemplateBroken, NotFound."""
    renderer.check(text)
    return renderer.render(text, _content(desk, actor, customer, _is_early(desk, text.code)))


def _is_early(desk: Desk, code: str) -> bool:
    """Whether it is a text of steps before the due date only."""
    days = [step.day for plan in desk.unit.collection.scenarios() for step in plan.steps if step.template == code]
    return bool(days) and max(days) < 0


def _content(desk: Desk, actor: Actor, customer: str, early: bool) -> Content:
    if not customer:
        return sample_content(desk.company, Mailbox(actor.name, ""), desk.tenant.currency, desk.today, early)
    card = desk.unit.customer_file.card(customer, actor.user if actor.own_only else None)
    dossier = desk.unit.delivery.dossiers([card.customer], desk.today)[card.customer]
    usable, _ = recipients_of(dossier.contacts)
    listed = _listed(dossier.items, _rules(desk, card.customer), early)
    return told_to(desk, dossier, usable[0].name if usable else "", listed)


def _rules(desk: Desk, customer: CustomerId) -> DayRules:
    """The day's rules with the thresholds of the customer's own scenario (B3)."""
    code = desk.unit.collection.scenarios_of([customer])[customer]
    try:
        return desk.on_under(desk.chasing(code))
    except NotFound:
        return desk.on


def _listed(items: Sequence[Item], on: DayRules, early: bool) -> Listing:
    """All that is overdue with the credits; for a courtesy note or where nothing is, what falls due next."""
    asked = collectable(items, on)
    later = oldest_first(item for item in items if is_askable(item, on) and item not in asked)
    if asked and not (early and later):
        return with_credits(asked, free_credits(items, on), [])
    return with_credits(later, [], [])
