"""The feed that ERPs already send: the same addresses, options and files; the answer is the import's report."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import msgspec
from anyio import to_thread
from litestar import Request, Response, Router, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.enums import MediaType, RequestEncodingType

from relance.core.intake.fields import FEED_WORDS, Kind
from relance.core.intake.reports import ImportReport
from relance.core.kernel.errors import BadInput
from relance.core.tenancy.keys import KeyRefused
from relance.http.api.access import caller_of
from relance.http.api.basic import admit_basic, ask_again
from relance.http.api.intake import LARGEST_UPLOAD
from relance.http.dependencies import Apart
from relance.usecases.intake.feeding import feed_source
from relance.usecases.intake.import_file import FileToImport, ImportFile

AnyRequest = Request[Any, Any, Any]
_STATUS = {"done": 200, "held": 409, "refused": 422, "running": 202}
_FLAGS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}
_SWITCHES = {
    "replace_users_association": "replace-users-association",
    "replace_groups": "replace-groups",
    "replace_colleagues": "replace-colleagues",
}


def feed_router(apart: Apart) -> Router:
    """The four addresses; `apart` gives each handler its verbs."""
    return Router(
        path="/api", route_handlers=apart(HANDLERS), guards=[admit_basic], exception_handlers={KeyRefused: ask_again}
    )


def _address(kind: Kind) -> Callable[..., Any]:
    """A handler of the files of one kind."""

    async def hand_in(request: AnyRequest, import_file: NamedDependency[ImportFile]) -> Response[bytes]:
        with tempfile.TemporaryDirectory(prefix="relance-") as folder:
            file = Path(folder) / "feed"
            name = await _received(request, file)
            report = await to_thread.run_sync(import_file, _wanted(request, kind, file, name))
        return _answer(report)

    return post(
        f"/{FEED_WORDS[kind]}",
        opt={"needs": "open", "scope": "import"},
        request_max_body_size=LARGEST_UPLOAD,
        name=f"feed-{FEED_WORDS[kind]}",
    )(hand_in)


def _wanted(request: AnyRequest, kind: Kind, file: Path, name: str) -> FileToImport:
    asked = request.query_params
    options = {option: "1" for switch, option in _SWITCHES.items() if _switched(request, switch)}
    if asked.get("encoding"):
        options["encoding"] = asked["encoding"]
    return FileToImport(
        actor=caller_of(request).actor,
        kind=kind,
        file=file,
        file_name=name or f"{FEED_WORDS[kind]}.csv",
        mode="stock" if _switched(request, "clear_items_not_modified") else "delta",
        importer="feed",
        source=asked.get("source") or feed_source(kind),
        entity=asked.get("entity") or None,
        options=options,
    )


def _switched(request: AnyRequest, name: str) -> bool:
    value = request.query_params.get(name, "").strip().lower()
    if value not in _FLAGS:
        raise BadInput(f"{name}={value!r}: true or false")
    return _FLAGS[value]


async def _received(request: AnyRequest, file: Path) -> str:
    """Write the body, or the one file of a form, block by block; the file's name as it was sent."""
    if request.content_type[0] != RequestEncodingType.MULTI_PART:
        async with await anyio.open_file(file, "wb") as opened:
            async for chunk in request.stream():
                await opened.write(chunk)
        return ""
    form = await request.form()
    upload = next((part for _, part in form.multi_items() if isinstance(part, UploadFile)), None)
    if upload is None:
        raise BadInput("the form holds no file")
    await to_thread.run_sync(_copy, upload, file)
    return Path(upload.filename.replace("\\", "/")).name[:200]


def _copy(upload: UploadFile, file: Path) -> None:
    upload.file.seek(0)
    with file.open("wb") as opened:
        shutil.copyfileobj(upload.file, opened, 1 << 20)


def _answer(report: ImportReport) -> Response[bytes]:
    body = msgspec.json.encode(report)
    return Response(body, status_code=_STATUS.get(report.state, 500), media_type=MediaType.JSON)


HANDLERS = [_address(kind) for kind in FEED_WORDS]
