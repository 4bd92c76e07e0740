"""Try a source's connection, and accept the key of its host."""

import msgspec

from relance.core.intake.arrivals import RemoteFile
from relance.core.intake.patterns import FilePattern
from relance.core.intake.sources import UPLOAD
from relance.core.kernel.errors import BadInput, RelanceError
from relance.core.tenancy.users import Actor, require_right
from relance.ports.fetchers import Fetchers, HostChanged, Identity, Session, UnknownHost
from relance.ports.keyring import Keyring
from relance.ports.work import Work
from relance.usecases.intake.source_places import OpenPlace

_SHOWN = 20


class SourceTest(msgspec.Struct, frozen=True, kw_only=True):
    """Which source. `trust` is the fingerprint that a person compared and accepts."""

    actor: Actor
    name: str
    trust: str = ""


class SourceTested(msgspec.Struct, frozen=True, kw_only=True):
    """What the connection answered. `code` is empty where it works.

    `fingerprint` is of the key that the host shows; `accepted` says whether that is the one kept. `files` are some of
    the files that the pattern lets through, `count` is of all of them.
    """

    works: bool
    code: str = ""
    message: str = ""
    fingerprint: str = ""
    accepted: bool = False
    files: tuple[RemoteFile, ...] = ()
    count: int = 0


class TrySource:
    """Connects and lists; reads no file and imports nothing."""

    def __init__(self, work: Work, fetchers: Fetchers, keyring: Keyring) -> None:
        self._work, self._fetchers, self._keyring = work, fetchers, keyring

    def __call__(self, request: SourceTest) -> SourceTested:
        """What came of it; raises NotFound, NotAllowed, and BadInput for a source fed by hand."""
        require_right(request.actor, "import")
        answer, shown = self._tried(request)
        if request.trust and shown is not None and not answer.accepted and _same(shown, request.trust):
            self._accept(request, shown)
            answer, _ = self._tried(request)
        return answer

    def _tried(self, request: SourceTest) -> tuple[SourceTested, Identity | None]:
        with self._work.reading(request.actor.tenant) as unit:
            state = unit.sources.state(request.name)
            kept, code = unit.sources.kept(state.source), unit.tenancy.tenant().code
        if state.plan.way == UPLOAD:
            raise BadInput(f"{request.name} is fed by hand: there is no connection to try")
        pattern = FilePattern(state.plan.pattern)

        async def look(session: Session) -> tuple[list[RemoteFile], Identity | None]:
            return await session.files(pattern.matches), session.identity

        try:
            place = OpenPlace(self._fetchers, self._keyring, request.actor.tenant, code, state, kept)
            files, identity = place.run(look)
        except (UnknownHost, HostChanged) as stranger:
            shown = stranger.identity
            return _failed(stranger, shown.fingerprint), shown
        except RelanceError as refusal:
            return _failed(refusal), None
        some = tuple(sorted(files, key=lambda file: file.name)[:_SHOWN])
        print_ = identity.fingerprint if identity else ""
        works = SourceTested(works=True, fingerprint=print_, accepted=True, files=some, count=len(files))
        return works, identity

    def _accept(self, request: SourceTest, shown: Identity) -> None:
        with self._work(request.actor.tenant) as unit:
            state = unit.sources.state(request.name)
            unit.sources.trust(state.source, shown.key, shown.fingerprint)
            said = {"fingerprint": shown.fingerprint, "before": state.plan.fingerprint}
            unit.audit.record(request.actor.name, "source-host-accepted", f"source:{request.name}", said)


def _failed(refusal: RelanceError, fingerprint: str = "") -> SourceTested:
    return SourceTested(works=False, code=refusal.code, message=refusal.detail, fingerprint=fingerprint)


def _same(shown: Identity, trust: str) -> bool:
    return shown.fingerprint.strip() == trust.strip()
