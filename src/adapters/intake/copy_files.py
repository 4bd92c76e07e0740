"""Copies of invoices out of files, folders and zips: only PDFs, and nothing without a limit."""

import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import IO

from relance.core.kernel.errors import BadInput
from relance.ports.copies import Arrived

MOST_ENTRIES = 1_000
LARGEST = 20_000_000
LARGEST_WHOLE = 1_000_000_000
_MAGIC, _HEAD = b"%PDF-", 1024
_BLOCK = 1 << 20


class TooLarge(Exception):
    """A file is longer than is read."""


class DiskCopyFiles:
    """Files on disk; a zip's entries are unpacked one by one, whatever its directory says of their size."""

    def arrivals(self, paths: Sequence[Path]) -> Iterator[Arrived]:
        """Every file in them, within the limits."""
        for path in paths:
            if path.is_dir():
                for file in sorted(one for one in path.rglob("*") if one.is_file() and not one.is_symlink()):
                    yield from _looked_at(file)
            elif path.is_file():
                yield from _looked_at(path)
            else:
                raise BadInput(f"there is no file or folder {path.name!r}")


def _looked_at(file: Path) -> Iterator[Arrived]:
    if zipfile.is_zipfile(file) and not _is_pdf(file):
        yield from _unpacked(file)
    else:
        yield _checked(file.name, file)


def _checked(name: str, file: Path) -> Arrived:
    size = file.stat().st_size
    if size > LARGEST:
        return Arrived(name=name, file=None, size=size, reason="too-large")
    if not _is_pdf(file):
        return Arrived(name=name, file=None, size=size, reason="not-a-pdf")
    return Arrived(name=name, file=file, size=size)


def _is_pdf(file: Path) -> bool:
    with file.open("rb") as opened:
        return _MAGIC in opened.read(_HEAD)


def _unpacked(file: Path) -> Iterator[Arrived]:
    """A zip's files. One that cannot be unpacked is told, and the others still come."""
    room = LARGEST_WHOLE
    with zipfile.ZipFile(file) as packed, tempfile.TemporaryDirectory(prefix="relance-") as folder:
        entries = [entry for entry in packed.infolist() if not entry.is_dir()]
        for place, entry in enumerate(entries):
            name = PurePosixPath(entry.filename.replace("\\", "/")).name[:200]
            if place >= MOST_ENTRIES or room <= 0:
                yield Arrived(name=f"{file.name}: {len(entries) - place} more", file=None, reason="too-many")
                return
            copy = Path(folder) / "entry.pdf"
            try:
                with packed.open(entry) as opened:
                    room -= _copied(opened, copy, min(LARGEST, room))
            except TooLarge:
                room -= LARGEST
                yield Arrived(name=name, file=None, size=entry.file_size, reason="too-large")
                continue
            # locked, packed in a way that Python does not know, or damaged: told, and the rest of the zip is read
            except (RuntimeError, NotImplementedError, zipfile.BadZipFile, EOFError, OSError, ValueError):
                yield Arrived(name=name, file=None, reason="unreadable")
                continue
            yield _checked(name, copy)


def _copied(opened: IO[bytes], copy: Path, most: int) -> int:
    """Copy at most so many bytes; the directory of a zip may lie about them."""
    with copy.open("wb") as written:
        while block := opened.read(_BLOCK):
            written.write(block)
            if written.tell() > most:
                raise TooLarge
        return written.tell()
