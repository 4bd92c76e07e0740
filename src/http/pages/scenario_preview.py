"""What a step would say: in any language that its text is written in, with the data of a customer."""

from collections.abc import Sequence
from typing import Any

from relance.core.kernel.errors import RelanceError
from relance.core.tenancy.languages import MESSAGE_LANGUAGES
from relance.http.addresses import query
from relance.http.pages.sms_words import headed
from relance.http.pages.template_desk import direction_of, meant_customer
from relance.usecases.insight.browse_customers import BrowseCustomers
from relance.usecases.templates.preview_template import PreviewTemplate, TextToPreview
from relance.usecases.tenancy.resume_session import SignedIn


class StepPreview:
    """One person's look at the text of a step."""

    def __init__(self, who: SignedIn, preview: PreviewTemplate, browse: BrowseCustomers) -> None:
        self._who, self._preview, self._browse = who, preview, browse

    def values(self, template: str, written: Sequence[str], language: str, typed: str) -> dict[str, Any]:
        """What the page needs; without a language nothing is written yet, and the tenant's is offered."""
        own = self._who.tenant.language
        chosen = language or (own if own in written or not written else written[0])
        customer, offered = meant_customer(self._browse, self._who.actor, typed) if language else ("", [])
        subject, broken = self._subject(template, chosen, customer) if language and chosen in written else ("", "")
        return {
            "template": template,
            "languages": (*MESSAGE_LANGUAGES, *sorted(set(written) - set(MESSAGE_LANGUAGES))),
            "missing": [tag for tag in MESSAGE_LANGUAGES if tag not in written],
            "language": chosen,
            "is_asked": bool(language),
            "typed": typed,
            "customer": customer,
            "offered": offered,
            "subject": subject,
            "broken": broken,
            "direction": direction_of(chosen),
            "query": query,
        }

    def _subject(self, template: str, language: str, customer: str) -> tuple[str, str]:
        """The subject as it would be, or what is wrong with the text."""
        wanted = TextToPreview(actor=self._who.actor, code=template, language=language, customer=customer)
        try:
            return headed(self._preview(wanted)), ""
        except RelanceError as wrong:  # the page of the text is where it is put right
            return "", wrong.detail
