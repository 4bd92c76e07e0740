"""Grouped collection, from the lead's file or from a member's (B5)."""

from collections.abc import Sequence
from typing import Any

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.core.customers.mass_changes import codes_in
from relance.core.kernel.errors import RelanceError
from relance.http.access import deed, page
from relance.http.addresses import code_of, segment
from relance.http.dependencies import Fields
from relance.http.templating import Show
from relance.usecases.collection.collect_alone import CollectAlone, Separation
from relance.usecases.collection.collect_together import CollectTogether, Grouping
from relance.usecases.insight.open_customer import CustomerWanted, OpenCustomer
from relance.usecases.tenancy.resume_session import SignedIn


@page("/customers/{code:str}/grouping", needs="assign")
def grouping(
    code: FromPath[str],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    open_customer: NamedDependency[OpenCustomer],
) -> Response[str]:
    """Who is collected on this account, and a form for more."""
    return _form(code, who, show, open_customer)


@deed("/customers/{code:str}/grouping", needs="assign")
def join(
    code: FromPath[str],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    collect_together: NamedDependency[CollectTogether],
    open_customer: NamedDependency[OpenCustomer],
) -> Response[str]:
    """Collect the pasted codes on this account, all of them or none."""
    wanted = Grouping(actor=who.actor, lead=code_of(code), members=codes_in(fields.text("codes")))
    try:
        done = collect_together(wanted)
    except RelanceError as refused:  # the form keeps what was typed
        return _form(code, who, show, open_customer, refused.detail, fields.text("codes"))
    if done.already:
        return _form(code, who, show, open_customer, already=done.already)
    return show.go(f"/t/{who.tenant.code}/customers/{segment(code_of(code))}?done=saved")


@deed("/customers/{code:str}/grouping/end", needs="assign")
def leave(
    code: FromPath[str],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    collect_alone: NamedDependency[CollectAlone],
) -> Response[str]:
    """Collect one by itself again."""
    collect_alone(Separation(actor=who.actor, members=(fields.text("member"),)))
    return show.go(f"/t/{who.tenant.code}/customers/{segment(code_of(code))}?done=saved")


def _form(
    code: str,
    who: SignedIn,
    show: Show,
    open_customer: OpenCustomer,
    problem: str = "",
    typed: str = "",
    already: Sequence[str] = (),
) -> Response[str]:
    opened = open_customer(CustomerWanted(actor=who.actor, code=code_of(code)))
    values: dict[str, Any] = {
        "opened": opened,
        "card": opened.card,
        "segment": segment,
        "problem": problem,
        "typed": typed,
        "already": already,
    }
    return show("customers/grouping.html", status=422 if problem else 200, **values)


HANDLERS = [grouping, join, leave]
