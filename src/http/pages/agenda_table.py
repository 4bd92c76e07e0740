"""The agenda after a deed: the row leaves the list, counters move, the next action opens."""

from typing import Any

from litestar import Request, Response
from litestar.di import NamedDependency, Provide

from relance.core.collection.actions import ActionMoved
from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import ActionId
from relance.http.dependencies import Fields
from relance.http.pages.agenda import list_terms, pane_terms
from relance.http.pages.agenda_place import Place, place_of, whole
from relance.http.pages.choices import typed_again
from relance.http.templating import Show, triggers
from relance.ports.store.agenda import AgendaLine
from relance.usecases.collection.preview_action import PreviewAction
from relance.usecases.collection.show_action import OneAction, ShowAction
from relance.usecases.collection.show_agenda import ShowAgenda
from relance.usecases.tenancy.resume_session import SignedIn


class Table:
    """What every deed of the agenda works at."""

    def __init__(
        self,
        place: Place,
        who: SignedIn,
        show: Show,
        fields: Fields,
        show_agenda: ShowAgenda,
        show_action: ShowAction,
        preview_action: PreviewAction,
    ) -> None:
        self.place, self.who, self.show, self.fields = place, who, show, fields
        self._show_agenda, self._show_action, self._preview = show_agenda, show_action, preview_action

    def one(self, action: int) -> OneAction:
        """The action of the address; raises NotFound also for those that this person must not see."""
        return self._show_action(self.place.asked, ActionId(action))

    def seen(self, action: int) -> OneAction:
        """The same, as long as it is what the person saw; raises ActionMoved where another tab or person changed it."""
        one, seen = self.one(action), self.fields.text("seen")
        if seen and seen != str(one.line.fence):
            raise ActionMoved("this action changed meanwhile")
        return one

    def settled(self, gone: OneAction, said: str, toast: dict[str, Any]) -> Response[str]:
        """Answer a deed; without htmx the list is loaded again and says what was done."""
        if not self.show.partial:
            return self.show.go(self.place.address(done=said))
        shown = self._show_agenda(self.place.asked)
        kept = self._still_there(gone)
        following = kept or self._next(gone.line)
        values = self.place.terms() | list_terms(shown, self.who) | pane_terms(following, self._preview, self.who)
        events: dict[str, Any] = {"toast": toast, "close": True}
        if following:
            events["focus-row"] = f"row-{following.line.action}"
        headers = triggers(**events) | {"HX-Retarget": "#pane"}
        return self.show(
            "agenda/after.html", headers=headers, gone=gone.line.action, kept=kept, gone_group=gone.line.group, **values
        )

    def asked(self, one: OneAction, form: str = "", **values: Any) -> Response[str]:
        """The form of a deed: in the dialog, or as a page of its own."""
        template = form or ("agenda/ask.html" if self.show.partial else "agenda/ask_page.html")
        problem = bool(values.get("problem"))
        headers = {"HX-Retarget": "#dialog-body"} if problem else {}
        common = self.place.terms() | {"one": one, "today": one.question.today, "problem": "", "items": [], "note": ""}
        common["typed"] = typed_again(self.fields) if problem else None
        return self.show(template, status=422 if problem else 200, headers=headers, **common | values)

    def _still_there(self, before: OneAction) -> OneAction | None:
        """The action where the deed left something of it to do, as after a promise for some of its items.

        What was put off, or given another day, stands in another view.
        """
        now = self._show_action(self.place.asked, before.line.action)
        same = (now.line.state, now.line.group, now.view) == (before.line.state, before.line.group, before.view)
        return now if same else None

    def _next(self, gone: AgendaLine) -> OneAction | None:
        number = whole(self.fields.text("next"))
        if number is None or number == gone.action:
            return None
        try:
            return self.one(number)
        except NotFound:
            return None


def _table(
    request: Request[Any, Any, Any],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    fields: NamedDependency[Fields],
    show_agenda: NamedDependency[ShowAgenda],
    show_action: NamedDependency[ShowAction],
    preview_action: NamedDependency[PreviewAction],
) -> Table:
    return Table(place_of(request, who), who, show, fields, show_agenda, show_action, preview_action)


AT_THE_TABLE = {"table": Provide(_table, sync_to_thread=False)}
