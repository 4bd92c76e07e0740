"""A name server of the tests' own: TXT records over UDP, and nothing else."""

import socketserver
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rrset


class _Question(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        data, socket = self.request
        query = dns.message.from_wire(data)
        answer = dns.message.make_response(query)
        name = query.question[0].name.to_text(omit_final_dot=True)
        texts = self.server.records.get(name)  # type: ignore[attr-defined]  # given below
        if texts is None:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        elif texts:
            parts = [" ".join(f'"{text[at : at + 200]}"' for at in range(0, len(text), 200)) for text in texts]
            answer.answer.append(dns.rrset.from_text(query.question[0].name, 60, "IN", "TXT", *parts))
        socket.sendto(answer.to_wire(), self.client_address)


@contextmanager
def name_server(records: Mapping[str, tuple[str, ...]]) -> Iterator[int]:
    """Serves the records; the answer is its port."""
    with socketserver.ThreadingUDPServer(("127.0.0.1", 0), _Question) as server:
        server.daemon_threads = True
        server.records = records  # type: ignore[attr-defined]  # the handler reads it
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
