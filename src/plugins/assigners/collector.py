"""The tenant's default collector for accounts that nobody has (S2.12)."""

from typing import ClassVar

from relance.plugins import AccountToAssign, Assigner, Attribute, Proposal, hookimpl

api = 1


class DefaultCollector:
    """Proposes the collector that the tenant's settings name."""

    name: ClassVar[str] = "default-collector"
    label: ClassVar[str] = "Default collector"
    attribute: ClassVar[Attribute] = "collector"

    def propose(self, account: AccountToAssign, defaults: dict[str, str]) -> Proposal | None:
        """The default collector's email, or nothing where none is set."""
        email = defaults.get("collector", "")
        return Proposal(email, "tenant-default") if email else None


@hookimpl
def provide_assigners() -> list[Assigner]:
    """One assigner."""
    return [DefaultCollector()]
