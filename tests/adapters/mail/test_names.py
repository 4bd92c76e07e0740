"""Name servers are asked for TXT records; long ones come in pieces, and silence is no answer."""

import socket

import pytest

from relance.adapters.mail import names
from relance.adapters.mail.names import DnsNames
from relance.ports.sender_domains import NamesSilent
from tests.servers.names import name_server


def test_records_are_read_whole_and_nothing_is_nothing() -> None:
    long = "v=DKIM1; k=rsa; p=" + "A" * 400
    with name_server({"acme.example": ("v=spf1 mx ~all",), "k.acme.example": (long,), "none.example": ()}) as port:
        asked = DnsNames(("127.0.0.1",), port)
        assert asked.texts("acme.example") == ("v=spf1 mx ~all",)
        assert asked.texts("k.acme.example") == (long,)
        assert asked.texts("none.example") == asked.texts("nowhere.example") == ()


def test_silence_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "_SECONDS", 0.2)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as deaf:
        deaf.bind(("127.0.0.1", 0))
        with pytest.raises(NamesSilent):
            DnsNames(("127.0.0.1",), deaf.getsockname()[1]).texts("acme.example")
