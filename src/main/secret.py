"""The installation's secret: given by the environment, or made once and kept beside an SQLite database."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from relance.core.kernel.errors import BadInput
from relance.main.settings import Environment


def secret_of(environment: Environment) -> bytes:
    """RELANCE_SECRET, else the kept one; raises BadInput for PostgreSQL without one: its processes must share it."""
    if environment.secret:
        return environment.secret.encode()
    if not environment.database.startswith("sqlite"):
        raise BadInput("RELANCE_SECRET: required with PostgreSQL; set the same long random text for every process")
    return _kept(environment.data_folder / "secret")


def _kept(file: Path) -> bytes:
    if not file.exists():
        _make(file)
    try:
        kept = file.read_bytes().strip()
    except OSError as closed:
        raise BadInput(f"{file} cannot be read: {closed.strerror}") from closed
    if not kept:
        raise BadInput(f"{file} is empty: put the secret back, or remove the file to have another made")
    return kept


def _make(file: Path) -> None:
    """Written aside with mode 0600 and linked into place: of two processes one wins, and nobody reads half of it."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(prefix="secret-", dir=file.parent)
    except OSError as closed:
        raise BadInput(f"no secret can be kept in {file.parent}: {closed.strerror}; set RELANCE_SECRET") from closed
    try:
        with os.fdopen(handle, "w") as opened:
            opened.write(secrets.token_hex(32) + "\n")
            opened.flush()
            os.fsync(opened.fileno())
        with suppress(FileExistsError):
            os.link(aside, file)
    finally:
        Path(aside).unlink()
