"""Fetch the copies of invoices whose addresses imports brought."""

import tempfile
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import msgspec

from relance.core.intake.copy_hosts import CopyTrouble, after_trouble, is_listed
from relance.core.tenancy.users import Actor, require_right
from relance.ports.archive import Archive
from relance.ports.clock import Clock
from relance.ports.store.copy_fetches import CopyFetch
from relance.ports.store.documents import NewDocument
from relance.ports.web_copies import CopyTroubled, WebCopies
from relance.ports.work import Work

MOST_AT_ONCE = 50
_TYPE = "application/pdf"


class CopiesToFetch(msgspec.Struct, frozen=True, kw_only=True):
    """Of which tenant, and how many at most."""

    actor: Actor
    limit: int = MOST_AT_ONCE


class CopiesFetched(msgspec.Struct, frozen=True, kw_only=True):
    """How many came, and why others did not (reason to count); those that may come later are asked for again."""

    fetched: int
    troubled: dict[str, int]


class FetchCopies:
    """Runs beside imports, never inside one: a slow host holds nothing up, and each copy is kept as it comes."""

    def __init__(self, work: Work, clock: Clock, archive: Archive, web: WebCopies) -> None:
        self._work, self._clock, self._archive, self._web = work, clock, archive, web

    def __call__(self, request: CopiesToFetch) -> CopiesFetched:
        """Ask for those whose time has come; raises NotAllowed."""
        actor = request.actor
        require_right(actor, "import")
        with self._work(actor.tenant) as unit:
            unit.copy_fetches.gather(self._clock.now())
            due = unit.copy_fetches.due(self._clock.now(), request.limit)
        troubled: dict[str, int] = {}
        for fetch in due:
            trouble = self._fetch(fetch, actor)
            if trouble:
                troubled[trouble] = troubled.get(trouble, 0) + 1
        return CopiesFetched(fetched=len(due) - sum(troubled.values()), troubled=troubled)

    def _fetch(self, fetch: CopyFetch, actor: Actor) -> CopyTrouble | None:
        if not is_listed(fetch.address, fetch.hosts):
            return self._troubled(fetch, actor, "host-not-listed")
        with tempfile.TemporaryDirectory(prefix="relance-") as folder:
            file = Path(folder) / "copy.pdf"
            try:
                self._web.fetch(fetch.address, file)
            except CopyTroubled as troubled:
                return self._troubled(fetch, actor, troubled.trouble)
            reference = self._archive.keep_file(actor.tenant, file)
            self._kept(fetch, actor, file.stat().st_size, reference)
        return None

    def _kept(self, fetch: CopyFetch, actor: Actor, size: int, reference: str) -> None:
        new = NewDocument(
            item=fetch.item,
            file_name=name_of(fetch.address, fetch.number),
            media_type=_TYPE,
            size=size,
            archive_ref=reference,
            origin=fetch.source,
        )
        done = msgspec.structs.replace(fetch, state="fetched", reason=None, tries=fetch.tries + 1, next_at=None)
        with self._work(actor.tenant) as unit:
            if (fetch.item, reference) not in unit.documents.known([fetch.item]):
                unit.documents.add([new], actor.name, self._clock.now())
            unit.copy_fetches.keep(done, self._clock.now())
            detail = {"host": urlsplit(fetch.address).hostname or "", "size": size}
            unit.audit.record(actor.name, "copy-fetched", f"item:{fetch.item}", detail)

    def _troubled(self, fetch: CopyFetch, actor: Actor, trouble: CopyTrouble) -> CopyTrouble:
        now, tries = self._clock.now(), fetch.tries + (trouble != "host-not-listed")
        state, next_at = after_trouble(trouble, tries, now)
        after = msgspec.structs.replace(fetch, state=state, reason=trouble, tries=tries, next_at=next_at)
        with self._work(actor.tenant) as unit:
            unit.copy_fetches.keep(after, now)
            if state == "failed":
                unit.audit.record(actor.name, "copy-failed", f"item:{fetch.item}", {"reason": trouble})
        return trouble


def name_of(address: str, number: str) -> str:
    """What the copy is called: as its address ends, where that is a PDF's name, else by the item's number."""
    last = PurePosixPath(unquote(urlsplit(address).path)).name
    named = "".join(char for char in last if char.isprintable() and char not in '/\\"')[:200]
    return named if named.lower().endswith(".pdf") else f"{number}.pdf"
