"""The stores of a unit of work that tell of scenarios, actions and the messages that leave."""

from functools import cached_property

from sqlalchemy import Connection

from relance.adapters.store.action_list import SqlActionList
from relance.adapters.store.agenda import SqlAgenda
from relance.adapters.store.collection import SqlCollection
from relance.adapters.store.day import SqlDay
from relance.adapters.store.deliveries import SqlDeliveries
from relance.adapters.store.delivery import SqlDelivery
from relance.adapters.store.ended import SqlEnded
from relance.adapters.store.outbox import SqlOutbox
from relance.adapters.store.print_batches import SqlPrintBatches
from relance.adapters.store.reports import SqlReports
from relance.adapters.store.scenarios import SqlScenarios
from relance.adapters.store.sender_domains import SqlSenderDomains
from relance.adapters.store.specifics import SqlSpecifics
from relance.adapters.store.suppressions import SqlSuppressions
from relance.adapters.store.templates import SqlTemplates
from relance.core.kernel.identifiers import TenantId


class MessageStores:
    """From the text of a scenario to what came back; each made when first asked for."""

    connection: Connection
    tenant: TenantId

    @cached_property
    def specifics(self) -> SqlSpecifics:
        """What persons began on chosen items."""
        return SqlSpecifics(self.connection, self.tenant)

    @cached_property
    def print_batches(self) -> SqlPrintBatches:
        """Letters that are sealed, printed and handed over together."""
        return SqlPrintBatches(self.connection, self.tenant)

    @cached_property
    def delivery(self) -> SqlDelivery:
        """Messages on their way."""
        return SqlDelivery(self.connection, self.tenant)

    @cached_property
    def agenda(self) -> SqlAgenda:
        """The agenda's screen."""
        return SqlAgenda(self.connection, self.tenant)

    @cached_property
    def ended(self) -> SqlEnded:
        """Invoices at the end of their cycle."""
        return SqlEnded(self.connection, self.tenant)

    @cached_property
    def deliveries(self) -> SqlDeliveries:
        """Messages as people look at them."""
        return SqlDeliveries(self.connection, self.tenant)

    @cached_property
    def suppressions(self) -> SqlSuppressions:
        """Addresses that get no more mail."""
        return SqlSuppressions(self.connection, self.tenant)

    @cached_property
    def reports(self) -> SqlReports:
        """What the other side told of messages that it took."""
        return SqlReports(self.connection, self.tenant)

    @cached_property
    def sender_domains(self) -> SqlSenderDomains:
        """Domains that messages are sent from."""
        return SqlSenderDomains(self.connection, self.tenant)

    @cached_property
    def outbox(self) -> SqlOutbox:
        """The outbox's screen."""
        return SqlOutbox(self.connection, self.tenant)

    @cached_property
    def collection(self) -> SqlCollection:
        """Scenarios and actions."""
        return SqlCollection(self.connection, self.tenant)

    @cached_property
    def templates(self) -> SqlTemplates:
        """Versions and drafts of message texts."""
        return SqlTemplates(self.connection, self.tenant)

    @cached_property
    def scenarios(self) -> SqlScenarios:
        """Versions and drafts of scenarios."""
        return SqlScenarios(self.connection, self.tenant)

    @cached_property
    def action_list(self) -> SqlActionList:
        """The list of actions."""
        return SqlActionList(self.connection, self.tenant)

    @cached_property
    def day(self) -> SqlDay:
        """The whole tenant's day."""
        return SqlDay(self.connection, self.tenant)
