"""Preview a text with a customer's own data, before it is sent to anybody."""

import msgspec

from relance.core.collection.templates import Template
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.render import Rendered, Renderer
from relance.ports.work import Work
from relance.usecases.collection.desk import Desk
from relance.usecases.templates.trying import tried
from relance.usecases.templates.writing import required_text


class TextToPreview(msgspec.Struct, frozen=True, kw_only=True):
    """Which text: the draft, else what is published; or words that are not kept yet. No customer: an invented one."""

    actor: Actor
    code: str
    language: str
    customer: str = ""
    words: Template | None = None


class PreviewTemplate:
    """Rendered by the same code that sends it; the ledger stays as it is."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars, renderer: Renderer) -> None:
        self._work, self._clock, self._calendars, self._renderer = work, clock, calendars, renderer

    def __call__(self, request: TextToPreview) -> Rendered:
        """The message; raises NotFound, TemplateBroken, NotAllowed."""
        require_right(request.actor, "scenarios")
        with self._work.reading(request.actor.tenant) as unit:
            desk = Desk(unit, self._clock.now(), self._calendars)
            text = request.words or required_text(unit, request.code, request.language)
            return tried(desk, request.actor, text, request.customer, self._renderer)
