"""`relance serve`: the web server."""

import click

from relance.main.cli.common import assembled


@click.command("serve", short_help="Run the web server.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port; 0: a free one.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Server processes.")
def serve_command(host: str, port: int, workers: int) -> None:
    """Run the web server; on SQLite it also sends what is confirmed and due.

    Example: relance serve --host 0.0.0.0 --port 8000
    """
    house = assembled()
    house.reference_key()  # a wrong or missing setting is said here, not by each process
    serve(host, port, workers)


def serve(host: str, port: int, workers: int = 1) -> None:
    """Run uvicorn until it is stopped. Access is not logged: addresses can hold what customers are called."""
    import uvicorn

    uvicorn.run(
        "relance.main.web:application",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        access_log=False,
        server_header=False,
        log_level="warning" if workers > 1 else "info",
    )
