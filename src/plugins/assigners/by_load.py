"""By load: whoever has the least gets the next."""

import heapq
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

import msgspec

from relance.plugins import AccountToAssign, Attribute, Batch, Proposal
from relance.plugins.assigners.among import Among, free, kept, named, present


class Load(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Among whom, and what counts as load."""

    among: Among
    measure: Annotated[
        Literal["customers", "amount"],
        msgspec.Meta(title="Measure", description="customers: how many they have; amount: how much is open with them."),
    ] = "customers"


class ByLoad:
    """Whoever has one of those already keeps it; what is proposed counts as load at once."""

    settings_type: ClassVar[type[msgspec.Struct]] = Load
    fallback: ClassVar[bool] = False

    def __init__(self, attribute: Attribute) -> None:
        self.attribute, self.name, self.label = attribute, f"{attribute}-by-load", "By load"

    def gives(self, settings: Load) -> Collection[str]:
        """Those among whom the load is spread; raises BadInput."""
        return named(settings.among)

    def propose(self, batch: Batch) -> Sequence[Proposal | None]:
        """The least loaded one for each account that has none of them."""
        among, scales = present(batch), _Scales(batch)
        return [kept(account, among) or scales.weigh(account, free(account, among)) for account in batch.accounts]


class _Scales:
    """The named ones by load, the least first; of two that are equal the earlier."""

    def __init__(self, batch: Batch) -> None:
        self._amount = batch.settings.measure == "amount"
        now = {one.value.casefold(): one.open_amount if self._amount else one.customers for one in batch.candidates}
        self._heap = [(now[value.casefold()], place, value) for place, value in enumerate(present(batch))]
        heapq.heapify(self._heap)

    def weigh(self, account: AccountToAssign, open_ones: Collection[str]) -> Proposal | None:
        """Give the account to the least loaded of those, and count it."""
        passed = []
        while self._heap and self._heap[0][2] not in open_ones:
            passed.append(heapq.heappop(self._heap))
        answer = self._give(account) if self._heap else None
        for one in passed:
            heapq.heappush(self._heap, one)
        return answer

    def _give(self, account: AccountToAssign) -> Proposal:
        load, place, value = self._heap[0]
        heapq.heapreplace(self._heap, (load + (account.open_amount if self._amount else 1), place, value))
        if self._amount:
            return Proposal(value, "by-load-amount", str(Decimal(load).scaleb(-2)))
        return Proposal(value, "by-load", str(load))
