"""An IMAP server of the tests' own: one folder of letters with flags, in a thread, as much of IMAP4rev1 as is asked."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Folder:
    """Letters by number, and which of them were seen."""

    def __init__(self, *letters: bytes) -> None:
        self.letters = dict(enumerate(letters, 1))
        self.seen: set[int] = set()
        self.asked: list[str] = []


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        folder: Folder = self.server.folder  # type: ignore[attr-defined]  # given below
        self.wfile.write(b"* OK ready\r\n")
        while line := self.rfile.readline():
            tag, _, words = line.decode().strip().partition(" ")
            folder.asked.append(words)
            if not self._answer(folder, words):
                self.wfile.write(f"{tag} OK done\r\n".encode())
                return
            self.wfile.write(f"{tag} OK done\r\n".encode())

    def _answer(self, folder: Folder, words: str) -> bool:
        verb = words.upper()
        if verb == "CAPABILITY":
            self.wfile.write(b"* CAPABILITY IMAP4rev1\r\n")
        elif verb.startswith("SELECT"):
            self.wfile.write(f"* {len(folder.letters)} EXISTS\r\n".encode())
        elif verb.startswith("UID SEARCH"):
            unseen = " ".join(str(n) for n in folder.letters if n not in folder.seen)
            self.wfile.write(f"* SEARCH {unseen}\r\n".encode())
        elif found := re.match(r"UID FETCH (\d+)", verb):
            letter = folder.letters[int(found[1])]
            self.wfile.write(f"* {found[1]} FETCH (UID {found[1]} BODY[]<0> {{{len(letter)}}}\r\n".encode())
            self.wfile.write(letter + b")\r\n")
        elif found := re.match(r"UID STORE ([\d,]+)", verb):
            folder.seen |= {int(n) for n in found[1].split(",")}
        elif verb == "LOGOUT":
            self.wfile.write(b"* BYE\r\n")
            return False
        return True


@contextmanager
def imap_server(folder: Folder) -> Iterator[int]:
    """Serves the folder; the answer is its port."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Session) as server:
        server.daemon_threads = True
        server.folder = folder  # type: ignore[attr-defined]  # the session reads it
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
