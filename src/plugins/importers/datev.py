"""DATEV EXTF: batches of bookings (items of customers' accounts) and master data (customers)."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import ClassVar

import msgspec

from relance.plugins import BadInput, Importer, Recognised, Table, hookimpl
from relance.plugins.importers.books import datev_bookings, datev_masters
from relance.plugins.importers.books.datev_file import Batch, batch_of, head_of

api = 1
_SAMPLE = 65_536
_NONE = "no-customer-accounts"


class Datev:
    """Reads what DATEV exchanges; personal accounts that begin with 1 to 6 are customers; option `encoding`."""

    name: ClassVar[str] = "datev"
    label: ClassVar[str] = "DATEV (EXTF)"

    def recognises(self, sample: bytes, file_name: str) -> Recognised:
        """By the first line, which says what the file holds."""
        head = head_of(sample)
        if head is None:
            return Recognised(confidence=0, why="the first line is none of DATEV")
        seen = Recognised(
            confidence=97, why=f"DATEV says that it holds {head.name}", options={"date": "iso", "decimal": "."}
        )
        if head.sort == "bookings":
            return msgspec.structs.replace(seen, kinds=("items",), fields=True, columns=datev_bookings.COLUMNS)
        if head.sort == "masters":
            return msgspec.structs.replace(seen, kinds=("customers",), fields=True, columns=datev_masters.COLUMNS)
        message = f"DATEV's {head.name!r} holds neither bookings nor customers; export the batch or the master data"
        return msgspec.structs.replace(seen, refusal="other-datev-format", message=message)

    def looks(self, file: Path, options: Mapping[str, str]) -> Recognised:
        """Whether any account is a customer's, which only the whole file tells."""
        with file.open("rb") as opened:
            seen = self.recognises(opened.read(_SAMPLE), file.name)
        if seen.refusal or not seen.confidence:
            return seen
        batch = batch_of(file, options.get("encoding", ""))
        seen = msgspec.structs.replace(seen, options=seen.options | {"encoding": batch.encoding}, header_line=2)
        if not _holds_customers(batch):
            return msgspec.structs.replace(seen, refusal=_NONE, message=_without(batch))
        return msgspec.structs.replace(seen, columns=tuple(_table(batch).columns.columns[1:]))

    def read(self, file: Path, options: Mapping[str, str]) -> Iterator[Table]:
        """The bookings of customers, or the customers."""
        batch = batch_of(file, options.get("encoding", ""))
        if not _holds_customers(batch):
            raise BadInput(_without(batch))
        yield _table(batch)


@hookimpl
def provide_importers() -> list[Importer]:
    """The one importer of this module."""
    return [Datev()]


def _table(batch: Batch) -> Table:
    return datev_bookings.table_of(batch) if batch.head.sort == "bookings" else datev_masters.table_of(batch)


def _holds_customers(batch: Batch) -> bool:
    places = (6, 7) if batch.head.sort == "bookings" else (0,)
    return any(batch.head.is_customer(row.cell(place)) for row in batch.rows for place in places)


def _without(batch: Batch) -> str:
    first, last = batch.head.customers
    return (
        f"no account of the file is a customer's ({first} to {last}): these are entries between general accounts, "
        "or suppliers; export the customers' accounts (Debitoren)"
    )
