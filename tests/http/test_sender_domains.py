"""The pages of sender domains and of channels."""

from dependency_injector import providers

from relance.main.container import House
from tests.http.conftest import Visitor
from tests.usecases.tenancy.test_sender_domains import PublishedNames


def test_a_domain_is_added_checked_and_removed(house: House, lucie: Visitor) -> None:
    house.names.override(providers.Object(PublishedNames({"_dmarc.acme.example": "v=DMARC1; p=none"})))
    assert "No sender domain yet" in lucie.get("/t/acme/settings/domains").text
    assert lucie.post("/t/acme/settings/domains", domain="no domain").status_code == 422
    assert lucie.post("/t/acme/settings/domains", domain="acme.example").status_code == 303
    page = lucie.get("/t/acme/settings/domains").text
    assert "relance._domainkey.acme.example" in page
    assert "not asked yet" in page
    assert lucie.post("/t/acme/settings/domains/check", domain="acme.example").status_code == 303
    page = lucie.get("/t/acme/settings/domains").text
    assert "missing" in page
    assert "it asks for nothing" in page
    assert lucie.post("/t/acme/settings/domains/remove", domain="acme.example").status_code == 303
    assert "No sender domain yet" in lucie.get("/t/acme/settings/domains").text


def test_channels_are_shown_and_paused(lucie: Visitor) -> None:
    page = lucie.get("/t/acme/settings/channels").text
    assert "No mail relay is set up" in page
    assert lucie.post("/t/acme/settings/channels", paused="email").status_code == 303
    assert 'value="email" checked' in lucie.get("/t/acme/settings/channels").text
    assert lucie.post("/t/acme/settings/channels").status_code == 303
    assert 'value="email" checked' not in lucie.get("/t/acme/settings/channels").text
