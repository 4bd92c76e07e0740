"""A note on the customer's timeline, changed or taken back by who wrote it."""

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.http.access import deed
from relance.http.addresses import code_of, segment
from relance.http.dependencies import Fields
from relance.http.i18n.speech import gettext
from relance.http.pages.customer_file import shown
from relance.http.templating import Show, triggers
from relance.usecases.customers.change_note import ChangeNote, NoteChange
from relance.usecases.insight.open_customer import CustomerWanted, OpenCustomer
from relance.usecases.tenancy.resume_session import SignedIn


@deed("/customers/{code:str}/notes/{entry:int}", needs="qualify")
def change(
    code: FromPath[str],
    entry: FromPath[int],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    change_note: NamedDependency[ChangeNote],
    open_customer: NamedDependency[OpenCustomer],
) -> Response[str]:
    """Keep the new text, or take the note back."""
    named = code_of(code)
    text = None if fields.text("deed") == "remove" else fields.text("text")
    change_note(NoteChange(actor=who.actor, code=named, entry=entry, text=text))
    if not show.partial:
        return show.go(f"/t/{who.tenant.code}/customers/{segment(named)}?done=saved")
    opened = open_customer(CustomerWanted(actor=who.actor, code=named))
    return show("customers/timeline.html", headers=triggers(toast={"text": gettext("Saved.")}), **shown(opened))


HANDLERS = [change]
