"""Give the rejected rows of an import back as a file that can be corrected and imported."""

import msgspec

from relance.core.intake.returned import returned_name
from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import ImportId
from relance.core.tenancy.users import Actor, require_right, sees_import
from relance.ports.archive import Archive
from relance.ports.export import Exports
from relance.ports.intake import Importers
from relance.ports.rejects import Returns
from relance.ports.work import Work

_QUOTE, _QUOTES = '"', {"none": "", "double": '"', "single": "'"}
_TEXT = "text/plain"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RejectsWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which import."""

    actor: Actor
    number: ImportId


class RejectsFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file: delimited text as it came in, anything else as a workbook with the same columns."""

    file_name: str
    media_type: str
    content: bytes
    rows: int


class ReturnRejects:
    """A person corrects what was rejected, and only that (import it as additions and changes)."""

    def __init__(self, work: Work, archive: Archive, importers: Importers, returns: Returns, exports: Exports) -> None:
        self._work, self._archive, self._importers = work, archive, importers
        self._returns, self._exports = returns, exports

    def __call__(self, request: RejectsWanted) -> RejectsFile:
        """The file; raises NotFound where nothing was rejected, NotAllowed."""
        require_right(request.actor, "see")
        with self._work(request.actor.tenant) as unit:
            line = unit.intake.one(request.number)
            rejected = frozenset(int(row["line"]) for row in unit.intake.rejects(request.number))
            if not rejected or not sees_import(request.actor, line.author):
                raise NotFound("no row of this import was rejected")
            detail = {"rows": len(rejected), "filters": {}}
            unit.audit.record(request.actor.name, "exported", f"table:rejected-{request.number}", detail)
        file, read = self._archive.open(request.actor.tenant, line.archive_ref), line.report.recognised
        if read.delimiter:
            quote = read.options.get("quote", _QUOTE)
            quote = _QUOTES.get(quote, quote[:1])
            text = self._returns.as_text(file, read.encoding, read.header_line, rejected, quote)
            name, kind = returned_name(line.file_name), _TEXT
            return RejectsFile(file_name=name, media_type=kind, content=text, rows=len(rejected))
        tables = self._importers.named(read.importer).read(file, read.options)
        name = returned_name(line.file_name, ".xlsx")
        content = self._exports.written(self._returns.as_sheet(tables, rejected, name), "xlsx")
        return RejectsFile(file_name=name, media_type=_WORKBOOK, content=content, rows=len(rejected))
