"""Imports: hand in a file, choose what its columns are, see what would change, then import."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from litestar import Response
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from litestar.response import File

from relance.core.intake.fields import FIELDS as FIELDS_OF
from relance.core.intake.fields import KINDS, Mode, kind_of, mandatory_groups
from relance.core.intake.reports import ImportReport
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ImportId
from relance.core.kernel.money import from_text
from relance.http.access import deed, page
from relance.http.addresses import query
from relance.http.dependencies import Fields
from relance.http.i18n.formats import money
from relance.http.i18n.speech import gettext
from relance.http.pages import import_words
from relance.http.pages.downloads import download
from relance.http.templating import Show
from relance.ports.export import Column, Exports, Sheet
from relance.usecases.insight.note_export import NoteExport
from relance.usecases.intake.fetch_file import FetchFile, FileWanted
from relance.usecases.intake.import_file import FileToImport, ImportFile
from relance.usecases.intake.keep_file import FileHandedIn, KeepFile
from relance.usecases.intake.list_imports import ImportsQuestion, ListImports
from relance.usecases.intake.look_at_file import FileLook, LookAtFile, LookWanted
from relance.usecases.intake.show_import import ImportQuestion, ShowImport
from relance.usecases.tenancy.resume_session import SignedIn

LARGEST_UPLOAD = 200_000_000
_SHOWN_REJECTS = 200
_WORDS: dict[str, Any] = {
    "kinds": import_words.KINDS,
    "states": import_words.STATES,
    "reasons": import_words.REASONS,
    "rejects": import_words.REJECTS,
    "field_words": import_words.field_words,
    "query": query,
    "sum_words": lambda text, currency: money(from_text(text, currency), currency) if text else "",
    "shown_rejects": _SHOWN_REJECTS,
}


@page("/imports", needs="import")
def imports(
    who: NamedDependency[SignedIn], show: NamedDependency[Show], list_imports: NamedDependency[ListImports]
) -> Response[str]:
    """The form to hand in a file, and the history."""
    lines = list_imports(ImportsQuestion(actor=who.actor))
    return show("imports/list.html", lines=lines, chosen=KINDS[0], problem="", **_WORDS)


@deed("/imports/new", needs="import", request_max_body_size=LARGEST_UPLOAD)
def hand_in(
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    keep_file: NamedDependency[KeepFile],
    list_imports: NamedDependency[ListImports],
) -> Response[str]:
    """Keep the file, and on to its columns."""
    upload = fields.upload("file")
    if upload is None:
        lines = list_imports(ImportsQuestion(actor=who.actor))
        problem = gettext("Choose a file first.")
        return show("imports/list.html", status=422, lines=lines, chosen=fields.text("kind"), problem=problem, **_WORDS)
    with tempfile.TemporaryDirectory(prefix="relance-") as folder:
        reference = keep_file(FileHandedIn(actor=who.actor, file=_copied(upload, Path(folder))))
    kind = kind_of(fields.text("kind"))
    asked = {"ref": reference, "kind": kind, "mode": fields.text("mode"), "source": fields.text("source")}
    return show.go(f"/t/{who.tenant.code}/imports/columns{query(name=_named(upload), **asked)}")


@page("/imports/columns", needs="import")
def columns(
    who: NamedDependency[SignedIn], show: NamedDependency[Show], look_at_file: NamedDependency[LookAtFile]
) -> Response[str]:
    """Which column is what; the suggestions are chosen already."""
    asked = show.request.query_params
    wanted = LookWanted(
        actor=who.actor,
        reference=asked.get("ref", ""),
        file_name=_plain_name(asked.get("name", "")),
        kind=kind_of(asked.get("kind", "items")),
    )
    look = look_at_file(wanted)
    chosen = {column: field for field, column in look.suggested.items()}
    values = {"mode": asked.get("mode", ""), "source": asked.get("source", ""), "options": look.options}
    return show("imports/columns.html", **_columns(wanted, look, chosen, None, "", values))


@deed("/imports/run", needs="import")
def run(
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    look_at_file: NamedDependency[LookAtFile],
    fetch_file: NamedDependency[FetchFile],
    import_file: NamedDependency[ImportFile],
) -> Response[str]:
    """Check without writing, or import; what is held stays on the page with its effect and what can be done."""
    wanted = LookWanted(
        actor=who.actor,
        reference=fields.text("ref"),
        file_name=_plain_name(fields.text("name")),
        kind=kind_of(fields.text("kind")),
    )
    look = look_at_file(wanted)
    chosen = {column: fields.text(f"column.{place}") for place, column in enumerate(look.columns)}
    options = look.options | {name: fields.text(name) for name in ("date", "decimal", "encoding") if fields.text(name)}
    report, problem = None, ""
    try:
        file = fetch_file(FileWanted(actor=who.actor, reference=wanted.reference))
        report = import_file(_to_import(wanted, file, _mapping(chosen), options, fields))
    except BadInput as refused:  # the form keeps what was chosen
        problem = refused.detail
    if report is not None and report.state == "done":
        return show.go(f"/t/{who.tenant.code}/imports/{report.number}?done=imported")
    values = {"mode": fields.text("mode"), "source": fields.text("source"), "options": options}
    page_values = _columns(wanted, look, chosen, report, problem, values)
    return show("imports/columns.html", status=422 if problem else 200, **page_values)


@page("/imports/{number:int}", needs="import")
def import_page(
    number: FromPath[int],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    show_import: NamedDependency[ShowImport],
) -> Response[str]:
    """The report of one import."""
    line = show_import(ImportQuestion(actor=who.actor, number=ImportId(number)))
    return show("imports/report.html", line=line, report=line.report, **_WORDS)


@page("/imports/{number:int}/rejected", needs="import")
def rejected(
    number: FromPath[int],
    who: NamedDependency[SignedIn],
    show_import: NamedDependency[ShowImport],
    exports: NamedDependency[SkipValidation[Exports]],
    note_export: NamedDependency[NoteExport],
) -> Response[bytes]:
    """The rejected rows as a file."""
    report = show_import(ImportQuestion(actor=who.actor, number=ImportId(number))).report
    heads = (gettext("Line"), gettext("Column"), gettext("Value"), gettext("Code"), gettext("What is wrong"))
    sheet = Sheet(
        name=gettext("Rejected rows"),
        columns=tuple(Column(head, "number" if place == 0 else "text") for place, head in enumerate(heads)),
        rows=[(row.line, row.column, row.value, row.code, row.message) for row in report.rejected],
    )
    return download(sheet, "csv", f"rejected-{number}", {}, who, exports, note_export)


@page("/imports/{number:int}/original", needs="import")
def original(
    number: FromPath[int],
    who: NamedDependency[SignedIn],
    show_import: NamedDependency[ShowImport],
    fetch_file: NamedDependency[FetchFile],
) -> File:
    """The file as it came."""
    line = show_import(ImportQuestion(actor=who.actor, number=ImportId(number)))
    path = fetch_file(FileWanted(actor=who.actor, reference=line.archive_ref))
    return File(path, filename=_plain_name(line.file_name), media_type="application/octet-stream")


def _columns(
    wanted: LookWanted,
    look: FileLook,
    chosen: dict[str, str],
    report: ImportReport | None,
    problem: str,
    values: dict[str, Any],
) -> dict[str, Any]:
    mandatory = [group[0] for group in mandatory_groups(wanted.kind)]
    return {
        "wanted": wanted,
        "look": look,
        "chosen": chosen,
        "report": report,
        "problem": problem,
        "fields": [field.name for field in FIELDS_OF[wanted.kind]],
        "mandatory": mandatory,
        "missing": [name for name in mandatory if name not in chosen.values()],
        "days": import_words.day_examples(),
        **values,
        **_WORDS,
    }


def _to_import(
    wanted: LookWanted, file: Path, mapping: dict[str, str], options: dict[str, str], fields: Fields
) -> FileToImport:
    deed_wanted = fields.text("deed")
    mode: Mode = "delta" if fields.text("mode") == "delta" else "stock"
    return FileToImport(
        actor=wanted.actor,
        kind=wanted.kind,
        file=file,
        file_name=wanted.file_name,
        mode=mode,
        source=fields.text("source") or None,
        mapping=mapping,
        options=options,
        dry_run=deed_wanted == "check",
        override_guard=deed_wanted == "override",
    )


def _mapping(chosen: dict[str, str]) -> dict[str, str]:
    mapping: dict[str, str] = {}
    for column, field in chosen.items():
        if field and field in mapping:
            name = import_words.field_words(field)
            raise BadInput(gettext("Two columns are chosen for %(field)s.") % {"field": name})
        if field:
            mapping[field] = column
    return mapping


def _copied(upload: UploadFile, folder: Path) -> Path:
    """The upload in a file with a name of ours: the browser's is only text (T1)."""
    path = folder / "upload"
    upload.file.seek(0)
    with path.open("wb") as kept:
        shutil.copyfileobj(upload.file, kept)
    return path


def _named(upload: UploadFile) -> str:
    return _plain_name(upload.filename)


def _plain_name(name: str) -> str:
    """The last part of a file's name, printable and not too long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(char for char in last if char.isprintable())[:120] or "file.csv"


HANDLERS = [imports, hand_in, columns, run, import_page, rejected, original]
