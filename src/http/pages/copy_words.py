"""What people read about a copy of an invoice that is fetched from an address."""

from relance.core.intake.copy_hosts import CopyTrouble
from relance.http.i18n.speech import gettext, marked
from relance.ports.store.copy_fetches import CopyFetch

_TROUBLES: dict[CopyTrouble, str] = {
    "address-refused": marked("the address is no https address"),
    "host-not-listed": marked("its host is not among those of the source"),
    "elsewhere": marked("the address leads on to another one"),
    "copy-refused": marked("the host refuses access"),
    "copy-missing": marked("the host has no such file"),
    "host-unreachable": marked("the host cannot be reached"),
    "host-broken": marked("the host answers with an error"),
    "copy-too-large": marked("the file is too large"),
    "not-a-pdf": marked("the file is no PDF"),
}


def copy_words(fetch: CopyFetch) -> str:
    """Whether the copy came, comes later, or not at all, and why."""
    if fetch.state == "fetched":
        return gettext("Copy fetched")
    why = gettext(_TROUBLES[fetch.reason]) if fetch.reason else ""
    if fetch.state == "failed":
        return gettext("Copy not fetched: %(why)s") % {"why": why}
    if why:
        return gettext("Copy not fetched yet: %(why)s; it is tried again") % {"why": why}
    return gettext("Copy not fetched yet")
