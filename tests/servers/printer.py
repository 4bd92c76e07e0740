"""A print service of our own over HTTP: it takes letters, refuses them, goes silent, and knows what it took."""

import json
import threading
import time
from email.message import Message
from email.parser import BytesParser
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


class PrinterPlace:
    """`says` is how the next letters are answered: a status, `hang`, `reset`, `garbage` or `deaf`.

    `taken` are letters as it has them: their JSON with `document` and `headers`. `gives` is added to its answers.
    """

    def __init__(self) -> None:
        self.says: list[str] = []
        self.asked: list[dict[str, Any]] = []
        self.taken: list[dict[str, Any]] = []
        self.gives: dict[str, Any] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/letters"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    def known(self, reference: str) -> list[dict[str, Any]]:
        found = [one for one in self.taken if one["reference"] == reference]
        return [{"id": one["id"], "reference": reference, "status": "printed"} | self.gives for one in found]

    def _handler(place) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - the handler's own self is inside
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                said = place.says.pop(0) if place.says else "201"
                self.close_connection = True
                if said == "deaf":
                    return
                letter = _letter(self.headers, self.rfile.read(int(self.headers["Content-Length"])))
                place.asked.append(letter)
                if said in {"201", "hang", "reset", "garbage"} or said.startswith("5"):
                    place.taken.append(letter | {"id": f"L-{len(place.taken) + 1}"})
                if said == "hang":
                    time.sleep(1.5)
                if said in {"hang", "reset"}:
                    return
                gives = {"id": place.taken[-1]["id"], "status": "accepted"} if said == "201" else {"problem": said}
                self._say(201 if said == "garbage" else int(said), gives | (place.gives if said == "201" else {}))

            def do_GET(self) -> None:
                self.close_connection = True
                [reference] = parse_qs(urlsplit(self.path).query)["reference"]
                self._say(200, {"letters": place.known(reference)})

            def _say(self, status: int, what: dict[str, Any]) -> None:
                body = json.dumps(what).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def _letter(headers: Any, body: bytes) -> dict[str, Any]:
    whole = b"Content-Type: " + headers["Content-Type"].encode() + b"\r\n\r\n" + body
    message = BytesParser(policy=default).parsebytes(whole)
    parts = {part.get_param("name", header="content-disposition"): part for part in message.iter_parts()}
    letter: dict[str, Any] = json.loads(_bytes_of(parts["letter"]))
    document = _bytes_of(parts["document"])
    return letter | {"document": document, "key": headers["Authorization"], "once": headers["Idempotency-Key"]}


def _bytes_of(part: Message) -> bytes:
    return bytes(part.get_payload(decode=True))
