"""What the editor of a text shows: the words, whose data they are tried on, and what stands beside them."""

from typing import Any

from babel import Locale, UnknownLocaleError

from relance.core.collection.templates import Template, fingerprint
from relance.core.kernel.errors import RelanceError
from relance.core.tenancy.languages import MESSAGE_LANGUAGES
from relance.core.tenancy.users import Actor
from relance.http.addresses import query
from relance.http.pages.sms_words import headed
from relance.http.pages.template_words import terms
from relance.usecases.insight.browse_customers import BrowseCustomers, CustomersWanted
from relance.usecases.templates.preview_template import PreviewTemplate, TextToPreview
from relance.usecases.templates.show_template import ShowTemplate, TemplateShown
from relance.usecases.tenancy.resume_session import SignedIn

_OFFERED = 8


class TextDesk:
    """One person's look at one text."""

    def __init__(
        self, who: SignedIn, show_template: ShowTemplate, preview: PreviewTemplate, browse: BrowseCustomers
    ) -> None:
        self._who, self._show, self._preview, self._browse = who, show_template, preview, browse

    def opened(self, code: str, language: str) -> TemplateShown:
        """The text in the language asked for, else in the tenant's, else in one that it has."""
        if language:
            return self._show(self._who.actor, code, language)
        first = self._show(self._who.actor, code, self._who.tenant.language)
        if first.published or first.draft or not first.languages:
            return first
        return self._show(self._who.actor, code, first.languages[0])

    def begun(self, shown: TemplateShown, like: str) -> Template:
        """What the editor begins with; a text that is not written yet may begin with another's words."""
        text = shown.text
        if text.body or not like:
            return text
        other = self._show(self._who.actor, like, shown.language).text
        if not other.body:
            other = self.opened(like, "").text
        return Template(shown.code, shown.language, other.subject, other.body)

    def values(
        self, shown: TemplateShown, text: Template, typed: str, problem: str = "", seen: str = ""
    ) -> dict[str, Any]:
        """What the page's template needs."""
        customer, offered = meant_customer(self._browse, self._who.actor, typed)
        subject, broken = self._subject(shown, customer)
        has_text = bool(shown.published or shown.draft)
        return {
            "shown": shown,
            "text": text,
            "problem": problem,
            "typed_customer": typed,
            "customer": customer,
            "offered": offered,
            "has_text": has_text,
            "preview_subject": subject,
            "broken": broken,
            "languages": (*MESSAGE_LANGUAGES, *sorted(set(shown.languages) - set(MESSAGE_LANGUAGES))),
            "seen": seen or fingerprint(shown.text),
            "direction": direction_of(shown.language),
            "query": query,
            "tried": "",
            "tried_well": False,
            **terms(),
        }

    def _subject(self, shown: TemplateShown, customer: str) -> tuple[str, str]:
        """The subject as it would be, or what is wrong with the text."""
        if not (shown.published or shown.draft):
            return "", ""
        wanted = TextToPreview(actor=self._who.actor, code=shown.code, language=shown.language, customer=customer)
        try:
            return headed(self._preview(wanted)), ""
        except RelanceError as wrong:  # the editor is where it is put right
            return "", wrong.detail


def meant_customer(browse: BrowseCustomers, actor: Actor, typed: str) -> tuple[str, list[tuple[str, str]]]:
    """The code of the customer that was meant, or those to choose from."""
    if not typed:
        return "", []
    lines = browse(CustomersWanted(actor=actor, search=typed, limit=_OFFERED)).lines
    found = list(dict.fromkeys((line.code, line.name) for line in lines))
    exact = next((code for code, _ in found if code.lower() == typed.lower()), "")
    if exact or len(found) == 1:
        return exact or found[0][0], []
    return "", found


def direction_of(language: str) -> str:
    """`rtl` for languages that are written from right to left."""
    try:
        return str(Locale.parse(language.replace("-", "_")).text_direction)
    except (UnknownLocaleError, ValueError):
        return "ltr"
