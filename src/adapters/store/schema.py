"""All tables at once, for migrations and tests."""

from relance.adapters.store.columns import metadata
from relance.adapters.store.tables import (
    assignment,
    collection,
    customers,
    delivery,
    documents,
    installation,
    intake,
    ledger,
    mass_changes,
    print_batches,
    qualification,
    saved_searches,
    scenarios,
    sources,
    templates,
    tenancy,
    undo,
)

__all__ = [
    "assignment",
    "collection",
    "customers",
    "delivery",
    "documents",
    "installation",
    "intake",
    "ledger",
    "mass_changes",
    "metadata",
    "print_batches",
    "qualification",
    "saved_searches",
    "scenarios",
    "sources",
    "templates",
    "tenancy",
    "undo",
]
