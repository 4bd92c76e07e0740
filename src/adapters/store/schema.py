"""All tables at once, for migrations and tests."""

from relance.adapters.store.columns import metadata
from relance.adapters.store.tables import collection, customers, intake, ledger, qualification, tenancy, undo

__all__ = ["collection", "customers", "intake", "ledger", "metadata", "qualification", "tenancy", "undo"]
