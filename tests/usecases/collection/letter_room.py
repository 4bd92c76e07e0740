"""A tenant whose due reminders are letters, with everything that prints, seals and hands them over."""

from pathlib import Path

from sqlalchemy import Engine, update

from relance.adapters.archive import DiskArchive
from relance.adapters.render.print_files import PdfPrintFiles
from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.customers import customers
from relance.core.collection.print_batches import PrintBatch
from relance.core.kernel.identifiers import ActionId, TenantId
from relance.plugins.channels.letter import LetterChannel
from relance.usecases.collection.fetch_letters import FetchLetters, LettersFetched, LettersWanted
from relance.usecases.collection.hand_over_letters import HandOver, HandOverLetters
from relance.usecases.collection.list_print_batches import ListPrintBatches, PrintBatches, PrintBatchesAsked
from relance.usecases.collection.seal_letters import Sealed, Sealing, SealLetters
from relance.usecases.collection.show_print_batch import PrintBatchAsked, PrintBatchShown, ShowPrintBatch
from relance.usecases.collection.track_letter import Tracking, TrackLetter
from relance.usecases.collection.withdraw_letters import Withdrawal, WithdrawLetters
from tests.usecases.collection.mailroom import Mailroom


class LetterRoom(Mailroom):
    """The verbs of letters over one small ledger."""

    def __init__(self, engine: Engine, tenant: TenantId, folder: Path, count: int = 1) -> None:
        super().__init__(engine, tenant, count)
        self.channels = [LetterChannel()]
        self.archive, self.files = DiskArchive(folder / "archive"), PdfPrintFiles()
        with engine.begin() as connection:
            place = {"street": "27 bis avenue du Général-de-Gaulle", "zip": "33000", "city": "Bordeaux"}
            connection.execute(update(customers).where(customers.c.tenant_id == tenant).values(**place))
            kind = {"kind": "letter", "channel": "letter", "template": "formal-notice"}
            connection.execute(update(actions).where(actions.c.tenant_id == tenant).values(**kind))

    def seal(self, **options: bool) -> Sealed:
        verb = SealLetters(
            self.work, self.clock, *self._outside, lambda: self.channels, self.fence, self.archive, self.files
        )
        return verb(Sealing(actor=self.actor, **options))

    def fetch(self, batch: int = 1) -> LettersFetched:
        return FetchLetters(self.work, self.archive, self.files)(LettersWanted(actor=self.actor, batch=batch))

    def hand_over(self, batch: int = 1) -> PrintBatch:
        return self._handing_over(HandOver(actor=self.actor, batch=batch, note="post office"))

    def bring(self, batch: int = 1) -> PrintBatch:
        return self._handing_over(HandOver(actor=self.actor, batch=batch, service=True))

    def _handing_over(self, request: HandOver) -> PrintBatch:
        outside = (self._outside[0], lambda: self.channels, self.archive, self.files)
        return HandOverLetters(self.work, self.clock, *outside)(request)

    def withdraw(self, batch: int = 1) -> PrintBatch:
        verb = WithdrawLetters(self.work, self.clock, self._outside[0])
        return verb(Withdrawal(actor=self.actor, batch=batch, reason="the printer is broken"))

    def track(self, action: int, number: str, batch: int = 1) -> None:
        wanted = Tracking(actor=self.actor, batch=batch, action=ActionId(action), number=number)
        TrackLetter(self.work)(wanted)

    def shown(self, batch: int = 1) -> PrintBatchShown:
        return ShowPrintBatch(self.work, lambda: self.channels)(PrintBatchAsked(actor=self.actor, batch=batch))

    def batches(self) -> PrintBatches:
        return ListPrintBatches(self.work)(PrintBatchesAsked(actor=self.actor))
