"""The files of the night, handed in as an ERP would; what the guard holds, the administrator lets pass."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from relance.core.intake.fields import Kind
from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.main.demo import files
from relance.usecases.intake.import_file import FileToImport

_MAPPINGS: Mapping[Kind, Mapping[str, str]] = {
    "customers": files.CUSTOMERS,
    "contacts": files.CONTACTS,
    "items": files.ITEMS,
    "payments": files.PAYMENTS,
}


class Night:
    """Imports files through the real verb and counts the items that came in."""

    def __init__(self, house: House, system: Actor, administrator: Actor) -> None:
        self._house, self._system, self._administrator = house, system, administrator
        self.items = 0

    def hand_in(self, kind: Kind, file: Path, history: bool = False) -> None:
        """Import a file; one without rows is not handed in. Raises RuntimeError where our own file is at fault.

        `history`: weeks lie between the file and the one before, so the administrator hands it in past the guard.
        """
        with file.open(encoding="utf-8") as opened:
            if sum(1 for _ in opened) < 2:
                return
        request = FileToImport(
            actor=self._administrator if history else self._system,
            kind=kind,
            file=file,
            file_name=file.name,
            mapping=_MAPPINGS[kind],
            options=files.OPTIONS,
            override_guard=history,
        )
        report = self._house.import_file()(request)
        if report.state == "held":
            request = msgspec.structs.replace(request, actor=self._administrator, override_guard=True)
            report = self._house.import_file()(request)
        if report.state != "done" or report.rejected_rows:
            raise RuntimeError(f"the demo's own file {file.name} is {report.state}: {report.reason or report.message}")
        if kind == "items":
            self.items += report.new
