"""The web application, assembled: every provider of the house is offered to handlers under its name."""

from litestar import Litestar

from relance.http.app import create_app
from relance.main.cli.common import assembled
from relance.main.container import House


def web_of(house: House) -> Litestar:
    """The application of a house; the engine is closed with it."""
    return create_app(
        house.providers, outbox=house.environment().outbox is not None, closing=lambda: house.engine().dispose()
    )


def application() -> Litestar:
    """What a server process runs; it reads its settings from the environment."""
    return web_of(assembled())
