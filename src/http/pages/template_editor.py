"""One text: its words, its preview on a customer, its versions, and a test to oneself."""

from typing import Any

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.enums import MediaType
from litestar.params import FromPath

from relance.core.collection.templates import Template
from relance.core.kernel.errors import BadInput, Conflict
from relance.http.access import deed, page
from relance.http.addresses import query
from relance.http.dependencies import Fields
from relance.http.i18n.speech import gettext
from relance.http.pages.template_desk import TextDesk
from relance.http.pages.template_words import trial_words
from relance.http.security import MESSAGE_POLICY
from relance.http.templating import Show
from relance.usecases.insight.browse_customers import BrowseCustomers
from relance.usecases.templates.discard_template import DiscardTemplate
from relance.usecases.templates.draft_template import DraftTemplate, TextToDraft
from relance.usecases.templates.preview_template import PreviewTemplate, TextToPreview
from relance.usecases.templates.publish_template import PublishTemplate
from relance.usecases.templates.restore_template import RestoreTemplate, TextToRestore
from relance.usecases.templates.show_template import ShowTemplate
from relance.usecases.templates.try_template import TrialWanted, TryTemplate
from relance.usecases.tenancy.resume_session import SignedIn

AnyRequest = Request[Any, Any, Any]


@page("/templates/{code:str}", needs="scenarios")
def editor(
    code: FromPath[str],
    request: AnyRequest,
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    show_template: NamedDependency[ShowTemplate],
    preview_template: NamedDependency[PreviewTemplate],
    browse_customers: NamedDependency[BrowseCustomers],
) -> Response[str]:
    """The text in one language beside what it says to a customer."""
    asked = request.query_params
    desk = TextDesk(who, show_template, preview_template, browse_customers)
    shown = desk.opened(code, asked.get("lang", ""))
    text = desk.begun(shown, asked.get("like", ""))
    return show("texts/editor.html", **desk.values(shown, text, asked.get("customer", "")))


@page("/templates/{code:str}/message", needs="scenarios")
def message(
    code: FromPath[str],
    request: AnyRequest,
    who: NamedDependency[SignedIn],
    preview_template: NamedDependency[PreviewTemplate],
) -> Response[str]:
    """The message for its frame; the policy of this answer lets styles live and nothing else."""
    asked = request.query_params
    wanted = TextToPreview(
        actor=who.actor, code=code, language=asked.get("lang", ""), customer=asked.get("customer", "")
    )
    rendered = preview_template(wanted)
    policy = {"content-security-policy": MESSAGE_POLICY}
    if not rendered.html:
        return Response(rendered.text, headers=policy, media_type=MediaType.TEXT)
    return Response(rendered.html, headers=policy)


@deed("/templates/{code:str}", needs="scenarios")
def save(
    code: FromPath[str],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    show_template: NamedDependency[ShowTemplate],
    preview_template: NamedDependency[PreviewTemplate],
    browse_customers: NamedDependency[BrowseCustomers],
    draft_template: NamedDependency[DraftTemplate],
    publish_template: NamedDependency[PublishTemplate],
) -> Response[str]:
    """Keep the draft, and publish it where that was asked; what cannot be sent is shown again with the reason."""
    body = (fields.raw("body") or "").replace("\r\n", "\n")
    text = Template(code, fields.text("lang"), fields.text("subject"), body)
    customer, seen = fields.text("customer"), fields.text("seen")
    try:
        draft_template(TextToDraft(actor=who.actor, text=text, seen=seen))
    except (BadInput, Conflict) as refused:  # the form keeps what was typed
        desk = TextDesk(who, show_template, preview_template, browse_customers)
        values = desk.values(desk.opened(code, text.language), text, customer, refused.detail, seen)
        return show("texts/editor.html", status=422, **values)
    if fields.text("deed") != "publish":
        return show.go(_here(who, code, text.language, customer, done="saved"))
    publish_template(who.actor, code, text.language)
    return show.go(_here(who, code, text.language, customer, done="text-published"))


@deed("/templates/{code:str}/discard", needs="scenarios")
def discard(
    code: FromPath[str],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    discard_template: NamedDependency[DiscardTemplate],
) -> Response[str]:
    """Forget the draft."""
    discard_template(who.actor, code, fields.text("lang"))
    return show.go(_here(who, code, fields.text("lang"), fields.text("customer")))


@deed("/templates/{code:str}/restore", needs="scenarios")
def restore(
    code: FromPath[str],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    restore_template: NamedDependency[RestoreTemplate],
) -> Response[str]:
    """An earlier version becomes the draft."""
    language = fields.text("lang")
    restore_template(TextToRestore(actor=who.actor, code=code, language=language, version=fields.number("version")))
    return show.go(_here(who, code, language, fields.text("customer"), done="back"))


@deed("/templates/{code:str}/test", needs="scenarios")
def trial(
    code: FromPath[str],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    show_template: NamedDependency[ShowTemplate],
    preview_template: NamedDependency[PreviewTemplate],
    browse_customers: NamedDependency[BrowseCustomers],
    try_template: NamedDependency[TryTemplate],
) -> Response[str]:
    """A test to the person who asks."""
    desk = TextDesk(who, show_template, preview_template, browse_customers)
    shown = desk.opened(code, fields.text("lang"))
    values = desk.values(shown, shown.text, fields.text("customer"))
    wanted = TrialWanted(
        actor=who.actor,
        code=code,
        language=shown.language,
        customer=str(values["customer"]),
        mark=gettext("[Test]"),
        notice=gettext("This is a test, sent to you alone. The customer does not get it."),
    )
    done = try_template(wanted)
    tried = {"tried": trial_words(done.sent, done.to, done.reason), "tried_well": done.sent}
    return show("texts/editor.html", **values | tried)


def _here(who: SignedIn, code: str, language: str, customer: str, done: str = "") -> str:
    return f"/t/{who.tenant.code}/templates/{code}{query(lang=language, customer=customer, done=done)}"


HANDLERS = [editor, message, save, discard, restore, trial]
