"""Imports: hand in a file with its mapping, and read the reports."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import msgspec
from litestar import Request, Response
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, QueryParameter

from relance.core.intake.fields import Kind, Mode
from relance.core.intake.reports import ImportLine, ImportReport
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ImportId
from relance.http.api.access import caller_of, doing, reading
from relance.http.api.once import Once
from relance.usecases.intake.import_file import FileToImport, ImportFile
from relance.usecases.intake.list_imports import ImportsQuestion, ListImports
from relance.usecases.intake.show_import import ImportQuestion, ShowImport

AnyRequest = Request[Any, Any, Any]
LARGEST_UPLOAD = 200_000_000


class ImportForm(msgspec.Struct, kw_only=True):
    """A file and how to read it; `mapping` (field to column) and `options` are JSON objects."""

    file: UploadFile
    kind: Kind
    mode: Mode = "stock"
    source: str = ""
    profile: str = ""
    importer: str = ""
    mapping: str = "{}"
    options: str = "{}"
    dry_run: bool = False
    override_guard: bool = False
    override_reason: str = ""


class ImportsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The newest imports, each with its report."""

    rows: list[ImportLine]


@reading("/imports", summary="The newest imports")
def imports(
    request: AnyRequest,
    list_imports: NamedDependency[ListImports],
    limit: Annotated[int, QueryParameter(ge=1, le=500)] = 100,
) -> ImportsAnswer:
    """Imports with their reports, the newest first."""
    return ImportsAnswer(rows=list_imports(ImportsQuestion(actor=caller_of(request).actor, limit=limit)))


@reading("/imports/{number:int}", summary="One import with its report")
def import_report(request: AnyRequest, number: FromPath[int], show_import: NamedDependency[ShowImport]) -> ImportLine:
    """The import of this number."""
    return show_import(ImportQuestion(actor=caller_of(request).actor, number=ImportId(number)))


@doing(
    "/imports",
    "import",
    summary="Import a file; what a guard holds answers with state held and changes nothing",
    request_max_body_size=LARGEST_UPLOAD,
)
def import_file(
    request: AnyRequest,
    data: Annotated[ImportForm, Body(media_type=RequestEncodingType.MULTI_PART)],
    import_file: NamedDependency[ImportFile],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """The report of the import."""
    return once(request, said(data), _importing(request, data, import_file))


def _importing(request: AnyRequest, form: ImportForm, run: ImportFile) -> Callable[[], ImportReport]:
    def deed() -> ImportReport:
        with tempfile.TemporaryDirectory(prefix="relance-") as folder:
            return run(_wanted(request, form, _copied(form.file, Path(folder))))

    return deed


def _wanted(request: AnyRequest, form: ImportForm, file: Path) -> FileToImport:
    return FileToImport(
        actor=caller_of(request).actor,
        kind=form.kind,
        file=file,
        file_name=name_of(form.file),
        mode=form.mode,
        source=form.source or None,
        profile=form.profile or None,
        importer=form.importer or None,
        mapping=pairs("mapping", form.mapping),
        options=pairs("options", form.options),
        dry_run=form.dry_run,
        override_guard=form.override_guard,
        override_reason=form.override_reason,
    )


def name_of(upload: UploadFile) -> str:
    """What the file was called, without folders."""
    return Path(upload.filename.replace("\\", "/")).name[:200] or "upload"


def _copied(upload: UploadFile, folder: Path) -> Path:
    """The file under a name of ours, whatever it was called (T1)."""
    copy = folder / "upload"
    upload.file.seek(0)
    with copy.open("wb") as opened:
        shutil.copyfileobj(upload.file, opened, 1 << 20)
    return copy


def said(form: ImportForm) -> bytes:
    """All that the request asks for, the file's content by its hash."""
    form.file.file.seek(0)
    content = hashlib.sha256()
    while block := form.file.file.read(1 << 20):
        content.update(block)
    rest = [form.kind, form.mode, form.source, form.profile, form.importer, form.mapping, form.options]
    return msgspec.json.encode([content.hexdigest(), *rest, form.dry_run, form.override_guard, form.override_reason])


def pairs(name: str, text: str) -> dict[str, str]:
    """A JSON object of texts; raises BadInput that names the field."""
    try:
        return msgspec.json.decode(text, type=dict[str, str])
    except msgspec.MsgspecError as bad:
        raise BadInput(f'{name}: a JSON object of texts, like {{"number": "Invoice no."}}') from bad


HANDLERS = [imports, import_report, import_file]
