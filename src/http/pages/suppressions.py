"""Addresses to which nothing is sent, and those that came back and wait for a decision."""

from typing import Any

from litestar import Request, Response
from litestar.di import NamedDependency

from relance.core.collection.bounces import SuppressionReason
from relance.core.kernel.errors import BadInput
from relance.http.access import deed, page
from relance.http.addresses import query
from relance.http.dependencies import Fields
from relance.http.pages.choices import chosen
from relance.http.templating import Show
from relance.usecases.collection.lift_suppression import AddressToLift, LiftSuppression
from relance.usecases.collection.list_suppressions import ListSuppressions, SuppressionsWanted
from relance.usecases.collection.suppress_address import AddressToSuppress, SuppressAddress
from relance.usecases.tenancy.resume_session import SignedIn

AnyRequest = Request[Any, Any, Any]
_REASONS: tuple[SuppressionReason, ...] = ("by-hand", "hard-bounce", "complaint")


@page("/suppressions", needs="see")
def suppressions(
    request: AnyRequest,
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    list_suppressions: NamedDependency[ListSuppressions],
) -> Response[str]:
    """The list, behind what mail servers said should join it."""
    return _shown(request, who, show, list_suppressions)


@deed("/suppressions", needs="qualify")
def suppress(
    request: AnyRequest,
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    list_suppressions: NamedDependency[ListSuppressions],
    suppress_address: NamedDependency[SuppressAddress],
) -> Response[str]:
    """One more address."""
    wanted = AddressToSuppress(
        actor=who.actor,
        address=fields.text("address"),
        note=fields.text("note"),
        reason=chosen(fields.text("reason", "by-hand"), _REASONS),
    )
    try:
        suppress_address(wanted)
    except BadInput as refused:  # the form keeps what was typed
        return _shown(request, who, show, list_suppressions, refused.detail, fields, 422)
    return show.go(f"/t/{who.tenant.code}/suppressions?done=saved")


@deed("/suppressions/lift", needs="qualify")
def lift(
    request: AnyRequest,
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    list_suppressions: NamedDependency[ListSuppressions],
    lift_suppression: NamedDependency[LiftSuppression],
) -> Response[str]:
    """The address gets messages again."""
    wanted = AddressToLift(actor=who.actor, address=fields.text("lifted"), note=fields.text("why"))
    try:
        lift_suppression(wanted)
    except BadInput as refused:  # the reason is missing
        return _shown(request, who, show, list_suppressions, refused.detail, None, 422)
    return show.go(f"/t/{who.tenant.code}/suppressions?done=saved")


def _shown(
    request: AnyRequest,
    who: SignedIn,
    show: Show,
    list_suppressions: ListSuppressions,
    problem: str = "",
    fields: Fields | None = None,
    status: int = 200,
) -> Response[str]:
    asked = request.query_params
    search, after = asked.get("q", "")[:200], asked.get("after", "")[:320]
    found = list_suppressions(SuppressionsWanted(actor=who.actor, search=search, after=after))
    return show(
        "suppressions/list.html",
        status=status,
        found=found,
        search=search,
        problem=problem,
        typed={name: fields.text(name) for name in ("address", "note")} if fields else {},
        more=query(q=search, after=found.rows[-1].address) if found.more else "",
    )


HANDLERS = [suppressions, suppress, lift]
