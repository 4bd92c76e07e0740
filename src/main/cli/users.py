"""`relance user`: people, their invitations, and who stands in for whom."""

import sys
from datetime import date, datetime

import click

from relance.core.kernel.errors import NotFound
from relance.core.tenancy.deputies import Deputy
from relance.core.tenancy.users import ROLES, SEES, SINGLE_RIGHTS, Actor, User
from relance.main.cli.common import answer, answer_rows, json_option, jsonl_option, of_tenant
from relance.main.container import House

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group("user")
def user_command() -> None:
    """People, their invitations, and deputies during absence."""


@user_command.command("add")
@click.argument("email")
@of_tenant
@click.option("--name", required=True, help="The person's name, as customers read it.")
@click.option("--role", required=True, type=click.Choice(ROLES), help="What this person may do.")
@click.option("--inactive", is_flag=True, help="Named on accounts, but cannot sign in.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@json_option
def add_user(
    email: str, house: House, actor: Actor, name: str, role: str, inactive: bool, password_stdin: bool, as_json: bool
) -> None:
    """Add the user EMAIL.

    Example: relance user add ann@acme.example --tenant acme --name "Ann Smith" --role collector
    """
    from relance.usecases.tenancy.add_user import NewUser

    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    request = NewUser(
        actor=actor, email=email, name=name, role=role, active=not inactive, password=password, vouched=True
    )
    user = house.add_user()(request)
    answer({"user": user}, as_json, lambda: [_said(user)])


@user_command.command("list")
@of_tenant
@json_option
@jsonl_option
def list_users(house: House, actor: Actor, as_json: bool, as_jsonl: bool) -> None:
    """Everybody of the tenant, by name.

    Example: relance user list --tenant acme
    """
    answer_rows(house.list_users()(actor), as_json, as_jsonl, ("user", "email", "name", "role", "active", "sees"))


@user_command.command("set")
@click.argument("email")
@of_tenant
@click.option("--name", help="Another name.")
@click.option("--role", type=click.Choice(ROLES), help="Another role.")
@click.option("--active/--inactive", default=None, help="Whether the person can sign in.")
@click.option("--sees", type=click.Choice((*SEES, "default")), help="Whose customers; default: as the tenant says.")
@click.option("--right", "rights", multiple=True, metavar="R", help=f"Ticked: {', '.join(SINGLE_RIGHTS)}; -R: not.")
@json_option
def set_user(
    email: str,
    house: House,
    actor: Actor,
    name: str | None,
    role: str | None,
    active: bool | None,
    sees: str | None,
    rights: tuple[str, ...],
    as_json: bool,
) -> None:
    """Change the user EMAIL; what is left out stays.

    Example: relance user set ann@acme.example --tenant acme --sees own --right assign
    """
    from relance.usecases.tenancy.change_user import UserChange

    known = _person(house, actor, email)
    change = UserChange(
        actor=actor,
        user=known.user,
        name=name or known.name,
        role=role or known.role,
        active=known.active if active is None else active,
        rights=rights or known.rights,
        sees=known.sees if sees is None else (None if sees == "default" else sees),
    )
    user = house.change_user()(change)
    answer({"user": user}, as_json, lambda: [_said(user)])


@user_command.command("invite")
@click.argument("email")
@of_tenant
@json_option
def invite_user(email: str, house: House, actor: Actor, as_json: bool) -> None:
    """Invite the user EMAIL to choose a password within 30 days; the mail leads to RELANCE_URL.

    Example: relance user invite ann@acme.example --tenant acme
    """
    from relance.usecases.tenancy.invite_user import Invitation

    done = house.invite_user()(Invitation(actor=actor, user=_person(house, actor, email).user))
    sent = f"mailed to {email}" if done.mailed else f"not mailed ({done.reason}): hand the link over"
    answer(done, as_json, lambda: [done.link, f"until {done.until.date().isoformat()}, {sent}"])


@user_command.command("deputy")
@click.argument("email")
@of_tenant
@click.option("--to", "deputy", required=True, metavar="EMAIL", help="Who stands in.")
@click.option("--from", "first", required=True, type=_DAY, metavar="DATE", help="The first day.")
@click.option("--until", "last", required=True, type=_DAY, metavar="DATE", help="The last day.")
@json_option
def name_deputy(
    email: str, house: House, actor: Actor, deputy: str, first: datetime, last: datetime, as_json: bool
) -> None:
    """Name who sees agenda and customers of EMAIL for some days.

    Example: relance user deputy ann@acme.example --tenant acme --to ben@acme.example
    --from 2026-12-01 --until 2026-12-03
    """
    from relance.usecases.tenancy.name_deputy import Absence

    absent, standing = _person(house, actor, email), _person(house, actor, deputy)
    days: dict[str, date] = {"first_on": first.date(), "last_on": last.date()}
    named = house.name_deputy()(Absence(actor=actor, user=absent.user, deputy=standing.user, **days))
    answer({"deputy": named}, as_json, lambda: [_words(named)])


@user_command.command("deputies")
@of_tenant
@json_option
def list_deputies(house: House, actor: Actor, as_json: bool) -> None:
    """Deputies that run or are to come.

    Example: relance user deputies --tenant acme
    """
    found = house.list_deputies()(actor).deputies
    answer({"rows": found}, as_json, lambda: [_words(one) for one in found] or ["nobody"])


@user_command.command("end-deputy")
@click.argument("number", type=int)
@of_tenant
@json_option
def end_deputy(number: int, house: House, actor: Actor, as_json: bool) -> None:
    """End the days of the deputy NUMBER now.

    Example: relance user end-deputy 3 --tenant acme
    """
    from relance.usecases.tenancy.end_deputy import DeputyToEnd

    ended = house.end_deputy()(DeputyToEnd(actor=actor, number=number))
    answer({"ended": ended.number}, as_json, lambda: [f"{ended.deputy_name} stands in for {ended.user_name} no more"])


def _person(house: House, actor: Actor, email: str) -> User:
    for user in house.list_users()(actor):
        if user.email == email.strip().lower():
            found: User = user
            return found
    raise NotFound(f"no user {email!r}")


def _words(one: Deputy) -> str:
    days = f"{one.first_on.isoformat()} to {one.last_on.isoformat()}"
    return f"{one.number}: {one.deputy_name} for {one.user_name}, {days}"


def _said(user: User) -> str:
    return f"user {user.email} is {user.role}" + ("" if user.active else ", who cannot sign in")
