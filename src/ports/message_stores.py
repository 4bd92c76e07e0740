"""The stores of a unit of work that tell of scenarios, actions and the messages that leave."""

from typing import Protocol

from relance.ports.store.action_list import ActionListStore
from relance.ports.store.agenda import AgendaStore
from relance.ports.store.collection import CollectionStore
from relance.ports.store.day import DayStore
from relance.ports.store.deliveries import DeliveriesStore
from relance.ports.store.delivery import DeliveryStore
from relance.ports.store.ended import EndedStore
from relance.ports.store.outbox import OutboxStore
from relance.ports.store.print_batches import PrintBatchStore
from relance.ports.store.reports import ReportStore
from relance.ports.store.scenarios import ScenarioStore
from relance.ports.store.sender_domains import SenderDomainStore
from relance.ports.store.specifics import SpecificStore
from relance.ports.store.suppressions import SuppressionStore
from relance.ports.store.templates import TemplateStore


class MessageStores(Protocol):
    """From the text of a scenario to what came back; each made when first asked for."""

    @property
    def print_batches(self) -> PrintBatchStore:
        """Letters that are sealed, printed and handed over together."""
        ...

    @property
    def delivery(self) -> DeliveryStore:
        """Messages on their way."""
        ...

    @property
    def deliveries(self) -> DeliveriesStore:
        """Messages as people look at them."""
        ...

    @property
    def suppressions(self) -> SuppressionStore:
        """Addresses that get no more mail."""
        ...

    @property
    def sender_domains(self) -> SenderDomainStore:
        """Domains that messages are sent from."""
        ...

    @property
    def agenda(self) -> AgendaStore:
        """The agenda's screen."""
        ...

    @property
    def ended(self) -> EndedStore:
        """Invoices at the end of their cycle."""
        ...

    @property
    def reports(self) -> ReportStore:
        """What the other side told of messages that it took."""
        ...

    @property
    def outbox(self) -> OutboxStore:
        """The outbox's screen."""
        ...

    @property
    def collection(self) -> CollectionStore:
        """Scenarios and actions."""
        ...

    @property
    def specifics(self) -> SpecificStore:
        """What persons began on chosen items."""
        ...

    @property
    def templates(self) -> TemplateStore:
        """Versions and drafts of message texts."""
        ...

    @property
    def scenarios(self) -> ScenarioStore:
        """Versions and drafts of scenarios."""
        ...

    @property
    def action_list(self) -> ActionListStore:
        """The list of actions."""
        ...

    @property
    def day(self) -> DayStore:
        """The whole tenant's day."""
        ...
