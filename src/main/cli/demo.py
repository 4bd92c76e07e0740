"""`relance demo`: an invented company to look around in; nothing leaves the machine."""

import os
import socket
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import click

from relance.core.kernel.errors import BadInput
from relance.main.cli.common import answer, json_option

_HOST = "127.0.0.1"
_MAIL = ("HOST", "PORT", "TLS", "USER", "PASSWORD")


@click.command("demo", short_help="Serve an invented ledger to look around in.")
@click.option("--dir", "folder", type=click.Path(path_type=Path), help="Where to keep it; without one, a new folder.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port; without one, 8000 or the next free.")
@click.option("--no-serve", is_flag=True, help="Make the data and stop.")
@click.option("--customers", default=300, show_default=True, type=click.IntRange(5, 20_000), help="How many.")
@json_option
def demo_command(folder: Path | None, port: int | None, no_serve: bool, customers: int, as_json: bool) -> None:
    """Make an invented company with fifteen months of ledger, imported and collected by the real paths, and serve it.

    Messages become files in DIR/outbox. A DIR that holds a demo is served again as it was left.

    Example: relance demo --customers 100
    """
    started, port = time.monotonic(), _free_port(port)
    folder = _prepared(folder)
    told, link = _opened(folder, customers)
    url = f"http://{_HOST}:{port}"
    document = {
        "url": url,
        "sign_in": f"{url}/login/link/{link}",
        "tenant": told.tenant.code,
        "customers": told.customers,
        "items": told.items,
        "actions": told.actions,
        "seconds": round(time.monotonic() - started, 1),
        "dir": str(folder),
    }
    answer(document, as_json, lambda: _words(document))
    if not no_serve:
        _serve(port)


def _opened(folder: Path, customers: int) -> tuple[Any, str]:
    """The demo of this folder, made where there is none, and its administrator's link; the database is closed again."""
    from relance.main.cli.common import assembled
    from relance.usecases.tenancy.make_sign_in_link import LinkFor

    house = assembled()
    told = _again(house) if (folder / "relance.db").exists() else _made(house, folder, customers)
    link = house.make_sign_in_link()(LinkFor(tenant=told.tenant.tenant, user=told.administrator.user))
    house.engine().dispose()
    return told, link


def _again(house: Any) -> Any:
    """What was made before, brought to the newest schema."""
    from relance.adapters.store.upgrade import upgrade
    from relance.main.demo.kept import kept

    upgrade(house.engine())
    return kept(house)


def _made(house: Any, folder: Path, customers: int) -> Any:
    """The story told on a fresh database."""
    from dependency_injector import providers

    from relance.adapters.store.engine import engine_for
    from relance.adapters.store.upgrade import upgrade
    from relance.main.demo.story import ZONE, Story

    if sys.stderr.isatty():
        click.echo("Inventing a company, and collecting its last months ...", err=True)
    house.engine.override(providers.Object(engine_for(house.environment().database, durable=False)))
    upgrade(house.engine())
    return Story(house, folder / "files", house.clock().today(ZONE.key)).tell(customers)


def _prepared(folder: Path | None) -> Path:
    """The folder, and the process's own settings so that everything stays in it."""
    folder = (folder or Path(tempfile.mkdtemp(prefix="relance-demo-"))).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    for name in _MAIL:
        os.environ.pop(f"RELANCE_SMTP_{name}", None)
    os.environ |= {
        "RELANCE_DATABASE": f"sqlite:///{folder}/relance.db",
        "RELANCE_OUTBOX": str(folder / "outbox"),
        "RELANCE_STATE": str(folder),
        "RELANCE_PLUGINS": str(Path(__file__).parents[1] / "plugins.toml"),
    }
    return folder


def _free_port(wanted: int | None) -> int:
    """The port asked for, or the first free one from 8000 on; raises BadInput."""
    for port in [wanted] if wanted else range(8000, 8100):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((_HOST, port))
            except OSError:
                continue
            return port
    raise BadInput(f"port {wanted or '8000 to 8099'} is in use; name another with --port")


def _words(made: dict[str, Any]) -> list[str]:
    return [
        f"{made['customers']} customers, {made['items']} items, {made['actions']} actions for today"
        f" in {made['seconds']} s, kept in {made['dir']}",
        f"Open {made['sign_in']}",
        "The link works once and signs you in as the administrator. Nothing leaves: messages are files in the outbox.",
    ]


def _serve(port: int) -> None:
    from relance.main.cli.serve import serve

    serve(_HOST, port)
