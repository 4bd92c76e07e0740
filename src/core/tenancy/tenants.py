"""Tenants: whose ledger it is, in which currency, language and zone their day is counted."""

import re
from datetime import date

import msgspec

from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import TenantId

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,30}\Z")


class Tenant(msgspec.Struct, frozen=True, kw_only=True):
    """One company that sells on credit. Country is ISO 3166 alpha-2, zone an IANA name, language one of ours."""

    tenant: TenantId
    code: str
    name: str
    currency: str
    country: str
    language: str
    timezone: str
    created_on: date


def checked_code(code: str) -> str:
    """The code itself; raises BadInput unless it fits in an address (a to z, 0 to 9, hyphen, at most 31)."""
    if not _CODE.match(code):
        raise BadInput(f"{code!r} is no tenant code: use a to z, 0 to 9 and hyphens, 31 at most")
    return code


def checked_name(name: str) -> str:
    """The name with single blanks; raises BadInput for none, control characters or more than 200 characters."""
    name = " ".join(name.split())
    if not name or not name.isprintable() or len(name) > 200:
        raise BadInput(f"{name!r} is no name: 1 to 200 characters on one line")
    return name
