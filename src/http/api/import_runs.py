"""Look at a file before it is imported; start an import or a check, and ask how far it is."""

from typing import Annotated, Any, BinaryIO, cast

import msgspec
from litestar import Request, Response
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath

from relance.core.intake.fields import Kind
from relance.core.intake.runs import Choices, Run
from relance.core.intake.understanding import Understanding
from relance.core.kernel.identifiers import RunId
from relance.http.api.access import caller_of, doing, reading
from relance.http.api.intake import LARGEST_UPLOAD, ImportForm, name_of, pairs, said
from relance.http.api.once import Once
from relance.usecases.intake.keep_file import FileHandedIn, KeepFile
from relance.usecases.intake.look_at_file import LookAtFile, LookWanted
from relance.usecases.intake.show_run import RunQuestion, ShowRun
from relance.usecases.intake.start_import import ImportStarted, ImportWanted, StartImport

AnyRequest = Request[Any, Any, Any]
Form = Annotated[ImportForm, Body(media_type=RequestEncodingType.MULTI_PART)]


class LookForm(msgspec.Struct, kw_only=True):
    """A file; without a kind it is recognised."""

    file: UploadFile
    kind: Kind | None = None


class LookAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A file as it seems to be meant; nothing is written."""

    kind: Kind | None
    importer: str
    columns: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    understanding: Understanding


@doing(
    "/imports/look",
    "import",
    summary="What a file seems to be: each guess with its confidence, and what must be asked",
    request_max_body_size=LARGEST_UPLOAD,
    status_code=200,
)
def look(
    request: AnyRequest,
    data: Annotated[LookForm, Body(media_type=RequestEncodingType.MULTI_PART)],
    keep_file: NamedDependency[KeepFile],
    look_at_file: NamedDependency[LookAtFile],
) -> LookAnswer:
    """The first rows, understood."""
    actor = caller_of(request).actor
    wanted = LookWanted(
        actor=actor, reference=_kept(request, data.file, keep_file), file_name=name_of(data.file), kind=data.kind
    )
    seen = look_at_file(wanted)
    return LookAnswer(
        kind=seen.understanding.kind,
        importer=seen.importer,
        columns=seen.columns,
        samples=tuple(values[:3] for values in seen.samples),
        understanding=seen.understanding,
    )


@doing(
    "/imports/runs",
    "import",
    summary="Start an import, or with dry_run a check, and do not wait for its end",
    request_max_body_size=LARGEST_UPLOAD,
)
def start(
    request: AnyRequest,
    data: Form,
    keep_file: NamedDependency[KeepFile],
    start_import: NamedDependency[StartImport],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """The run, and the number of the import, which is running."""

    def deed() -> ImportStarted:
        choices = _choices(data, _kept(request, data.file, keep_file))
        return start_import(ImportWanted(actor=caller_of(request).actor, choices=choices))

    return once(request, said(data), deed)


@reading("/imports/runs/{number:int}", scope="import", summary="How far a run is; its report once it has ended")
def run(request: AnyRequest, number: FromPath[int], show_run: NamedDependency[ShowRun]) -> Run:
    """The run of this number."""
    return show_run(RunQuestion(actor=caller_of(request).actor, run=RunId(number)))


def _kept(request: AnyRequest, upload: UploadFile, keep_file: KeepFile) -> str:
    upload.file.seek(0)
    content = cast(BinaryIO, upload.file)
    return keep_file(FileHandedIn(actor=caller_of(request).actor, content=content))


def _choices(form: ImportForm, reference: str) -> Choices:
    return Choices(
        archive_ref=reference,
        file_name=name_of(form.file),
        kind=form.kind,
        mode=form.mode,
        source=form.source,
        profile=form.profile,
        importer=form.importer,
        mapping=pairs("mapping", form.mapping),
        options=pairs("options", form.options),
        dry_run=form.dry_run,
        override_guard=form.override_guard,
        override_reason=form.override_reason,
    )


HANDLERS: list[Any] = [look, start, run]
