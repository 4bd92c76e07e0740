"""Pulling from an API: paging, whole or not at all, and never to a host that nobody named (T4)."""

import asyncio
import gzip
import ssl
from collections.abc import Iterator
from pathlib import Path

import httpcore
import pytest
import trustme

from relance.core.kernel.errors import RelanceError
from relance.plugins import BadInput, Place, TooLarge, TornDownload, Unreachable
from relance.plugins.importers import api_pull
from relance.plugins.importers.api_pull import ApiPull
from relance.plugins.public_hosts import CheckedBackend, is_public
from tests.servers.web import WebPlace


@pytest.fixture(scope="module")
def server() -> Iterator[WebPlace]:
    place = WebPlace()
    yield place
    place.end()


@pytest.fixture
def web(server: WebPlace) -> WebPlace:
    server.answers.clear()
    server.visits.clear()
    return server


def pulled(url: str, to: Path, pull: ApiPull | None = None, secret: str = "", **settings: str) -> str:
    """Everything that a pull brings, as it would be kept."""
    pull = pull or ApiPull(in_test=True)

    async def run() -> None:
        async with pull.open(Place(tenant="acme", settings={"url": url} | settings, secret=secret)) as session:
            [file] = await session.files(lambda name: True)
            await session.fetch(file.name, to)

    asyncio.run(run())
    return to.read_text()


def at(web: WebPlace, path: str) -> str:
    return f"http://127.0.0.1:{web.port}{path}"


def record(number: int) -> dict[str, object]:
    return {"number": f"I{number}", "amount": 10.50}


def test_a_list_at_the_top_keeps_its_numbers_as_written(web: WebPlace, tmp_path: Path) -> None:
    web.says("/items", b'[{"number": "I1",\n "amount": 1.10},{"number":"I2","amount":12345678901234567890.00}]')
    lines = pulled(at(web, "/items"), tmp_path / "here")
    assert lines == '{"number":"I1","amount":1.10}\n{"number":"I2","amount":12345678901234567890.00}\n'


@pytest.mark.parametrize(
    ("settings", "pages"),
    [
        (
            {"paging": "next", "next": "links.next", "list": "data"},
            {
                "/items": {"data": [record(1)], "links": {"next": "/items?p=2"}},
                "/items?p=2": {"data": [record(2)], "links": {"next": None}},
            },
        ),
        (
            {"paging": "cursor", "next": "after", "param": "c", "list": "data"},
            {"/items": {"data": [record(1)], "after": 7}, "/items?c=7": {"data": [record(2)]}},
        ),
        ({"paging": "page", "param": "p"}, {"/items": [record(1)], "/items?p=2": [record(2)], "/items?p=3": []}),
        ({"paging": "offset", "param": "o"}, {"/items": [record(1)], "/items?o=1": [record(2)], "/items?o=2": []}),
    ],
    ids=["next", "cursor", "page", "offset"],
)
def test_pages_are_followed_to_the_end(
    web: WebPlace, tmp_path: Path, settings: dict[str, str], pages: dict[str, object]
) -> None:
    for path, body in pages.items():
        web.says(path, body)
    assert pulled(at(web, "/items"), tmp_path / "here", **settings).count("\n") == 2
    assert [path for path, _ in web.visits] == list(pages)


def test_a_link_header_leads_on(web: WebPlace, tmp_path: Path) -> None:
    web.says("/items", [record(1)], Link='</items?p=9>; rel="last", </items?p=2>; rel="next"')
    web.says("/items?p=2", [record(2)])
    assert pulled(at(web, "/items"), tmp_path / "here", paging="link-header").count("\n") == 2


@pytest.mark.parametrize(
    ("auth", "header", "value"),
    [
        ("bearer", "authorization", "Bearer t0ken"),
        ("header", "x-api-key", "t0ken"),
        ("basic", "authorization", "Basic"),
    ],
)
def test_the_secret_goes_where_it_is_asked_for(
    web: WebPlace, tmp_path: Path, auth: str, header: str, value: str
) -> None:
    web.says("/items", [record(1)])
    pulled(at(web, "/items"), tmp_path / "here", secret="t0ken", auth=auth, header="X-Api-Key", user="erp")
    sent = {name.lower(): text for name, text in web.visits[0][1].items()}
    assert sent[header].startswith(value)


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (500, b"{}", {}),
        (401, b"{}", {}),
        (302, b"", {"Location": "/elsewhere"}),
        (200, b'[{"number": "I2"', {}),
        (200, b'[{"number": "I2"}]', {"Content-Length": "900"}),
        (200, b'{"rows": []}', {}),
        (200, b"[1, 2]", {}),
        (200, b"[" * 100_000, {}),
        (200, b"<html>", {}),
    ],
)
def test_a_pull_whose_second_page_fails_is_no_pull(
    web: WebPlace, tmp_path: Path, status: int, body: bytes, headers: dict[str, str]
) -> None:
    web.says("/items", [record(1)])
    web.says("/items?p=2", body, status, **headers)
    web.says("/elsewhere", [])
    with pytest.raises((Unreachable, TornDownload)) as refusal:
        pulled(at(web, "/items"), tmp_path / "here", paging="page", param="p")
    assert "page 2" in refusal.value.detail
    assert "/elsewhere" not in [path for path, _ in web.visits]


@pytest.mark.parametrize(
    "link", ["http://127.0.0.1:1/x", "https://127.0.0.1/x", "//evil.example/x", "http://user@localhost/x", "ftp://x/y"]
)
def test_a_next_link_to_another_host_is_refused(web: WebPlace, tmp_path: Path, link: str) -> None:
    web.says("/items", {"data": [record(1)], "next": link})
    with pytest.raises(TornDownload, match="another host"):
        pulled(at(web, "/items"), tmp_path / "here", list="data", paging="next", next="next")


def test_pages_that_lead_in_a_circle_end(web: WebPlace, tmp_path: Path) -> None:
    web.says("/items", {"data": [record(1)], "next": "/items"})
    with pytest.raises(TornDownload, match="back to a page"):
        pulled(at(web, "/items"), tmp_path / "here", list="data", paging="next", next="next")


def test_pages_and_their_number_are_bounded(web: WebPlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_pull, "MOST_PAGES", 3)
    for number in range(1, 6):
        web.says("/items" + (f"?p={number}" if number > 1 else ""), [record(number)])
    with pytest.raises(TooLarge, match="pages"):
        pulled(at(web, "/items"), tmp_path / "here", paging="page", param="p")


def test_a_page_that_swells_when_unpacked_is_refused(web: WebPlace, tmp_path: Path) -> None:
    bomb = gzip.compress(b" " * (api_pull.LARGEST_PAGE + 1))
    web.says("/items", bomb, **{"Content-Encoding": "gzip"})
    with pytest.raises(TooLarge):
        pulled(at(web, "/items"), tmp_path / "here")


LEADING_INSIDE = (
    "https://127.0.0.1:{port}/",
    "https://127.1:{port}/",
    "https://2130706433:{port}/",
    "https://0x7f000001:{port}/",
    "https://0177.0.0.1:{port}/",
    "https://localhost:{port}/",
    "https://0.0.0.0:{port}/",
    "https://0:{port}/",
    "https://[::1]:{port}/",
    "https://[::]:{port}/",
    "https://[::ffff:127.0.0.1]:{port}/",
    "https://[::ffff:7f00:1]:{port}/",
    "https://[64:ff9b::7f00:1]:{port}/",
    "https://[2002:7f00:1::]:{port}/",
    "https://[fe80::1]:{port}/",
    "https://169.254.169.254/latest/meta-data/",
    "https://10.0.0.1/",
    "https://172.16.0.1/",
    "https://192.168.1.1/",
    "https://100.64.0.1/",
    "https://224.0.0.1/",
    "http://127.0.0.1:{port}/",
    "http://example.com/",
    "https://user:pass@127.0.0.1:{port}/",
    "https://example.com@127.0.0.1:{port}/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:{port}/",
    "https:///items",
    "//127.0.0.1:{port}/",
    "",
)


@pytest.mark.parametrize("url", LEADING_INSIDE)
def test_no_address_leads_inside(web: WebPlace, tmp_path: Path, url: str) -> None:
    web.says("/", [record(1)])
    with pytest.raises((BadInput, Unreachable)):
        pulled(url.format(port=web.port), tmp_path / "here", ApiPull())
    assert web.visits == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07::1", True),
        ("fe80::1%eth0", False),
        ("::ffff:8.8.8.8", True),
        ("x", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


class Recorder(httpcore.AsyncNetworkBackend):
    """Connects to nothing and remembers where to."""

    def __init__(self) -> None:
        self.addresses: list[str] = []

    async def connect_tcp(self, host: str, *_: object, **__: object) -> httpcore.AsyncNetworkStream:
        self.addresses.append(host)
        raise httpcore.ConnectError("nobody there")


def test_a_name_that_changes_its_address_gains_nothing() -> None:
    answers = iter([["93.184.215.14"], ["127.0.0.1"], ["93.184.215.14", "10.0.0.1"]])

    async def rebinding(host: str, port: int) -> list[str]:
        return next(answers)

    backend = CheckedBackend(rebinding)
    backend._inner = recorder = Recorder()

    async def thrice() -> None:
        with pytest.raises(httpcore.ConnectError):
            await backend.connect_tcp("erp.example.com", 443)
        for _ in range(2):
            with pytest.raises(RelanceError):
                await backend.connect_tcp("erp.example.com", 443)

    asyncio.run(thrice())
    assert recorder.addresses == ["93.184.215.14"]


def test_the_certificate_must_be_of_the_name_and_the_name_is_sent(tmp_path: Path) -> None:
    authority = trustme.CA()
    names: list[str | None] = []
    serving, trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("erp.example.com").configure_cert(serving)
    authority.configure_trust(trusting)
    serving.sni_callback = lambda socket, name, context: names.append(name)

    async def here(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    web = WebPlace(serving)
    try:
        web.says("/items", [record(1)])
        pull = ApiPull(in_test=True, resolver=here, context=trusting)
        assert pulled(f"https://erp.example.com:{web.port}/items", tmp_path / "here", pull)
        assert web.visits[0][1]["Host"] == f"erp.example.com:{web.port}"
        with pytest.raises(Unreachable):
            pulled(f"https://other.example.com:{web.port}/items", tmp_path / "here", pull)
    finally:
        web.end()
    assert names == ["erp.example.com", "other.example.com"]
    assert len(web.visits) == 1
