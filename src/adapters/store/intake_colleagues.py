"""Colleagues as files name them: by address, by full name, or as `Name <address>`, who is then made known (S0.18)."""

import re
from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from relance.adapters.store.tables.tenancy import users
from relance.adapters.store.tenancy import SqlTenancy
from relance.core.kernel.addresses import is_mailbox
from relance.core.kernel.identifiers import TenantId

_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<email>[^<>]+)>")


class Newcomer(NamedTuple):
    """Somebody who is no user yet."""

    email: str
    name: str
    role: str = "colleague"


class Colleagues:
    """Finds users by the words of a file; who is new gets a negative number, -1 first."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        query = select(users.c.user_id, users.c.email, users.c.name).where(users.c.tenant_id == tenant)
        rows = connection.execute(query).all()
        self._by_email = {row.email.lower(): row.user_id for row in rows}
        names = [_name_key(row.name) for row in rows]
        self._by_name = {_name_key(row.name): row.user_id for row in rows if names.count(_name_key(row.name)) == 1}
        self.newcomers: list[Newcomer] = []

    def find(self, word: str) -> int | None:
        """The user whom a word names; None for a name that nobody or more than one bears."""
        named = _NAMED.fullmatch(word)
        if named is None:
            return self._by_email.get(word.lower()) or self._by_name.get(_name_key(word))
        email, name = named["email"].strip().lower(), " ".join(named["name"].split())
        known = self._by_email.get(email)
        if known is not None or not is_mailbox(email):
            return known or self._by_name.get(_name_key(name))
        return self._welcome(Newcomer(email, name or email.partition("@")[0]))

    def _welcome(self, newcomer: Newcomer) -> int:
        self.newcomers.append(newcomer)
        self._by_email[newcomer.email] = -len(self.newcomers)
        return -len(self.newcomers)


def add_newcomers(connection: Connection, tenant: TenantId, newcomers: list[Newcomer]) -> int:
    """Add users who cannot sign in; the number of the first."""
    if not newcomers:
        return 0
    first = SqlTenancy(connection, tenant).next_numbers("users", len(newcomers))
    rows = [
        {
            "tenant_id": tenant,
            "user_id": number,
            "email": one.email,
            "name": one.name,
            "role": one.role,
            "active": False,
            "address_confirmed": False,
            "rights": [],
            "single_keys": True,
        }
        for number, one in enumerate(newcomers, first)
    ]
    connection.execute(insert(users), rows)
    return first


def _name_key(name: str) -> str:
    """`LEE Ann` and `Ann Lee` are one name."""
    return " ".join(sorted(name.lower().split()))
