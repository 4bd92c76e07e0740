"""What every page carries: headers, policy, languages, files that are kept, health."""

import re
from pathlib import Path

import pytest

import relance
from relance.http.i18n.speech import wanted
from tests.http.conftest import Visitor

TEMPLATES = Path(relance.__file__).parent / "http" / "templates"


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.stem)
def test_no_template_has_what_the_policy_forbids(template: Path) -> None:
    text = template.read_text()
    assert not re.search(r'\sstyle\s*=\s*"|<style|\son[a-z]+\s*=\s*"|javascript:|hx-on|hx-vals=.js:', text)
    scripts = re.findall(r"<script\b[^>]*>", text)
    assert all(" src=" in script for script in scripts)


@pytest.mark.parametrize("path", ["/login", "/nothing", "/health/live", "/static/relance.css", "/t/acme/agenda"])
def test_every_answer_carries_the_policy(visitor: Visitor, path: str) -> None:
    headers = visitor.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "HX-Request" in headers["vary"]


def test_pages_are_never_kept_and_files_always(lucie: Visitor) -> None:
    page = lucie.get("/me")
    assert page.headers["cache-control"] == "no-store"
    for address in re.findall(r'(?:href|src)="(/static/[^"#]+)', page.text):
        assert "?v=" in address
        answer = lucie.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]


def test_pages_and_files_travel_packed(lucie: Visitor) -> None:
    assert lucie.get("/me").headers["content-encoding"] == "gzip"
    assert lucie.get("/static/relance.css").headers["content-encoding"] == "gzip"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        ("en;q=0.1,fr;q=0.9", "fr"),
        ("de,es", None),
        ("", None),
        ("fr;q=nonsense,en", "en"),
        ("*", None),
    ],
)
def test_the_browsers_first_language_of_ours_is_spoken(header: str, language: str | None) -> None:
    assert wanted(header) == language


def test_the_profile_decides_the_language_the_theme_and_the_keys(lucie: Visitor) -> None:
    lucie.post("/me", language="fr", theme="dark")
    page = lucie.client.get("/me", headers={"accept-language": "en"}).text
    assert '<html lang="fr" data-theme="dark">' in page
    assert 'data-keys="off"' in page
    assert "Mot de passe" in page


def test_a_theme_that_there_is_not_is_refused(lucie: Visitor) -> None:
    assert lucie.post("/me", theme="pink").status_code == 422


def test_health_and_counts_tell_nothing_of_tenants(lucie: Visitor) -> None:
    lucie.get("/t/acme/agenda")
    assert lucie.get("/health/live").json() == {"status": "live"}
    assert lucie.get("/health/ready").json() == {"status": "ready"}
    text = lucie.get("/metrics").text
    assert 'relance_http_answers_total{method="GET",status="2xx"}' in text
    assert "acme" not in text


def test_a_body_too_large_is_refused(lucie: Visitor) -> None:
    assert lucie.post("/me", language="x" * 2_000_000).status_code == 413


def test_a_number_too_large_for_the_store_names_nothing(lucie: Visitor) -> None:
    for place in ("items", "agenda", "groups"):
        assert lucie.get(f"/t/acme/{place}/{10**20}").status_code == 404


@pytest.mark.parametrize(
    ("deed", "leads_to"),
    [
        ("/t/acme/settings/users/new", "/t/acme/settings/users"),
        ("/me/password", "/me"),
        ("/t/acme/settings/users/2/link", "/t/acme/settings/users/2"),
    ],
)
def test_the_address_of_a_deed_opened_again_leads_to_its_page(lucie: Visitor, deed: str, leads_to: str) -> None:
    answer = lucie.get(deed)
    assert (answer.status_code, answer.headers["location"]) == (303, leads_to)
    assert lucie.get(leads_to).status_code == 200
