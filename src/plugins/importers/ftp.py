"""SFTP, FTPS and FTP: files that an ERP leaves on a server each night."""

from relance.plugins import Fetcher, hookimpl
from relance.plugins.importers.ftps import Ftp, Ftps
from relance.plugins.importers.sftp import Sftp

api = 1


@hookimpl
def provide_fetchers() -> list[Fetcher]:
    """The secure ways first."""
    return [Sftp(), Ftps(), Ftp()]
