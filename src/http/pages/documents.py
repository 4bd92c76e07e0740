"""Copies of invoices: hand them in, see what became of each, and download one."""

import shutil
import tempfile
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from litestar import Response
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import File

from relance.http.access import deed, page
from relance.http.dependencies import Fields
from relance.http.i18n.speech import gettext, marked
from relance.http.templating import Show
from relance.usecases.intake.add_documents import AddDocuments, DocumentsToAdd
from relance.usecases.intake.fetch_document import DocumentWanted, FetchDocument
from relance.usecases.intake.list_documents import DocumentsQuestion, ListDocuments
from relance.usecases.tenancy.resume_session import SignedIn

LARGEST_UPLOAD = 200_000_000
_REASONS = {
    "unknown-number": marked("No item bears a number that stands in the name as a whole."),
    "ambiguous": marked("Several items could be meant:"),
    "not-a-pdf": marked("This is no PDF."),
    "too-large": marked("More than 20 MB."),
    "too-many": marked("A zip of more than 1,000 files or 1 GB; hand in the rest separately."),
    "already-there": marked("This copy is there already."),
    "unreadable": marked("It cannot be unpacked."),
}


@page("/imports/copies", needs="import")
def copies(
    who: NamedDependency[SignedIn], show: NamedDependency[Show], list_documents: NamedDependency[ListDocuments]
) -> Response[str]:
    """The newest copies, and where new ones are handed in."""
    return show("imports/copies.html", **_facts(who, list_documents))


@deed("/imports/copies", needs="import", request_max_body_size=LARGEST_UPLOAD)
def add(
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    add_documents: NamedDependency[AddDocuments],
    list_documents: NamedDependency[ListDocuments],
) -> Response[str]:
    """Add a PDF or a zip of them."""
    upload = fields.upload("file")
    if upload is None:
        facts = _facts(who, list_documents) | {"problem": gettext("Choose a file first.")}
        return show("imports/copies.html", status=422, **facts)
    with tempfile.TemporaryDirectory(prefix="relance-") as folder:
        file = _kept(upload, Path(folder))
        done = add_documents(DocumentsToAdd(actor=who.actor, paths=(file,), origin="page"))
    return show("imports/copies.html", **_facts(who, list_documents) | {"done": done})


@page("/documents/{document:int}", needs="see")
def download(
    document: FromPath[int], who: NamedDependency[SignedIn], fetch_document: NamedDependency[FetchDocument]
) -> File:
    """The copy as a file to keep, never shown by the browser."""
    found = fetch_document(DocumentWanted(actor=who.actor, document=document))
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(found.document.file_name)}",
        "x-content-type-options": "nosniff",
    }
    return File(found.file, media_type=found.document.media_type, headers=headers)


def _facts(who: SignedIn, list_documents: ListDocuments) -> dict[str, Any]:
    latest = list_documents(DocumentsQuestion(actor=who.actor))
    return {"latest": latest, "done": None, "problem": "", "why": {code: gettext(_REASONS[code]) for code in _REASONS}}


def _kept(upload: UploadFile, folder: Path) -> Path:
    """The upload under its own plain name: the name is what says whose copy it is."""
    plain = PurePosixPath(upload.filename.replace("\\", "/")).name
    name = "".join(sign for sign in plain if sign.isprintable())[-150:].strip(". ")
    file = folder / (name or "upload")
    upload.file.seek(0)
    with file.open("wb") as written:
        shutil.copyfileobj(upload.file, written, 1 << 20)
    return file


HANDLERS = [copies, add, download]
