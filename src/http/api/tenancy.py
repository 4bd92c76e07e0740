"""Settings and users."""

from typing import Any

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import UNSET, UnsetType

from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import UserId
from relance.http.api.access import caller_of, doing, editing, reading
from relance.http.api.answers import UserAnswer
from relance.http.api.once import Once
from relance.usecases.tenancy.add_user import AddUser, NewUser
from relance.usecases.tenancy.change_settings import ChangeSettings, NewSettings
from relance.usecases.tenancy.change_user import ChangeUser, UserChange
from relance.usecases.tenancy.invite_user import Invitation, InviteUser
from relance.usecases.tenancy.list_users import ListUsers
from relance.usecases.tenancy.show_settings import SettingsShown, ShowSettings

AnyRequest = Request[Any, Any, Any]


class UsersAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Everybody of the tenant, by name."""

    rows: list[UserAnswer]


class UserWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person to add. Somebody without a password sets one by a link of the administrator."""

    email: str
    name: str
    role: str
    active: bool = True


class UserToChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The fields to change. `sees`: `all`, `own`, or null for what the tenant's settings say."""

    name: str | UnsetType = UNSET
    role: str | UnsetType = UNSET
    active: bool | UnsetType = UNSET
    rights: tuple[str, ...] | UnsetType = UNSET
    sees: str | UnsetType | None = UNSET


class SettingsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Setting to value, as text."""

    settings: dict[str, str]


class SettingsWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings to change; the others stay."""

    settings: dict[str, str]


@reading("/settings", "settings", summary="Every setting of the tenant")
def settings(request: AnyRequest, show_settings: NamedDependency[ShowSettings]) -> Response[SettingsAnswer]:
    """The settings, with their version as ETag."""
    return _shown(show_settings(caller_of(request).actor))


@editing("/settings", "settings", summary="Change settings; If-Match refuses what changed meanwhile")
def change_settings(
    request: AnyRequest,
    data: JSONBody[SettingsWanted],
    change_settings: NamedDependency[ChangeSettings],
    show_settings: NamedDependency[ShowSettings],
) -> Response[SettingsAnswer]:
    """All values are good, or nothing changes."""
    actor, match = caller_of(request).actor, request.headers.get("if-match", "").strip('"')
    change_settings(NewSettings(actor=actor, values=data.settings, version=match or None))
    return _shown(show_settings(actor))


@reading("/users", "settings", summary="The people of the tenant")
def users(request: AnyRequest, list_users: NamedDependency[ListUsers]) -> UsersAnswer:
    """Everybody, by name."""
    return UsersAnswer(rows=[UserAnswer.of(user) for user in list_users(caller_of(request).actor)])


@doing("/users", "settings", summary="Add a person")
def add_user(
    request: AnyRequest, data: JSONBody[UserWanted], add_user: NamedDependency[AddUser], once: NamedDependency[Once]
) -> Response[bytes]:
    """One person more; the address must confirm itself before it is a sender."""
    wanted = NewUser(
        actor=caller_of(request).actor, email=data.email, name=data.name, role=data.role, active=data.active
    )
    return once(request, msgspec.json.encode(data), lambda: UserAnswer.of(add_user(wanted)))


def _shown(shown: SettingsShown) -> Response[SettingsAnswer]:
    return Response(SettingsAnswer(settings=shown.values), headers={"etag": f'"{shown.version}"'})


@editing("/users/{number:int}", "settings", summary="Change a person: what is left out stays")
def change_user(
    request: AnyRequest,
    number: FromPath[int],
    data: JSONBody[UserToChange],
    change_user: NamedDependency[ChangeUser],
    list_users: NamedDependency[ListUsers],
) -> UserAnswer:
    """Role, rights, whose customers the person sees, access; sessions end where these change."""
    actor = caller_of(request).actor
    known = next((user for user in list_users(actor) if user.user == number), None)
    if known is None:
        raise NotFound("no such user")
    names = ("name", "role", "active", "rights", "sees")
    after: dict[str, Any] = {name: _chosen(getattr(data, name), getattr(known, name)) for name in names}
    return UserAnswer.of(change_user(UserChange(actor=actor, user=known.user, **after)))


@doing("/users/{number:int}/invitation", "settings", summary="Invite a person to choose a password")
def invite(
    request: AnyRequest, number: FromPath[int], invite_user: NamedDependency[InviteUser], once: NamedDependency[Once]
) -> Response[bytes]:
    """The link, and whether it was mailed; a person without a password after 30 days becomes inactive."""
    wanted = Invitation(actor=caller_of(request).actor, user=UserId(number))
    return once(request, b"invitation", lambda: invite_user(wanted))


def _chosen(given: Any, kept: Any) -> Any:
    return kept if given is UNSET else given


HANDLERS = [settings, change_settings, users, add_user, change_user, invite]
