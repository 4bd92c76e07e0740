"""The documents of a message, made from the same items as its words and frozen with them."""

import re
from collections.abc import Sequence

import msgspec

from relance.core.collection.actions import Action
from relance.core.collection.enclosing import COPIES, MEGABYTE, STATEMENT, WITH_INTEREST, LeftOut, Room, chosen_copies
from relance.core.collection.sending import Dossier
from relance.core.insight.statements import Statement, statement_of
from relance.core.kernel.identifiers import CustomerId
from relance.core.ledger.items import Item
from relance.ports.channels import Attachment
from relance.ports.render import Renderer
from relance.ports.work import Unit
from relance.usecases.collection.desk import Desk

_PDF = "application/pdf"


class Enclosed(msgspec.Struct, frozen=True):
    """What travels along, and the invoices whose copies do not though they were asked for."""

    statement: Statement | None = None
    copies: tuple[Attachment, ...] = ()
    """By what the archive calls them."""
    left_out: tuple[LeftOut, ...] = ()

    def attached(self, language: str, renderer: Renderer) -> tuple[Attachment, ...]:
        """All of it, with the statement written; raises TemplateBroken where it cannot be."""
        if self.statement is None:
            return self.copies
        written = renderer.statement(self.statement, language)
        return (Attachment(f"{file_stem(self.statement)}.pdf", _PDF, written), *self.copies)


def enclosed(desk: Desk, action: Action, dossier: Dossier, listed: Sequence[Item]) -> Enclosed:
    """What travels along: nothing for most messages."""
    wanted = wanted_documents(desk, action)
    if not wanted:
        return Enclosed()
    copies, left = _copies(desk, listed) if COPIES in wanted else ((), ())
    return Enclosed(_statement(desk, dossier, wanted), copies, left)


def wanted_documents(desk: Desk, action: Action) -> frozenset[str]:
    """What a person wants of this action, and for an action of a scenario what its step says."""
    own = action.brief.attached if action.brief else ()
    if action.specific:
        return frozenset(own)
    return frozenset((*own, *desk.scenario_of(action).step(action.step_number).attach))


def _copies(desk: Desk, listed: Sequence[Item]) -> tuple[tuple[Attachment, ...], tuple[LeftOut, ...]]:
    number = desk.settings.number
    room = Room(number("copies-most"), number("copies-megabytes") * MEGABYTE)
    kept = desk.unit.documents.newest([item.item for item in listed])
    taken, left = chosen_copies(listed, kept, room)
    attached = (Attachment(name, one.media_type, b"", one.ref, one.size) for name, one in taken)
    return tuple(attached), tuple(left)


def _statement(desk: Desk, dossier: Dossier, wanted: frozenset[str]) -> Statement | None:
    if not {STATEMENT, WITH_INTEREST} & wanted:
        return None
    rate = desk.settings.text("penalty-rate") if WITH_INTEREST in wanted and dossier.penalties else ""
    spared = {one.customer for one in dossier.companions if not one.penalties}
    customer, company = (dossier.code, dossier.name, dossier.address), desk.company_of(dossier.entity)
    return statement_of(company, customer, dossier.items, desk.today, rate, spared)


def address_of(unit: Unit, customer: CustomerId) -> tuple[str, ...]:
    """The customer's address, a line each."""
    card = unit.customer_file.card_of(customer)
    return tuple(line for line in (card.street, " ".join(filter(None, (card.zip, card.city))), card.country) if line)


def file_stem(statement: Statement) -> str:
    """The name of a statement's file: letters that every system takes."""
    return f"statement-{re.sub(r'[^A-Za-z0-9._-]', '_', statement.code)}-{statement.as_of.isoformat()}"
