"""A proxy between the program and PostgreSQL that can lose a commit, its answer, or everything for a while."""

import re
import socket
import threading
import time
from contextlib import suppress
from typing import Literal

from sqlalchemy.engine import URL, make_url

ANSWERED = re.compile(rb"(?:copy|insert into) attempts ")
"""Stands in the transaction that writes down what the relay answered."""
Loss = Literal["commit", "answer", "silence"]


class Proxy:
    """One thread for each direction of each connection; the trouble comes at the first commit of an answer."""

    def __init__(self, url: str, loss: Loss, away: float = 0) -> None:
        self._target, self._loss, self._away = make_url(url), loss, away
        self._server = socket.create_server(("127.0.0.1", 0))
        self._guard, self.lost, self._back_at = threading.Lock(), False, 0.0
        self._open: set[socket.socket] = set()
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def url(self) -> str:
        """The database's address through here."""
        host, port = self._server.getsockname()
        through: URL = self._target.set(host=host, port=port, query={})
        return through.render_as_string(hide_password=False)

    def end(self) -> None:
        """Nothing passes any more."""
        self._server.close()
        for one in tuple(self._open):
            _cut(one)

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._server.accept()
                if time.monotonic() < self._back_at:
                    _cut(client)
                    continue
                server = self._connected()
                self._open |= {client, server}
                for deed in (self._up, self._down):
                    threading.Thread(target=deed, args=(client, server), daemon=True).start()

    def _connected(self) -> socket.socket:
        path = str(self._target.query.get("host", ""))
        if not path:
            return socket.create_connection((self._target.host or "127.0.0.1", self._target.port or 5432))
        server = socket.socket(socket.AF_UNIX)
        server.connect(f"{path}/.s.PGSQL.{self._target.port or 5432}")
        return server

    def _up(self, client: socket.socket, server: socket.socket) -> None:
        said = b""
        with suppress(OSError):
            while data := client.recv(65536):
                said += data
                if b"COMMIT" in data or b"ROLLBACK" in data:
                    if ANSWERED.search(said) and b"COMMIT" in data and self._first():
                        self._lose(data, client, server)
                        return
                    said = b""
                server.sendall(data)
        _cut(client, server)

    def _down(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while data := server.recv(65536):
                client.sendall(data)
        _cut(client, server)

    def _first(self) -> bool:
        with self._guard:
            first, self.lost = not self.lost, True
            return first

    def _lose(self, data: bytes, client: socket.socket, server: socket.socket) -> None:
        self._back_at = time.monotonic() + self._away
        if self._loss == "answer":
            client.shutdown(socket.SHUT_WR)  # nothing gets back to the program, whatever the server says
            server.sendall(data)
            time.sleep(0.1)
        if self._loss == "silence":
            time.sleep(self._away or 0.5)
        for one in tuple(self._open) if self._away else (client, server):
            _cut(one)


def _cut(*sockets: socket.socket) -> None:
    for one in sockets:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()
