"""The renderer: from a template and plain data to the words that a person reads."""

from typing import Protocol

import msgspec

from relance.core.collection.composing import Content
from relance.core.collection.templates import Template
from relance.core.kernel.errors import BadInput


class Rendered(msgspec.Struct, frozen=True, kw_only=True):
    """A message's words, finished."""

    subject: str
    html: str
    text: str


class TemplateBroken(BadInput):
    """The template says something that it may not, or asks for something that is not there."""

    code = "render"


class Renderer(Protocol):
    """Renders the same bytes for the same template and data, always (I-25)."""

    def render(self, template: Template, content: Content) -> Rendered:
        """Fill one template in its own language; raises TemplateBroken."""
        ...

    def check(self, template: Template) -> None:
        """Raise TemplateBroken unless the template can be rendered."""
        ...
