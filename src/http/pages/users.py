"""The people of the tenant: who they are, what they may do, and the link with which they set a password."""

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.core.customers.search import Clause
from relance.core.customers.search_language import written
from relance.core.kernel.errors import BadInput, NotFound, RelanceError
from relance.core.kernel.identifiers import TenantId, UserId
from relance.core.tenancy.acting import CHOICE
from relance.core.tenancy.users import ROLES, SINGLE_RIGHTS, Actor, User, may
from relance.http.access import deed, page
from relance.http.addresses import query
from relance.http.dependencies import Fields
from relance.http.i18n.speech import marked
from relance.http.pages.absences import absence_of, absence_terms
from relance.http.pages.setting_fields import SECTIONS
from relance.http.templating import Show
from relance.usecases.tenancy.add_user import AddUser, NewUser
from relance.usecases.tenancy.ask_address import AddressToConfirm, AskAddress
from relance.usecases.tenancy.change_user import ChangeUser, UserChange
from relance.usecases.tenancy.end_deputy import DeputyToEnd, EndDeputy
from relance.usecases.tenancy.invite_user import Invitation, Invited, InviteUser
from relance.usecases.tenancy.letters import Mailed
from relance.usecases.tenancy.list_deputies import ListDeputies
from relance.usecases.tenancy.list_users import ListUsers
from relance.usecases.tenancy.make_sign_in_link import LinkFor, MakeSignInLink
from relance.usecases.tenancy.name_deputy import NameDeputy
from relance.usecases.tenancy.resume_session import SignedIn

AnyRequest = Request[Any, Any, Any]
RIGHTS = {
    "import": marked("Import files"),
    "undo": marked("Undo imports"),
    "override-guard": marked("Import what the guard holds"),
    "assign": marked("Assign collectors, colleagues, groups and scenarios"),
    "scenarios": marked("See scenarios"),
    "export": marked("Export tables"),
    "stop-sending": marked("Stop all sending"),
}
LINK_DAYS = 3
"""For who forgot a password; an invitation lasts longer (B17)."""


@page("/settings/users", needs="settings")
def users(
    who: NamedDependency[SignedIn], show: NamedDependency[Show], list_users: NamedDependency[ListUsers]
) -> Response[str]:
    """Everybody, and a form for one more."""
    return show("settings/users.html", problem="", typed={}, **_common(list_users(who.actor)))


@deed("/settings/users/new", needs="settings")
def add(
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    request: AnyRequest,
    add_user: NamedDependency[AddUser],
    invite_user: NamedDependency[InviteUser],
    list_users: NamedDependency[ListUsers],
    list_deputies: NamedDependency[ListDeputies],
) -> Response[str]:
    """Add a person and invite who can sign in; what cannot be kept is shown again with the reason."""
    typed = {name: fields.text(name) for name in ("email", "name", "role")}
    active = fields.text("active") == "on"
    try:
        user = add_user(NewUser(actor=who.actor, active=active, vouched=fields.text("vouched") == "on", **typed))
    except RelanceError as refused:  # the form keeps what was typed
        common = _common(list_users(who.actor))
        return show("settings/users.html", status=422, problem=refused.detail, typed=typed, **common)
    if not user.active:
        return show.go(f"/t/{who.tenant.code}/settings/users/{user.user}?done=saved")
    invited = invite_user(Invitation(actor=who.actor, user=user.user, site=str(request.base_url)))
    return _shown(show, who, list_users, list_deputies, user.user, invited=invited)


@page("/settings/users/{user:int}", needs="settings")
def user_page(
    user: FromPath[int],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    list_users: NamedDependency[ListUsers],
    list_deputies: NamedDependency[ListDeputies],
) -> Response[str]:
    """One person's role, rights and state."""
    return _shown(show, who, list_users, list_deputies, user)


@deed("/settings/users/{user:int}", needs="settings")
def save(
    user: FromPath[int],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    change_user: NamedDependency[ChangeUser],
    list_users: NamedDependency[ListUsers],
    list_deputies: NamedDependency[ListDeputies],
) -> Response[str]:
    """Keep the change; a person whose rights change is signed out."""
    role = fields.text("role")
    change = UserChange(
        actor=who.actor,
        user=UserId(user),
        name=fields.text("name"),
        role=role,
        active=fields.text("active") == "on",
        rights=_rights(role, set(fields.texts("right"))),
        sees=fields.text("sees") or None,
    )
    try:
        change_user(change)
    except RelanceError as refused:  # the form is shown again
        return _shown(show, who, list_users, list_deputies, user, problem=refused.detail, status=422)
    return show.go(f"/t/{who.tenant.code}/settings/users?done=saved")


@deed("/settings/users/{user:int}/link", needs="settings")
def link(
    user: FromPath[int],
    request: AnyRequest,
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    make_sign_in_link: NamedDependency[MakeSignInLink],
    list_users: NamedDependency[ListUsers],
    list_deputies: NamedDependency[ListDeputies],
) -> Response[str]:
    """A link that signs the person in once, to set a password; shown here and nowhere else."""
    word = make_sign_in_link(LinkFor(tenant=who.tenant.tenant, user=UserId(user), hours=24 * LINK_DAYS))
    return _shown(show, who, list_users, list_deputies, user, address=f"{request.base_url}login/link/{word}")


@deed("/settings/users/{user:int}/invitation", needs="settings")
def invite(
    user: FromPath[int],
    request: AnyRequest,
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    invite_user: NamedDependency[InviteUser],
    list_users: NamedDependency[ListUsers],
    list_deputies: NamedDependency[ListDeputies],
) -> Response[str]:
    """Invite the person, again if need be; the link is shown too, for where no mail leaves."""
    try:
        invited = invite_user(Invitation(actor=who.actor, user=UserId(user), site=str(request.base_url)))
    except BadInput as refused:  # said on the person's page
        return _shown(show, who, list_users, list_deputies, user, problem=refused.detail, status=422)
    return _shown(show, who, list_users, list_deputies, user, invited=invited)


@deed("/settings/users/{user:int}/address", needs="settings")
def ask(
    user: FromPath[int],
    request: AnyRequest,
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    ask_address: NamedDependency[AskAddress],
    list_users: NamedDependency[ListUsers],
    list_deputies: NamedDependency[ListDeputies],
) -> Response[str]:
    """Mail the link with which the person confirms the address."""
    wanted = AddressToConfirm(actor=who.actor, user=UserId(user), site=str(request.base_url))
    return _shown(show, who, list_users, list_deputies, user, asked=ask_address(wanted))


@deed("/settings/users/{user:int}/deputies", needs="settings")
def away(
    user: FromPath[int],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    name_deputy: NamedDependency[NameDeputy],
    list_users: NamedDependency[ListUsers],
    list_deputies: NamedDependency[ListDeputies],
) -> Response[str]:
    """Name who stands in for this person."""
    try:
        name_deputy(absence_of(who, UserId(user), fields))
    except RelanceError as refused:  # the form is shown again
        refusal = {"absence_problem": refused.detail}
        return _shown(show, who, list_users, list_deputies, user, status=422, more=refusal)
    return show.go(f"/t/{who.tenant.code}/settings/users/{user}?done=saved")


@deed("/settings/users/{user:int}/deputies/{number:int}/end", needs="settings")
def back(
    user: FromPath[int],
    number: FromPath[int],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    end_deputy: NamedDependency[EndDeputy],
) -> Response[str]:
    """The person is back earlier."""
    end_deputy(DeputyToEnd(actor=who.actor, number=number))
    return show.go(f"/t/{who.tenant.code}/settings/users/{user}?done=saved")


def _shown(
    show: Show,
    who: SignedIn,
    list_users: ListUsers,
    list_deputies: ListDeputies,
    user: int,
    problem: str = "",
    address: str = "",
    invited: Invited | None = None,
    asked: Mailed | None = None,
    status: int = 200,
    more: Mapping[str, str] = {},
) -> Response[str]:
    people = list_users(who.actor)
    person = next((known for known in people if known.user == user), None)
    if person is None:
        raise NotFound("no such user")
    values: dict[str, Any] = {"person": person, "problem": problem, "address": address, "invited": invited}
    theirs = {role: query(where=written(Clause(role, "=", (person.email,)))) for role in ("collector", "colleague")}
    values |= (
        {"theirs": theirs, "asked": asked, "chooses": list(CHOICE)} | absence_terms(list_deputies, who) | dict(more)
    )
    return show("settings/user.html", status=status, **values, **_common(people))


def _common(people: list[User]) -> dict[str, Any]:
    return {
        "people": people,
        "roles": ROLES,
        "rights": RIGHTS,
        "has_right": _has_right,
        "sections": SECTIONS,
        "section": "users",
    }


def _has_right(user: User, right: str) -> bool:
    return may(_as_actor(user.role, user.rights), right)  # type: ignore[arg-type]  # one of SINGLE_RIGHTS


def _rights(role: str, ticked: set[str]) -> tuple[str, ...]:
    """Only what differs from the role's own: ticked as `import`, unticked as `-import`."""
    if role not in ROLES:
        return ()
    plain = _as_actor(role, ())
    chosen = [
        right if right in ticked else f"-{right}" for right in SINGLE_RIGHTS if (right in ticked) != may(plain, right)
    ]
    return tuple(chosen)


def _as_actor(role: Any, rights: tuple[str, ...]) -> Actor:
    return Actor(tenant=TenantId(0), user=None, name="", role=role, rights=rights)


HANDLERS = [users, add, user_page, save, link, invite, ask, away, back]
