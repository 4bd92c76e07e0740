"""Letters of one transaction are written one by one and printed together, before they are frozen."""

from collections.abc import Sequence

import msgspec

from relance.core.collection.actions import Action
from relance.core.collection.sending import Dossier
from relance.core.kernel.identifiers import ActionId
from relance.ports.channels import Attachment
from relance.ports.render import LetterDraft, Renderer
from relance.ports.store.delivery import FrozenMessage
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.drafting import Look, content, content_hash, texts_of
from relance.usecases.collection.writing import write

LETTER = "letter"
PDF = "application/pdf"


class Lettering:
    """Writes messages of any kind; what is a letter becomes a PDF when `finish` is asked for."""

    def __init__(self, desk: Desk, renderer: Renderer) -> None:
        self._desk, self._renderer = desk, renderer
        self._drafts: dict[ActionId, LetterDraft] = {}

    def write(self, action: Action, dossier: Dossier, seen: Look) -> FrozenMessage:
        """The message of an action that nothing holds; raises TemplateBroken."""
        message = write(self._desk, action, dossier, seen, self._renderer)
        if action.kind == LETTER:
            self._drafts[action.action] = letter_draft(self._desk, action, dossier, seen)
        return message

    def finish(
        self, written: Sequence[tuple[Action, FrozenMessage | None]]
    ) -> list[tuple[Action, FrozenMessage | None]]:
        """The same with the letters printed; one that cannot be is `failed`, and the others go on."""
        wanted = [action.action for action, message in written if message and action.action in self._drafts]
        made = dict(zip(wanted, self._renderer.letters([self._drafts[one] for one in wanted]), strict=True))
        return [
            _printed(action, message, made[action.action]) if message and action.action in made else (action, message)
            for action, message in written
        ]


def letter_draft(desk: Desk, action: Action, dossier: Dossier, seen: Look) -> LetterDraft:
    """What becomes the letter of an action."""
    if seen.language is None:
        raise ValueError("what is held cannot be written")
    window = desk.settings.text("letter-window")
    return LetterDraft(
        template=texts_of(desk, action)[seen.language],
        content=content(desk, dossier, seen),
        reference=f"{action.action}.{action.generation}",
        address=tuple(line for one in seen.to[:1] for line in (one.name, *one.lines)),
        country=dossier.country,
        window="" if window == "auto" else window,
    )


def letter_pdf(desk: Desk, action: Action, dossier: Dossier, seen: Look, renderer: Renderer) -> tuple[Attachment, ...]:
    """The letter as it would be printed now, for a person to read; nothing for other messages."""
    if action.kind != LETTER or not seen.to:
        return ()
    [made] = renderer.letters([letter_draft(desk, action, dossier, seen)])
    return (_attachment(action, made),) if made else ()


def _printed(action: Action, message: FrozenMessage, made: bytes | None) -> tuple[Action, FrozenMessage | None]:
    change = msgspec.structs.replace
    if made is None:
        return change(action, state="failed", reason="render", confirmed_by=None, confirmed_at=None), None
    attached = (_attachment(action, made), *message.message.attachments)
    finished = change(message.message, attachments=attached)
    digest = content_hash(finished)
    return change(action, content_hash=digest), change(message, message=finished, content_hash=digest)


def _attachment(action: Action, made: bytes) -> Attachment:
    return Attachment(f"letter-{action.action}.{action.generation}.pdf", PDF, made)
