"""The stores of a unit of work that tell of people, customers, their items, and how these come in."""

from typing import Protocol

from relance.ports.store.assigned import AssignedStore
from relance.ports.store.assigner_facts import AssignerFacts
from relance.ports.store.assignment import AssignmentStore
from relance.ports.store.audit import AuditTrail
from relance.ports.store.audit_log import AuditLog
from relance.ports.store.contacts import ContactStore
from relance.ports.store.copy_fetches import CopyFetchStore
from relance.ports.store.customer_details import CustomerDetailsStore
from relance.ports.store.customer_file import CustomerFileStore
from relance.ports.store.deputies import DeputyStore
from relance.ports.store.documents import DocumentStore
from relance.ports.store.entities import EntityStore
from relance.ports.store.grouping import GroupingStore
from relance.ports.store.groups import GroupStore
from relance.ports.store.insight import InsightStore
from relance.ports.store.intake import IntakeStore
from relance.ports.store.item_list import ItemListStore
from relance.ports.store.jobs import JobStore
from relance.ports.store.keys import KeyStore
from relance.ports.store.ledger import LedgerStore
from relance.ports.store.mass_changes import MassChangeStore
from relance.ports.store.palette import PaletteStore
from relance.ports.store.qualification import QualificationStore
from relance.ports.store.runs import RunStore
from relance.ports.store.saved_searches import SavedSearchStore
from relance.ports.store.sessions import SessionStore
from relance.ports.store.sources import SourceStore
from relance.ports.store.squares import SquareStore
from relance.ports.store.suggestions import SuggestionStore
from relance.ports.store.tenancy import TenancyStore
from relance.ports.store.undo import UndoStore


class LedgerStores(Protocol):
    """From the tenant to its ledger; each made when first asked for."""

    @property
    def copy_fetches(self) -> CopyFetchStore:
        """Copies of invoices to fetch from the web."""
        ...

    @property
    def jobs(self) -> JobStore:
        """Background work."""
        ...

    @property
    def entities(self) -> EntityStore:
        """The tenant's legal entities (A23)."""
        ...

    @property
    def tenancy(self) -> TenancyStore:
        """The tenant, its settings and users."""
        ...

    @property
    def grouping(self) -> GroupingStore:
        """Customers that are collected on another."""
        ...

    @property
    def deputies(self) -> DeputyStore:
        """Who stands in for whom."""
        ...

    @property
    def keys(self) -> KeyStore:
        """API keys."""
        ...

    @property
    def audit_log(self) -> AuditLog:
        """The audit trail as people read it."""
        ...

    @property
    def assigned(self) -> AssignedStore:
        """Groups and colleagues of customers."""
        ...

    @property
    def groups(self) -> GroupStore:
        """Groups of customers."""
        ...

    @property
    def customer_file(self) -> CustomerFileStore:
        """Customers as people look at them."""
        ...

    @property
    def contacts(self) -> ContactStore:
        """People at customers."""
        ...

    @property
    def customer_details(self) -> CustomerDetailsStore:
        """Customers' own fields."""
        ...

    @property
    def item_list(self) -> ItemListStore:
        """Items as people look at them."""
        ...

    @property
    def insight(self) -> InsightStore:
        """Figures over the ledger."""
        ...

    @property
    def assignment(self) -> AssignmentStore:
        """Search & Assign."""
        ...

    @property
    def assigner_facts(self) -> AssignerFacts:
        """What assigners may know."""
        ...

    @property
    def mass_changes(self) -> MassChangeStore:
        """Many customers changed at once."""
        ...

    @property
    def squares(self) -> SquareStore:
        """Alerts that accounts raise."""
        ...

    @property
    def saved_searches(self) -> SavedSearchStore:
        """Searches kept under a name."""
        ...

    @property
    def palette(self) -> PaletteStore:
        """Anything at once."""
        ...

    @property
    def suggestions(self) -> SuggestionStore:
        """Values to choose from."""
        ...

    @property
    def intake(self) -> IntakeStore:
        """Imports."""
        ...

    @property
    def runs(self) -> RunStore:
        """Imports and checks at work."""
        ...

    @property
    def sources(self) -> SourceStore:
        """Where imports are fetched from."""
        ...

    @property
    def documents(self) -> DocumentStore:
        """Copies of invoices."""
        ...

    @property
    def undo(self) -> UndoStore:
        """Imports taken back."""
        ...

    @property
    def ledger(self) -> LedgerStore:
        """Sums over items."""
        ...

    @property
    def audit(self) -> AuditTrail:
        """The audit trail."""
        ...

    @property
    def sessions(self) -> SessionStore:
        """Sessions and sign-in links."""
        ...

    @property
    def qualification(self) -> QualificationStore:
        """Holds on items."""
        ...
