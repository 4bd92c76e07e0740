"""A Twilio of our own over HTTP: it takes messages, refuses them, goes silent, and reports back as it is told."""

import base64
import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from twilio.request_validator import RequestValidator

ACCOUNT, TOKEN, SENDER = "AC00000000000000000000000000000001", "a-token-of-tests", "+33639980000"


class TwilioPlace:
    """`says` is how the next messages are answered, `by_number` those to a number.

    `taken` are the forms of those it took, `asked` all that came. `listed` is its list of messages, `searched` the
    questions for it. `before` happens between a message and its answer.

    Answers: `201`, another status, `hang` (takes it and says nothing), `reset` (takes it and drops the line), `garbage`
    (a 201 that names no message) and `deaf` (drops the line before it has read the message).
    """

    def __init__(self) -> None:
        self.says: list[str] = []
        self.by_number: dict[str, str] = {}
        self.before: Callable[[], None] = lambda: None
        self.asked: list[dict[str, str]] = []
        self.taken: list[dict[str, str]] = []
        self.listed: list[dict[str, Any]] = []
        self.searched: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    def _handler(place) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - the handler's own self is inside
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                said = place.says.pop(0) if place.says else ""
                self.close_connection = True
                if said == "deaf":
                    return
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = {name: values[0] for name, values in parse_qs(body, strict_parsing=True).items()}
                said = said or place.by_number.get(form["To"], "201")
                form |= {"path": self.path, "who": _who(self.headers.get("Authorization", ""))}
                place.asked.append(form)
                if said in {"201", "hang", "reset", "garbage"} or said.startswith("5"):
                    place.taken.append(form)
                place.before()
                if said == "hang":
                    time.sleep(1.5)
                if said in {"hang", "reset"}:
                    return
                self._answer(said)

            def do_GET(self) -> None:
                self.close_connection = True
                place.searched.append(self.path)
                self._say(200, {"messages": place.listed, "next_page_uri": None})

            def _answer(self, said: str) -> None:
                status = 201 if said == "garbage" else int(said)
                self._say(status, _body(said, len(place.taken)))

            def _say(self, status: int, what: dict[str, Any]) -> None:
                body = json.dumps(what).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def report(sid: str, status: str, **more: str) -> dict[str, str]:
    """The fields of a report."""
    return {"AccountSid": ACCOUNT, "MessageSid": sid, "MessageStatus": status, "From": SENDER} | more


def signature(url: str, fields: dict[str, str], token: str = TOKEN) -> str:
    """What the header of a report says."""
    return str(RequestValidator(token).compute_signature(url, fields))


def _who(header: str) -> str:
    return base64.b64decode(header.removeprefix("Basic ")).decode()


def _body(said: str, number: int) -> dict[str, Any]:
    if said == "garbage":
        return {"hello": "world"}
    if said == "201":
        return {"sid": f"SM{number:032d}", "status": "queued", "num_segments": "1", "price": None, "price_unit": "USD"}
    if said == "429":
        return {"code": 20429, "message": "Too Many Requests", "status": 429}
    if said == "403":
        return {"code": 21610, "message": "Attempt to send to unsubscribed recipient", "status": 403}
    return {"code": 21211, "message": "Invalid 'To' Phone Number", "status": int(said)}
