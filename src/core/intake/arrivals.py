"""Which of the files that lie at a source are to be taken, in which order, and why the others are not."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Literal

import msgspec

from relance.core.intake.fields import Mode
from relance.core.intake.patterns import FilePattern, is_plain_name

Outcome = Literal["done", "held", "refused", "older-than-last", "same-content", "empty-file", "copy"]
_NEVER = datetime.min.replace(tzinfo=UTC)


class RemoteFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file as its place lists it. `size` is -1 where the place does not know before reading."""

    name: str
    size: int
    modified_at: datetime | None = None


class TakenFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was looked at before, and what became of it. `ordered_at` is what files are put in order by."""

    name: str
    size: int
    modified_at: datetime | None
    ordered_at: datetime | None
    content: str
    outcome: Outcome


class Arrivals(msgspec.Struct, frozen=True, kw_only=True):
    """Files to take, the oldest first; files refused as older than what was imported; the one that blocks the rest."""

    take: tuple[RemoteFile, ...] = ()
    older: tuple[RemoteFile, ...] = ()
    lying: tuple[str, ...] = ()
    """Files that were imported before and still lie there."""
    blocked_by: str = ""


def ordered_at(file: RemoteFile, pattern: FilePattern) -> datetime | None:
    """The date in the name, else when the file was last changed."""
    return pattern.moment(file.name) or file.modified_at


def arrivals(
    files: Sequence[RemoteFile], pattern: FilePattern, taken: Sequence[TakenFile], mode: Mode, *, again: bool
) -> Arrivals:
    """What to take. `again`: a person asks, so what was held or refused before is tried once more.

    A file that was held or refused blocks later ones of a DELTA source: they build on it. A snapshot does without.
    """
    known = {(file.name, file.size, file.modified_at): file.outcome for file in taken}
    done = [file.ordered_at for file in taken if file.outcome == "done" and file.ordered_at is not None]
    newest = max(done, default=None)
    take: list[RemoteFile] = []
    older: list[RemoteFile] = []
    lying = tuple(file.name for file in files if known.get((file.name, file.size, file.modified_at)) == "done")
    for file in sorted(files, key=lambda each: (ordered_at(each, pattern) or _NEVER, each.name)):
        outcome = known.get((file.name, file.size, file.modified_at)) if file.size >= 0 else None
        waits = outcome in {"held", "refused"}
        if waits and mode == "delta" and not again:
            return Arrivals(take=tuple(take), older=tuple(older), lying=lying, blocked_by=file.name)
        if outcome is not None and not (waits and again):
            continue
        at = ordered_at(file, pattern)
        if newest is not None and at is not None and at < newest:
            older.append(file)
        else:
            take.append(file)
    return Arrivals(take=tuple(take), older=tuple(older), lying=lying)


def copies_among(files: Sequence[RemoteFile], taken: Sequence[TakenFile], largest: int) -> tuple[RemoteFile, ...]:
    """Copies of invoices that were not taken before, the newest first: their items are the likeliest to be there."""
    known = {(file.name, file.size, file.modified_at) for file in taken}
    new = [file for file in files if is_copy(file.name) and (file.name, file.size, file.modified_at) not in known]
    fitting = [file for file in new if file.size <= largest]
    return tuple(sorted(fitting, key=lambda each: (each.modified_at or _NEVER, each.name), reverse=True))


def is_copy(name: str) -> bool:
    """Whether a file is the copy of an invoice and no data."""
    return name.lower().endswith(".pdf") and is_plain_name(name)


def is_replay(content: str, taken: Sequence[TakenFile]) -> bool:
    """Whether exactly this was imported before; the last import again is no replay but a quiet day (A21)."""
    done = sorted(
        (file for file in taken if file.outcome == "done"), key=lambda each: (each.ordered_at or _NEVER, each.name)
    )
    return any(file.content == content for file in done[:-1]) and not (done and done[-1].content == content)


def still_growing(before: Sequence[RemoteFile], now: Sequence[RemoteFile]) -> tuple[str, ...]:
    """Names that were not there at the first look, or have another size or date at the second."""
    then: Mapping[str, RemoteFile] = {file.name: file for file in before}
    return tuple(file.name for file in now if then.get(file.name) != file)
