"""Tables as files: the same query as the screen, and on record."""

from litestar import Response

from relance.core.kernel.errors import BadInput
from relance.ports.export import Exports, Format, Sheet
from relance.usecases.insight.note_export import ExportMade, NoteExport
from relance.usecases.tenancy.resume_session import SignedIn

LONGEST_EXPORT = 200_000
_TYPES: dict[Format, str] = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def download(
    sheet: Sheet, form: str, file_name: str, filters: dict[str, str], who: SignedIn, exports: Exports, note: NoteExport
) -> Response[bytes]:
    """The table as a file to keep."""
    chosen = checked_format(form)
    content = exports.written(sheet, chosen)
    said = {name: value for name, value in filters.items() if value}
    note(ExportMade(actor=who.actor, table=file_name, rows=len(sheet.rows), filters=said))
    headers = {"content-disposition": f'attachment; filename="{who.tenant.code}-{file_name}.{chosen}"'}
    return Response(content, media_type=_TYPES[chosen], headers=headers)


def checked_format(form: str) -> Format:
    """The format itself; raises BadInput."""
    for known in _TYPES:
        if form == known:
            return known
    raise BadInput(f"format: csv or xlsx, not {form!r}")
