"""May this import be undone, and what goes with it? (A6)"""

import msgspec

from relance.core.intake.fields import Kind
from relance.core.intake.reports import State
from relance.core.kernel.identifiers import ImportId

UNDOABLE: frozenset[Kind] = frozenset({"items", "customers", "contacts", "payments"})

UNDOABLE_IMPORTS = 10
"""So many imports of a source can be undone, one after the other."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What decides whether an import can be undone."""

    kind: Kind
    state: State
    newer: ImportId | None
    """The source's last import, if it is another one."""
    kept: bool
    """Whether what it changed is still kept."""
    changed_since: tuple[ImportId, ...] = ()
    """Later imports of other sources that changed the same items."""


class Losses(msgspec.Struct, frozen=True, kw_only=True):
    """What an undo takes away, and what it must leave. All are numbers of rows."""

    items: int = 0
    """Items that the import brought and that vanish."""
    restored: int = 0
    """Items that get their former values back."""
    payments: int = 0
    customers: int = 0
    contacts: int = 0
    people_restored: int = 0
    """Customers and contacts that get their former values back."""
    promises: int = 0
    """Of the items that vanish."""
    disputes: int = 0
    pauses: int = 0
    listed: int = 0
    """Items that vanish though a message that was sent, or a call, listed them."""
    documents: int = 0
    """Copies of invoices that vanish with their items."""
    judged: int = 0
    """Promises judged since on items that get their former values back: the verdict stays."""
    changed_by_hand: int = 0
    """Contacts that the import brought, that a person has changed since, and that vanish."""
    customers_kept: int = 0
    """Customers that the import brought and that stay, because there is more about them."""
    values_kept: int = 0
    """Customers and contacts of which something was changed since: that stays."""
    actions: int = 0
    """Actions not yet on their way whose invoice vanishes or changes: they go, or are decided again."""


def reason_against(standing: Standing) -> str | None:
    """The public code of why an import cannot be undone, or None."""
    if standing.state == "undone":
        return "undone-already"
    if standing.state != "done":
        return "changed-nothing"
    if standing.kind not in UNDOABLE:
        return "kind-not-undoable"
    if standing.newer is not None:
        return "newer-import"
    if not standing.kept:
        return "undo-not-kept"
    if standing.changed_since:
        return "items-changed-since"
    return None
