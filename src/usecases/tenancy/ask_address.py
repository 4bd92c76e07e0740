"""Ask a person to confirm the own address by a mailed link."""

from datetime import timedelta

import msgspec

from relance.core.kernel.errors import BadInput, NotAllowed
from relance.core.kernel.identifiers import UserId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.postman import Postman
from relance.ports.render import Letters
from relance.ports.work import Work
from relance.usecases.tenancy.letters import Mailed, Office
from relance.usecases.tenancy.opening import carried, digest, new_token

LASTS = timedelta(days=3)


class AddressToConfirm(msgspec.Struct, frozen=True, kw_only=True):
    """Whose address; everybody may ask for their own, an administrator for all. `site`: as for an invitation."""

    actor: Actor
    user: UserId
    site: str = ""


class AskAddress:
    """Reminders come from a person's address only once a link that was mailed to it has been used (A15, B17)."""

    def __init__(self, work: Work, clock: Clock, letters: Letters, postman: Postman, site: str = "") -> None:
        self._work, self._clock, self._site = work, clock, site
        self._office = Office(letters, postman)

    def __call__(self, request: AddressToConfirm) -> Mailed:
        """Mail the link; raises BadInput for an inactive or confirmed person, NotFound, NotAllowed."""
        if request.user != request.actor.user:
            require_right(request.actor, "settings")
        site = self._site or request.site.rstrip("/")
        if not site:
            return Mailed(mailed=False, reason="no-site")
        now = self._clock.now()
        until, token = now + LASTS, new_token()
        with self._work(request.actor.tenant) as unit:
            user = unit.tenancy.user(request.user)
            if user.address_confirmed:
                raise BadInput("this address is confirmed")
            if not user.active:
                raise NotAllowed("an inactive person sends nothing")
            unit.sessions.add_link(digest(token), user.user, until, "address")
            link = f"{site}/address/{carried(unit.tenant, token)}"
            letter = self._office.write(unit, "address", user, {"link": link}, until)
            unit.audit.record(request.actor.name, "address-asked", f"user:{user.user}", {"email": user.email})
        return self._office.post(letter, now)
