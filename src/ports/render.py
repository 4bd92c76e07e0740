"""The renderer: from a template and plain data to the words that a person reads."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, Protocol

import msgspec

from relance.core.collection.composing import Content
from relance.core.collection.templates import Template
from relance.core.insight.statements import Statement
from relance.core.kernel.errors import BadInput

LetterKind = Literal["invitation", "address"]


class Rendered(msgspec.Struct, frozen=True, kw_only=True):
    """A message's words, finished."""

    subject: str
    html: str
    text: str


class Letters(Protocol):
    """Writes the product's own letters to people of the tenant."""

    def letter(self, kind: LetterKind, language: str, names: Mapping[str, str], until: date) -> Rendered:
        """The words of a letter in a language, English where that one has none; `names` fill its gaps."""
        ...


class Statements(Protocol):
    """Writes statements of account in the customer's language; no text in them is markup or a formula."""

    def pdf(self, statement: Statement, language: str) -> bytes:
        """A4 pages."""
        ...

    def workbook(self, statement: Statement, language: str) -> bytes:
        """An Excel workbook."""
        ...


class TemplateBroken(BadInput):
    """The template says something that it may not, or asks for something that is not there."""

    code = "render"


class LetterDraft(msgspec.Struct, frozen=True, kw_only=True):
    """All that becomes a letter on paper. `address` is whom it goes to, a line each; `country` is that one's code.

    `window` is where the envelope's is, `left` or `right`; empty: where the sender's country has it.
    """

    template: Template
    content: Content
    reference: str
    """`ID.GENERATION` of the action; stands on every page, behind the customer's number."""
    address: tuple[str, ...]
    country: str = ""
    window: str = ""


class Renderer(Protocol):
    """Renders the same bytes for the same template and data, always (I-25)."""

    def render(self, template: Template, content: Content) -> Rendered:
        """Fill one template in its own language; raises TemplateBroken."""
        ...

    def render_all(self, wanted: Sequence[tuple[Template, Content]]) -> list[Rendered | TemplateBroken]:
        """Many, in their order; what cannot be rendered, whatever it does, spoils its own only."""
        ...

    def drafted(self, template: Template, content: Content) -> Template:
        """The template as a text for a person to go on with: filled in, but for the total; raises TemplateBroken."""
        ...

    def statement(self, statement: Statement, language: str) -> bytes:
        """A statement of account as a PDF, to be attached."""
        ...

    def letters(self, drafts: Sequence[LetterDraft]) -> list[bytes | None]:
        """Letters as PDFs, each read again before it is given out (T21); None for one that cannot be printed."""
        ...

    def check(self, template: Template) -> None:
        """Raise TemplateBroken unless the template can be rendered."""
        ...
