"""The web application, assembled: every provider of the house is offered to handlers under its name."""

from collections.abc import Callable

from litestar import Litestar

from relance.core.kernel.memory import settle
from relance.core.tenancy.jobs import BEGUN_BY_PERSONS
from relance.http.app import create_app
from relance.main.cli.common import assembled
from relance.main.container import House
from relance.main.worker import start_embedded_worker


def web_of(house: House, *, with_worker: bool = False) -> Litestar:
    """The application of a house; the engine is closed with it. `with_worker`: it also decides the day and sends."""
    return create_app(
        house.providers,
        outbox=house.environment().outbox is not None,
        fenced=lambda: house.fence().trouble(),
        background=lambda: _beside(house, with_worker),
        closing=lambda: _close(house),
    )


def _beside(house: House, with_worker: bool) -> Callable[[], None]:
    """What persons begin is done by every server; the clock's work by whoever is a worker."""
    if with_worker:
        house.background().start()
        return start_embedded_worker(house)
    house.background().start(BEGUN_BY_PERSONS)
    return lambda: None


def _close(house: House) -> None:
    house.background().close()
    house.engine().dispose()


def application() -> Litestar:
    """What a server process runs; it reads its settings from the environment. On SQLite it is the worker too."""
    house = assembled()
    house.reference_key()  # a server without its secret is refused at its start, not at the first request
    app = web_of(house, with_worker=house.environment().database.startswith("sqlite"))
    settle()
    return app
