"""What fetching copies of invoices needs of the web."""

from pathlib import Path
from typing import Protocol

from relance.core.intake.copy_hosts import CopyTrouble


class CopyTroubled(Exception):
    """A copy did not come; `trouble` is the public reason."""

    def __init__(self, trouble: CopyTrouble) -> None:
        super().__init__(trouble)
        self.trouble: CopyTrouble = trouble


class WebCopies(Protocol):
    """Fetches single files from public addresses, and nothing from a private one (T4)."""

    def fetch(self, address: str, to: Path) -> None:
        """Write the PDF at the address into `to`; raises CopyTroubled."""
        ...
