"""One template environment for all languages, and `show`, which turns a template into an answer."""

import json
from collections.abc import Callable
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from litestar import Request, Response
from litestar.enums import MediaType
from markupsafe import Markup

from relance.core.collection.kinds import is_message
from relance.core.kernel.identifiers import EntityId
from relance.core.tenancy.entities import place_of
from relance.core.tenancy.users import Right, may
from relance.http import navigation
from relance.http.addresses import segment
from relance.http.assets import asset, icon
from relance.http.charts import age_bar, meter
from relance.http.i18n import formats, speech
from relance.http.i18n.audit_words import event_words, subject_page, subject_words
from relance.http.i18n.details import detail_words
from relance.http.i18n.refusals import refusal_words
from relance.http.i18n.rules import rule_words
from relance.http.i18n.steps import step_name
from relance.http.i18n.words import icon_of, words_of
from relance.usecases.tenancy.resume_session import SignedIn


def environment() -> Environment:
    """Escapes everything, refuses names that are not there, and speaks the request's language."""
    made = Environment(
        loader=PackageLoader("relance.http", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        speech.gettext, speech.ngettext, newstyle=True, pgettext=speech.pgettext, npgettext=speech.npgettext
    )
    made.policies["ext.i18n.trimmed"] = True
    made.globals |= {"asset": asset, "icon": icon, "spoken": speech.spoken, "token": _token}
    made.globals |= {"age_bar": age_bar, "meter": meter}
    made.filters |= {
        "money": formats.money,
        "detail_words": detail_words,
        "event_words": event_words,
        "subject_words": subject_words,
        "subject_page": subject_page,
        "figure": formats.figure,
        "n": formats.count,
        "data_size": formats.data_size,
        "day": formats.day,
        "month": formats.month,
        "moment": formats.moment,
        "full_moment": formats.full_moment,
        "clock_time": formats.clock_time,
        "language_name": formats.language_name,
        "country_name": formats.country_name,
        "initials": _initials,
        "words": words_of,
        "rule_words": rule_words,
        "kind_icon": icon_of,
        "step_name": step_name,
    }
    made.tests["message"] = is_message
    return made


class Show:
    """Makes the answer to one request: `show("customers/list.html", rows=rows)`.

    Every template sees `shell` (who is here and the navigation), `t` (the tenant's address, `/t/acme`), `csrf`,
    `partial` (htmx asked: send the part, not the page) and `may(right)`.
    """

    def __init__(
        self,
        request: Request[Any, Any, Any],
        who: SignedIn | None,
        count_agenda: Callable[[], Callable[..., int]],
        outbox: bool,
        fenced: Callable[[], str] = lambda: "",
    ) -> None:
        self.request, self.who, self.outbox = request, who, outbox
        self._count_agenda, self._fenced = count_agenda, fenced

    @property
    def partial(self) -> bool:
        """Whether htmx asked for a part of the page."""
        return self.request.headers.get("hx-request") == "true"

    def __call__(
        self, template: str, *, status: int = 200, headers: dict[str, str] | None = None, **values: Any
    ) -> Response[str]:
        """The template as an answer."""
        return Response(
            self.text(template, **values), status_code=status, headers=headers or {}, media_type=MediaType.HTML
        )

    def text(self, template: str, **values: Any) -> str:
        """The template as text."""
        if isinstance(values.get("problem"), str):
            values["problem"] = refusal_words(values["problem"])
        return TEMPLATES.get_template(template).render(self._common() | values)

    def go(self, path: str) -> Response[str]:
        """After a deed: on to another page, also for htmx."""
        if self.partial:
            return Response("", status_code=200, headers={"HX-Redirect": path}, media_type=MediaType.HTML)
        return Response("", status_code=303, headers={"location": path}, media_type=MediaType.HTML)

    def fenced(self) -> str:
        """Why nothing may leave from this database, or nothing (I-16); asked only where a whole page is drawn."""
        return self._fenced()

    def agenda_count(self) -> int:
        """How many things wait for this person today; asked only where the side bar is drawn."""
        assert self.who is not None
        return self._count_agenda()(self.who.actor, self.who.tenant.timezone)

    def entries(self, setup: bool) -> list[navigation.Entry]:
        """The navigation of this person."""
        assert self.who is not None
        return list(navigation.entries(self.request.app, self.who.actor, self.outbox, setup))

    def _common(self) -> dict[str, Any]:
        who = self.who
        return {
            "shell": self,
            "who": who,
            "t": f"/t/{who.tenant.code}" if who else "",
            "csrf": who.csrf_token if who else "",
            "partial": self.partial,
            "path": self.request.url.path,
            "may": self._may,
            "has_page": self._has_page,
            "addressed": lambda code, entity: segment(self.named(code, entity)),
            "named": self.named,
            "flash": self.request.query_params.get("done", ""),
        }

    def has_page(self, path: str) -> bool:
        """Whether the tenant's address exists; what stands behind `?` is not looked at."""
        return self._has_page(path.partition("?")[0].removeprefix("/"))

    def _has_page(self, word: str) -> bool:
        return f"/t/{{tenant:str}}/{word}" in self.request.app.state["places"]

    def named(self, code: str, entity: EntityId | None) -> str:
        """How addresses and forms name a customer: by its code, with its entity where the tenant has several."""
        several = self.who.entities if self.who else {}
        return place_of(code, several[entity].code) if entity in several else code

    def _may(self, right: Right) -> bool:
        return self.who is not None and may(self.who.actor, right)


def triggers(**events: Any) -> dict[str, str]:
    """Events for the page's own script, as the header that htmx reads: toast, focus, close."""
    return {"HX-Trigger": json.dumps(events)}


def _initials(name: str) -> str:
    parts = [part for part in name.split() if part[:1].isalpha()]
    return (parts[0][:1] + parts[-1][:1]).upper() if len(parts) > 1 else name[:2].upper()


@pass_context
def _token(context: Context) -> Markup:
    """The hidden field that every form of ours carries."""
    return Markup('<input type="hidden" name="csrf" value="{}">').format(context["csrf"])


TEMPLATES = environment()
