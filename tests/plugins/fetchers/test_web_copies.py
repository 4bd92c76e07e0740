"""Copies of invoices from the web: PDFs from public hosts, and nothing else (T4)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from relance.plugins import CopyTroubled
from relance.plugins.importers import web_copies
from relance.plugins.importers.web_copies import HttpsCopies
from tests.servers.web import WebPlace

PDF = b"%PDF-1.7\n" + b"x" * 3000 + b"\n%%EOF\n"


@pytest.fixture(scope="module")
def web() -> Iterator[WebPlace]:
    place = WebPlace()
    place.says("/a.pdf", PDF)
    place.says("/page", b"<html>sign in</html>")
    place.says("/long", b"x" * 5000)
    place.says("/secret", b"", status=403)
    place.says("/broken", b"", status=500)
    place.says("/moved", b"", status=302, Location="/a.pdf")
    yield place
    place.end()


def test_a_pdf_is_written_whole(web: WebPlace, tmp_path: Path) -> None:
    HttpsCopies(in_test=True).fetch(f"http://127.0.0.1:{web.port}/a.pdf", tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == PDF


@pytest.mark.parametrize(
    ("path", "trouble"),
    [
        ("/page", "not-a-pdf"),
        ("/long", "not-a-pdf"),
        ("/secret", "copy-refused"),
        ("/none", "copy-missing"),
        ("/broken", "host-broken"),
        ("/moved", "elsewhere"),
    ],
)
def test_what_is_no_copy_is_named(web: WebPlace, tmp_path: Path, path: str, trouble: str) -> None:
    with pytest.raises(CopyTroubled) as raised:
        HttpsCopies(in_test=True).fetch(f"http://127.0.0.1:{web.port}{path}", tmp_path / "a")
    assert raised.value.trouble == trouble


def test_a_copy_has_a_largest_size(web: WebPlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_copies, "LARGEST_COPY", 2000)
    with pytest.raises(CopyTroubled) as raised:
        HttpsCopies(in_test=True).fetch(f"http://127.0.0.1:{web.port}/a.pdf", tmp_path / "a")
    assert raised.value.trouble == "copy-too-large"


@pytest.mark.parametrize(
    ("address", "trouble"),
    [
        ("http://docs.example.com/a.pdf", "address-refused"),
        ("file:///etc/passwd", "address-refused"),
        ("https://user:pw@docs.example.com/a.pdf", "address-refused"),
        ("https://169.254.169.254/latest", "host-unreachable"),
        ("https://[::ffff:10.0.0.1]/a.pdf", "host-unreachable"),
        ("https://2130706433/a.pdf", "host-unreachable"),
        ("https://docs.example.com/a.pdf", "host-unreachable"),
    ],
)
def test_no_private_address_is_ever_spoken_to(tmp_path: Path, address: str, trouble: str) -> None:
    async def private(host: str, port: int) -> list[str]:
        return ["127.0.0.1" if host == "2130706433" else "192.168.1.10" if host == "docs.example.com" else host]

    with pytest.raises(CopyTroubled) as raised:
        HttpsCopies(resolver=private).fetch(address, tmp_path / "a")
    assert raised.value.trouble == trouble
