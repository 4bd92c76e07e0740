"""The stores of a unit of work that tell of people, customers, their items, and how these come in."""

from functools import cached_property

from sqlalchemy import Connection

from relance.adapters.store.assigned import SqlAssigned
from relance.adapters.store.assigner_facts import SqlAssignerFacts
from relance.adapters.store.assignment import SqlAssignment
from relance.adapters.store.audit import SqlAudit
from relance.adapters.store.audit_log import SqlAuditLog
from relance.adapters.store.contacts import SqlContacts
from relance.adapters.store.copy_fetches import SqlCopyFetches
from relance.adapters.store.customer_details import SqlCustomerDetails
from relance.adapters.store.customer_file import SqlCustomerFile
from relance.adapters.store.deputies import SqlDeputies
from relance.adapters.store.documents import SqlDocuments
from relance.adapters.store.entities import SqlEntities
from relance.adapters.store.grouping import SqlGrouping
from relance.adapters.store.groups import SqlGroups
from relance.adapters.store.insight import SqlInsight
from relance.adapters.store.intake import SqlIntake
from relance.adapters.store.item_list import SqlItemList
from relance.adapters.store.jobs import SqlJobs
from relance.adapters.store.keys import SqlKeys
from relance.adapters.store.ledger import SqlLedger
from relance.adapters.store.mass_changes import SqlMassChanges
from relance.adapters.store.palette import SqlPalette
from relance.adapters.store.qualification import SqlQualification
from relance.adapters.store.runs import SqlRuns
from relance.adapters.store.saved_searches import SqlSavedSearches
from relance.adapters.store.sessions import SqlSessions
from relance.adapters.store.sources import SqlSources
from relance.adapters.store.squares import SqlSquares
from relance.adapters.store.suggestions import SqlSuggestions
from relance.adapters.store.tenancy import SqlTenancy
from relance.adapters.store.undo import SqlUndo
from relance.core.kernel.identifiers import TenantId


class LedgerStores:
    """From the tenant to its ledger; each made when first asked for."""

    connection: Connection
    tenant: TenantId

    @cached_property
    def copy_fetches(self) -> SqlCopyFetches:
        """Copies of invoices to fetch from the web."""
        return SqlCopyFetches(self.connection, self.tenant)

    @cached_property
    def jobs(self) -> SqlJobs:
        """Background work."""
        return SqlJobs(self.connection, self.tenant)

    @cached_property
    def entities(self) -> SqlEntities:
        """The tenant's legal entities."""
        return SqlEntities(self.connection, self.tenant)

    @cached_property
    def tenancy(self) -> SqlTenancy:
        """The tenant itself."""
        return SqlTenancy(self.connection, self.tenant)

    @cached_property
    def grouping(self) -> SqlGrouping:
        """Customers that are collected on another."""
        return SqlGrouping(self.connection, self.tenant)

    @cached_property
    def deputies(self) -> SqlDeputies:
        """Who stands in for whom."""
        return SqlDeputies(self.connection, self.tenant)

    @cached_property
    def keys(self) -> SqlKeys:
        """API keys."""
        return SqlKeys(self.connection, self.tenant)

    @cached_property
    def audit_log(self) -> SqlAuditLog:
        """The audit trail as people read it."""
        return SqlAuditLog(self.connection, self.tenant)

    @cached_property
    def assigned(self) -> SqlAssigned:
        """Groups and colleagues of customers."""
        return SqlAssigned(self.connection, self.tenant)

    @cached_property
    def assignment(self) -> SqlAssignment:
        """Search & Assign."""
        return SqlAssignment(self.connection, self.tenant)

    @cached_property
    def assigner_facts(self) -> SqlAssignerFacts:
        """What assigners may know."""
        return SqlAssignerFacts(self.connection, self.tenant)

    @cached_property
    def mass_changes(self) -> SqlMassChanges:
        """Many customers changed at once."""
        return SqlMassChanges(self.connection, self.tenant)

    @cached_property
    def squares(self) -> SqlSquares:
        """Alerts that accounts raise."""
        return SqlSquares(self.connection, self.tenant)

    @cached_property
    def saved_searches(self) -> SqlSavedSearches:
        """Searches kept under a name."""
        return SqlSavedSearches(self.connection, self.tenant)

    @cached_property
    def palette(self) -> SqlPalette:
        """Anything at once."""
        return SqlPalette(self.connection, self.tenant)

    @cached_property
    def suggestions(self) -> SqlSuggestions:
        """Values to choose from."""
        return SqlSuggestions(self.connection, self.tenant)

    @cached_property
    def groups(self) -> SqlGroups:
        """Groups of customers."""
        return SqlGroups(self.connection, self.tenant)

    @cached_property
    def customer_file(self) -> SqlCustomerFile:
        """Customers as people look at them."""
        return SqlCustomerFile(self.connection, self.tenant)

    @cached_property
    def contacts(self) -> SqlContacts:
        """People at customers."""
        return SqlContacts(self.connection, self.tenant)

    @cached_property
    def customer_details(self) -> SqlCustomerDetails:
        """Customers' own fields."""
        return SqlCustomerDetails(self.connection, self.tenant)

    @cached_property
    def item_list(self) -> SqlItemList:
        """Items as people look at them."""
        return SqlItemList(self.connection, self.tenant)

    @cached_property
    def insight(self) -> SqlInsight:
        """Figures over the ledger."""
        return SqlInsight(self.connection, self.tenant)

    @cached_property
    def intake(self) -> SqlIntake:
        """Imports."""
        return SqlIntake(self.connection, self.tenant)

    @cached_property
    def runs(self) -> SqlRuns:
        """Imports and checks at work."""
        return SqlRuns(self.connection, self.tenant)

    @cached_property
    def sources(self) -> SqlSources:
        """Where imports are fetched from."""
        return SqlSources(self.connection, self.tenant)

    @cached_property
    def documents(self) -> SqlDocuments:
        """Copies of invoices."""
        return SqlDocuments(self.connection, self.tenant)

    @cached_property
    def undo(self) -> SqlUndo:
        """Imports taken back."""
        return SqlUndo(self.connection, self.tenant)

    @cached_property
    def ledger(self) -> SqlLedger:
        """Sums over items."""
        return SqlLedger(self.connection, self.tenant)

    @cached_property
    def audit(self) -> SqlAudit:
        """The audit trail."""
        return SqlAudit(self.connection, self.tenant)

    @cached_property
    def sessions(self) -> SqlSessions:
        """Sessions and sign-in links."""
        return SqlSessions(self.connection, self.tenant)

    @cached_property
    def qualification(self) -> SqlQualification:
        """Holds on items."""
        return SqlQualification(self.connection, self.tenant)
