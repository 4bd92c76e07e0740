"""Imports: hand in a file or paste rows, and the history with its reports."""

from io import BytesIO
from typing import Any, BinaryIO, cast

from litestar import Response
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from litestar.response import File

from relance.core.kernel.identifiers import ImportId
from relance.http.access import deed, page
from relance.http.addresses import query
from relance.http.dependencies import Fields
from relance.http.i18n.speech import gettext
from relance.http.pages.downloads import download
from relance.http.pages.import_forms import mode_of, plain_name
from relance.http.pages.import_reports import WORDS, rejects_sheet
from relance.http.templating import Show
from relance.ports.export import Exports
from relance.usecases.insight.note_export import NoteExport
from relance.usecases.intake.fetch_file import FetchFile, FileWanted
from relance.usecases.intake.keep_file import FileHandedIn, KeepFile
from relance.usecases.intake.list_checks import ChecksQuestion, ListChecks
from relance.usecases.intake.list_imports import ImportsQuestion, ListImports
from relance.usecases.intake.show_import import ImportQuestion, ShowImport
from relance.usecases.tenancy.resume_session import SignedIn

LARGEST_UPLOAD = 200_000_000
_PASTED = "pasted.txt"


@page("/imports", needs="import")
def imports(
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    list_imports: NamedDependency[ListImports],
    list_checks: NamedDependency[ListChecks],
) -> Response[str]:
    """Where a file is handed in, and the history."""
    lines = list_imports(ImportsQuestion(actor=who.actor))
    checks = list_checks(ChecksQuestion(actor=who.actor))
    return show("imports/list.html", lines=lines, checks=checks, problem="", pasted="", **WORDS)


@deed("/imports/new", needs="import", request_max_body_size=LARGEST_UPLOAD)
def hand_in(
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    keep_file: NamedDependency[KeepFile],
    list_imports: NamedDependency[ListImports],
) -> Response[str]:
    """Keep the file or the pasted rows, and on to the columns."""
    upload, pasted = fields.upload("file"), fields.raw("pasted") or ""
    if upload is None and not pasted.strip():
        lines = list_imports(ImportsQuestion(actor=who.actor))
        problem = gettext("Choose a file or paste rows first.")
        return show("imports/list.html", status=422, lines=lines, problem=problem, pasted=pasted, **WORDS)
    content = _content(upload) if upload else _pasted(pasted)
    reference = keep_file(FileHandedIn(actor=who.actor, content=content))
    name = plain_name(upload.filename) if upload else _PASTED
    asked = {name: fields.text(name) for name in ("kind", "source", "profile")}
    asked |= {"mode": mode_of(fields.text("mode"))} if fields.text("mode") else {}
    return show.go(f"/t/{who.tenant.code}/imports/columns{query(ref=reference, name=name, **asked)}")


@page("/imports/{number:int}", needs="import")
def import_page(
    number: FromPath[int],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    show_import: NamedDependency[ShowImport],
) -> Response[str]:
    """The report of one import; of one that is running, how far it is."""
    line = show_import(ImportQuestion(actor=who.actor, number=ImportId(number)))
    if line.run is not None:
        return show.go(f"/t/{who.tenant.code}/imports/runs/{line.run}")
    return show("imports/report.html", line=line, report=line.report, **WORDS)


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
    return download(rejects_sheet(report), "csv", f"rejected-{number}", {}, who, exports, note_export)


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
    return File(path, filename=plain_name(line.file_name), media_type="application/octet-stream")


def _content(upload: UploadFile) -> BinaryIO:
    upload.file.seek(0)
    return cast(BinaryIO, upload.file)


def _pasted(text: str) -> BinaryIO:
    """Pasted rows as a file: a spreadsheet puts tabs between its cells."""
    lines = text.replace("\r\n", "\n").strip("\n")
    return BytesIO(f"{lines}\n".encode())


HANDLERS: list[Any] = [imports, hand_in, import_page, rejected, original]
