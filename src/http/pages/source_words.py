"""Words for sources: ways of fetching, their settings, what attempts came to."""

from relance.core.intake.sources import UPLOAD, SourceRun
from relance.http.i18n.speech import gettext, marked
from relance.http.pages.import_words import REASONS
from relance.ports.fetchers import Fetcher

STATES = {
    "running": (marked("Running"), ""),
    "done": (marked("Imported"), "green"),
    "nothing-new": (marked("Nothing new"), ""),
    "waiting": (marked("Waiting for the file"), ""),
    "held": (marked("Held"), "amber"),
    "refused": (marked("Refused"), "red"),
    "failed": (marked("Failed"), "red"),
}
CODES = {
    "unknown-host": marked("Nobody has accepted this host's key yet. Test the connection and compare the fingerprint."),
    "host-changed": marked(
        "The host shows another key than the accepted one. Nothing was sent to it and nothing read."
    ),
    "source-unreachable": marked("The connection did not work."),
    "torn-download": marked("The file did not arrive whole; nothing was imported."),
    "source-too-large": marked("More than is read at once."),
    "older-than-last": marked("The file is older than what was imported last."),
    "same-content": marked("The file holds what an earlier one held, and a newer one came in between."),
    "empty-file": marked("The file is empty."),
    "still-written": marked("The file is still being written; it is tried again in five minutes."),
    "waits-for-earlier-file": marked("An earlier file was not imported; later ones build on it and wait."),
    "not-put-away": marked("Imported, but the file could not be moved to the archive folder."),
    "copies": marked("Copies of invoices came."),
    "worker-gone": marked("The process that fetched it ended; it is fetched again."),
    "failed": marked("The attempt broke; nothing half was imported."),
    "bad-input": marked("A setting cannot be used."),
}
_LABELS = (
    marked("SFTP"),
    marked("FTPS"),
    marked("FTP, not encrypted"),
    marked("Folder of this server"),
    marked("API (JSON over HTTPS)"),
    marked("Password or private key"),
    marked("Token or password"),
    marked("Host"),
    marked("A name or an address."),
    marked("Port"),
    marked("User"),
    marked("Done marker"),
    marked("An ending such as .done: a file is taken once a file of that ending lies beside it."),
    marked("TLS begins"),
    marked("asked: after AUTH TLS, the usual way; at-once: the old way of port 990."),
    marked("Address"),
    marked("Sign in"),
    marked("bearer: Authorization: Bearer; basic: user and password; header: a header of your own."),
    marked("For basic."),
    marked("Header"),
    marked("For header: its name, like X-Api-Key."),
    marked("Path to the list"),
    marked("Like data.items; empty: the answer is the list."),
    marked("Pages"),
    marked("How the next page is found."),
    marked("Path to the next"),
    marked("For next and cursor: like links.next."),
    marked("Parameter"),
    marked("For cursor, page and offset: its name in the address."),
)
"""What the built-in fetchers say of themselves, for the catalogues; what others say is shown as it is."""
WAYS = {
    "sftp": marked("Files on a server over SSH. The server's key is pinned. The usual choice."),
    "ftps": marked("Files on a server over FTP with TLS."),
    "ftp": marked("Everybody on the way can read the password and the files. Only where nothing else is offered."),
    "folder": marked("Files that something else puts into this server's inbox."),
    "api": marked("Lists that an ERP or an accounting service answers over the web."),
    UPLOAD: marked("No fetching: files are handed in here or by a program, and only their age is watched."),
}


def trouble_words(run: SourceRun) -> str:
    """Why an attempt needs a person."""
    if run.code in CODES:
        return gettext(CODES[run.code])
    return gettext(REASONS[run.code]) if run.code in REASONS else gettext(STATES[run.state][0])


def way_words(name: str, fetchers: tuple[Fetcher, ...]) -> str:
    """How a source is fetched."""
    if name == UPLOAD:
        return gettext("By hand")
    return next((gettext(fetcher.label) for fetcher in fetchers if fetcher.name == name), name)
