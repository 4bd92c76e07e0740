"""The message texts: which exist in which language, a new one, and those that came with a newer installation."""

from litestar import Response
from litestar.di import NamedDependency

from relance.core.collection.templates import checked_template_code
from relance.core.kernel.errors import BadInput
from relance.http.access import deed, page
from relance.http.addresses import query
from relance.http.dependencies import Fields
from relance.http.pages.template_words import terms
from relance.http.templating import Show
from relance.usecases.templates.list_templates import ListTemplates
from relance.usecases.templates.supply_templates import SupplyTemplates
from relance.usecases.tenancy.resume_session import SignedIn


@page("/templates", needs="scenarios")
def templates(
    who: NamedDependency[SignedIn], show: NamedDependency[Show], list_templates: NamedDependency[ListTemplates]
) -> Response[str]:
    """Every text by language, and where one is missing."""
    return show("texts/list.html", shown=list_templates(who.actor), problem="", typed={}, **terms())


@deed("/templates", needs="scenarios")
def begin(
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    list_templates: NamedDependency[ListTemplates],
) -> Response[str]:
    """On to the editor of a new text; nothing is kept before it is saved there."""
    typed = {"code": fields.text("code"), "language": fields.text("language"), "like": fields.text("like")}
    code = typed["code"].lower().replace(" ", "-")
    try:
        checked_template_code(code)
    except BadInput as refused:  # the form keeps what was typed
        shown = list_templates(who.actor)
        return show("texts/list.html", status=422, shown=shown, problem=refused.detail, typed=typed, **terms())
    said = query(lang=typed["language"] or who.tenant.language, like=typed["like"])
    return show.go(f"/t/{who.tenant.code}/templates/{code}{said}")


@deed("/templates/supply", needs="scenarios")
def supply(
    who: NamedDependency[SignedIn], show: NamedDependency[Show], supply_templates: NamedDependency[SupplyTemplates]
) -> Response[str]:
    """Add the supplied texts that are not here."""
    supply_templates(who.actor)
    return show.go(f"/t/{who.tenant.code}/templates?done=saved")


HANDLERS = [templates, begin, supply]
