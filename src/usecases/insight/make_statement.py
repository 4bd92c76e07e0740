"""Make a customer's statement of account as a file."""

from typing import Literal

import msgspec

from relance.core.insight.statements import statement_of
from relance.core.kernel.errors import BadInput
from relance.core.tenancy.languages import MESSAGE_LANGUAGES
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.render import Statements
from relance.ports.work import Work
from relance.usecases.collection.attaching import address_of, file_stem
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.wording import languages_of

StatementForm = Literal["pdf", "xlsx"]
_TYPES: dict[StatementForm, str] = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class StatementWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Whose, in which form and language (without one that of the customer), with late interest or without."""

    actor: Actor
    code: str
    form: StatementForm = "pdf"
    language: str = ""
    interest: bool = False


class StatementMade(msgspec.Struct, frozen=True, kw_only=True):
    """The file."""

    file_name: str
    media_type: str
    content: bytes
    language: str
    items: int


class MakeStatement:
    """What is open today, in the customer's language; that it was made is on record."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars, statements: Statements) -> None:
        self._work, self._clock, self._calendars, self._statements = work, clock, calendars, statements

    def __call__(self, request: StatementWanted) -> StatementMade:
        """The statement; raises BadInput for a language that is not spoken, NotFound, NotAllowed."""
        require_right(request.actor, "export")
        if request.language and request.language not in MESSAGE_LANGUAGES:
            raise BadInput(f"language: one of {', '.join(MESSAGE_LANGUAGES)}")
        own = request.actor.user if request.actor.own_only else None
        with self._work(request.actor.tenant) as unit:
            desk = Desk(unit, self._clock.now(), self._calendars)
            card = unit.customer_file.card(request.code, own)
            known = (tag for tag in (request.language, *languages_of(desk, card.customer)) if tag in MESSAGE_LANGUAGES)
            language = next(known, "en")
            rate = desk.settings.text("penalty-rate") if request.interest and card.penalties else ""
            customer = (card.code, card.name, address_of(unit, card.customer))
            items = unit.customer_file.open_items(card.customer)
            statement = statement_of(desk.company_of(card.entity), customer, items, desk.today, rate)
            rows = sum(len(part.lines) for part in statement.parts)
            detail = {"rows": rows, "filters": {"customer": card.code, "format": request.form}}
            unit.audit.record(request.actor.name, "exported", "table:statement", detail)
        make = self._statements.pdf if request.form == "pdf" else self._statements.workbook
        return StatementMade(
            file_name=f"{file_stem(statement)}.{request.form}",
            media_type=_TYPES[request.form],
            content=make(statement, language),
            language=language,
            items=rows,
        )
