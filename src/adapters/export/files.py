"""Writes tables as CSV or Excel files."""

from relance.adapters.export.delimited import as_csv
from relance.adapters.export.workbook import as_workbook
from relance.ports.export import Format, Sheet


class FileExports:
    """Both forms behind one door."""

    def written(self, sheet: Sheet, form: Format) -> bytes:
        """The file's content."""
        return as_csv(sheet) if form == "csv" else as_workbook(sheet)
