"""Message texts: drafts, versions, publishing, and what they would say."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from relance.core.collection.templates import Template, fingerprint
from relance.http.api.access import caller_of, doing, reading, removing
from relance.http.api.once import Once
from relance.ports.render import Rendered
from relance.usecases.templates.discard_template import DiscardTemplate
from relance.usecases.templates.draft_template import DraftTemplate, TextToDraft
from relance.usecases.templates.list_templates import ListTemplates
from relance.usecases.templates.preview_template import PreviewTemplate, TextToPreview
from relance.usecases.templates.publish_template import PublishTemplate
from relance.usecases.templates.restore_template import RestoreTemplate, TextToRestore
from relance.usecases.templates.show_template import ShowTemplate, TemplateShown
from relance.usecases.templates.supply_templates import SupplyTemplates

AnyRequest = Request[Any, Any, Any]


class TextRow(msgspec.Struct, frozen=True, kw_only=True):
    """One text in one language: the version that is sent, 0 for none, and whether something is drafted."""

    code: str
    language: str
    version: int
    draft: bool


class TextsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Every text by code and language. `supplied`: how many came with the installation and are not here."""

    rows: list[TextRow]
    supplied: int


class Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A subject and a body."""

    subject: str
    body: str

    @classmethod
    def of(cls, text: Template | None) -> "Words | None":
        """The words of a text."""
        return cls(subject=text.subject, body=text.body) if text else None


class VersionOfText(msgspec.Struct, frozen=True, kw_only=True):
    """One publication; `at` is null for what came with the installation."""

    version: int
    at: datetime | None
    author: str
    subject: str
    body: str


class TextAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A text as it is sent, as it is drafted, as it was, and as it is supplied."""

    code: str
    language: str
    published: Words | None
    draft: Words | None
    supplied: Words | None
    versions: list[VersionOfText]

    @classmethod
    def of(cls, shown: TemplateShown) -> "TextAnswer":
        """The answer of a text."""
        return cls(
            code=shown.code,
            language=shown.language,
            published=Words.of(shown.published),
            draft=Words.of(shown.draft.text if shown.draft else None),
            supplied=Words.of(shown.supplied),
            versions=[
                VersionOfText(version=one.version, at=one.at, author=one.author, subject=one.subject, body=one.body)
                for one in shown.versions
            ],
        )


class TextDrafted(msgspec.Struct, frozen=True, kw_only=True):
    """What is drafted now."""

    code: str
    language: str
    etag: str


class TextVersionMade(msgspec.Struct, frozen=True, kw_only=True):
    """The version that is sent from now on."""

    code: str
    language: str
    version: int


class TextVersionAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which version; 0 is the supplied text."""

    version: int


class PreviewAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """With whose data, an invented customer's without one; `words` are tried without being kept."""

    customer: str = ""
    words: Words | None = None


class Supplied(msgspec.Struct, frozen=True, kw_only=True):
    """How many texts were added."""

    added: int


@reading("/templates", "settings", summary="Message texts by language")
def templates(request: AnyRequest, list_templates: NamedDependency[ListTemplates]) -> TextsAnswer:
    """Every text."""
    shown = list_templates(caller_of(request).actor)
    lines = [line for row in shown.rows for line in row.texts.values()]
    rows = [TextRow(code=line.code, language=line.language, version=line.version, draft=line.drafted) for line in lines]
    return TextsAnswer(rows=rows, supplied=shown.supplied)


@reading("/templates/{code:str}/{language:str}", "settings", summary="One text, with its versions")
def template(
    request: AnyRequest, code: FromPath[str], language: FromPath[str], show_template: NamedDependency[ShowTemplate]
) -> Response[TextAnswer]:
    """What is sent, what is drafted; its ETag goes into If-Match of a change."""
    shown = show_template(caller_of(request).actor, code, language)
    return Response(TextAnswer.of(shown), headers={"etag": f'"{fingerprint(shown.text)}"'})


@doing("/templates/{code:str}/{language:str}/draft", "settings", summary="Draft a text; refused with the line")
def draft_template(
    request: AnyRequest,
    code: FromPath[str],
    language: FromPath[str],
    data: JSONBody[Words],
    draft_template: NamedDependency[DraftTemplate],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """Nothing is sent from a draft. If-Match refuses to write over what changed meanwhile."""
    text = Template(code, language, data.subject, data.body)
    seen = request.headers.get("if-match", "").strip('"')

    def kept() -> TextDrafted:
        draft_template(TextToDraft(actor=caller_of(request).actor, text=text, seen=seen))
        return TextDrafted(code=code, language=language, etag=fingerprint(text))

    return once(request, msgspec.json.encode(data), kept)


@doing("/templates/{code:str}/{language:str}/publish", "settings", summary="Publish the draft of a text")
def publish_template(
    request: AnyRequest,
    code: FromPath[str],
    language: FromPath[str],
    publish_template: NamedDependency[PublishTemplate],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """Messages say it from now on; those confirmed before keep their words."""

    def made() -> TextVersionMade:
        done = publish_template(caller_of(request).actor, code, language)
        return TextVersionMade(code=code, language=language, version=done.version)

    return once(request, b"", made)


@doing("/templates/{code:str}/{language:str}/restore", "settings", summary="Draft an old version of a text again")
def restore_template(
    request: AnyRequest,
    code: FromPath[str],
    language: FromPath[str],
    data: JSONBody[TextVersionAsked],
    restore_template: NamedDependency[RestoreTemplate],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """It is sent again once it is published."""
    wanted = TextToRestore(actor=caller_of(request).actor, code=code, language=language, version=data.version)

    def kept() -> TextDrafted:
        return TextDrafted(code=code, language=language, etag=fingerprint(restore_template(wanted).text))

    return once(request, msgspec.json.encode(data), kept)


@doing("/templates/{code:str}/{language:str}/preview", "settings", summary="What a text would say to a customer")
def preview_template(
    request: AnyRequest,
    code: FromPath[str],
    language: FromPath[str],
    data: JSONBody[PreviewAsked],
    preview_template: NamedDependency[PreviewTemplate],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """Subject, HTML and plain text; nothing is kept and nothing is sent."""
    words = Template(code, language, data.words.subject, data.words.body) if data.words else None
    wanted = TextToPreview(
        actor=caller_of(request).actor, code=code, language=language, customer=data.customer, words=words
    )

    def said() -> Rendered:
        return preview_template(wanted)

    return once(request, msgspec.json.encode(data), said)


@doing("/templates/supply", "settings", summary="Add the supplied texts that are not here")
def supply_templates(
    request: AnyRequest, supply_templates: NamedDependency[SupplyTemplates], once: NamedDependency[Once]
) -> Response[bytes]:
    """Changes nothing that is there."""
    return once(request, b"", lambda: Supplied(added=supply_templates(caller_of(request).actor)))


@removing("/templates/{code:str}/{language:str}/draft", "settings", summary="Forget the draft of a text")
def discard_template(
    request: AnyRequest,
    code: FromPath[str],
    language: FromPath[str],
    discard_template: NamedDependency[DiscardTemplate],
) -> None:
    """What is published stays."""
    discard_template(caller_of(request).actor, code, language)


HANDLERS = [
    templates,
    template,
    draft_template,
    publish_template,
    restore_template,
    preview_template,
    supply_templates,
    discard_template,
]
