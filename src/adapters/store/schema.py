"""All tables at once, for migrations and tests."""

from relance.adapters.store.columns import metadata
from relance.adapters.store.tables import assignment, collection, customers, intake, ledger, qualification, sources, tenancy, undo

__all__ = ["assignment", "collection", "customers", "intake", "ledger", "metadata", "qualification", "sources", "tenancy", "undo"]
