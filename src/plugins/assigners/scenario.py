"""The tenant's default scenario for accounts that have none."""

from typing import ClassVar

from relance.plugins import AccountToAssign, Assigner, Attribute, Proposal, hookimpl

api = 1


class DefaultScenario:
    """Proposes the scenario that the tenant's settings name."""

    name: ClassVar[str] = "default-scenario"
    label: ClassVar[str] = "Default scenario"
    attribute: ClassVar[Attribute] = "scenario"

    def propose(self, account: AccountToAssign, defaults: dict[str, str]) -> Proposal | None:
        """The default scenario's code, or nothing where none is set."""
        code = defaults.get("scenario", "")
        return Proposal(code, "tenant-default") if code else None


@hookimpl
def provide_assigners() -> list[Assigner]:
    """One assigner."""
    return [DefaultScenario()]
