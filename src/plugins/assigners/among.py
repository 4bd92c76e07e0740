"""What ways of choosing among named people, groups or scenarios have in common."""

from collections.abc import Collection, Sequence
from typing import Annotated

import msgspec

from relance.plugins import AccountToAssign, BadInput, Batch, Proposal

Among = Annotated[
    tuple[str, ...], msgspec.Meta(title="Among", description="Where two are equal, the earlier one comes first.")
]


def named(among: Sequence[str]) -> Collection[str]:
    """Those that the settings name; raises BadInput for none, or for one twice."""
    if not among:
        raise BadInput("among: name at least one")
    if len({value.casefold() for value in among}) < len(among):
        raise BadInput("among: one is named twice")
    return among


def present(batch: Batch) -> list[str]:
    """Those named who can be given now: nobody who is inactive."""
    known = {one.value.casefold() for one in batch.candidates}
    return [value for value in batch.settings.among if value.casefold() in known]


def kept(account: AccountToAssign, among: Sequence[str]) -> Proposal | None:
    """What the account has already, where it is one of those."""
    have = {value.casefold() for value in account.current}
    return next((Proposal(value, "as-it-is") for value in among if value.casefold() in have), None)


def free(account: AccountToAssign, among: Sequence[str]) -> frozenset[str]:
    """Those that no person took away from the account."""
    refused = {value.casefold() for value in account.refused}
    return frozenset(value for value in among if value.casefold() not in refused)
