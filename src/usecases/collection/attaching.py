"""The documents of a message, made from the same items as its words and frozen with them."""

import re

from relance.core.collection.actions import Action
from relance.core.collection.sending import Dossier
from relance.core.insight.statements import Statement, statement_of
from relance.core.kernel.identifiers import CustomerId
from relance.ports.channels import Attachment
from relance.ports.render import Renderer
from relance.ports.work import Unit
from relance.usecases.collection.desk import Desk

STATEMENT, WITH_INTEREST = "statement", "statement-interest"
_PDF = "application/pdf"


def attachments(
    desk: Desk, action: Action, dossier: Dossier, language: str, renderer: Renderer
) -> tuple[Attachment, ...]:
    """What travels along: nothing for most messages."""
    wanted = action.brief.attached if action.brief else ()
    if not {STATEMENT, WITH_INTEREST} & set(wanted):
        return ()
    rate = desk.settings.text("penalty-rate") if WITH_INTEREST in wanted and dossier.penalties else ""
    spared = {one.customer for one in dossier.companions if not one.penalties}
    address, company = address_of(desk.unit, dossier.customer), desk.company_of(dossier.entity)
    statement = statement_of(company, (dossier.code, dossier.name, address), dossier.items, desk.today, rate, spared)
    return (Attachment(f"{file_stem(statement)}.pdf", _PDF, renderer.statement(statement, language)),)


def address_of(unit: Unit, customer: CustomerId) -> tuple[str, ...]:
    """The customer's address, a line each."""
    card = unit.customer_file.card_of(customer)
    return tuple(line for line in (card.street, " ".join(filter(None, (card.zip, card.city))), card.country) if line)


def file_stem(statement: Statement) -> str:
    """The name of a statement's file: letters that every system takes."""
    return f"statement-{re.sub(r'[^A-Za-z0-9._-]', '_', statement.code)}-{statement.as_of.isoformat()}"
