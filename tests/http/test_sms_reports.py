"""Where Twilio reports: signed, written down once, and nothing else (T6)."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.reports import message_reports
from relance.core.collection.replies import replies_path
from relance.core.tenancy.users import Actor
from relance.main.container import House
from tests.http.conftest import Visitor
from tests.http.ledger import found
from tests.servers.twilio import ACCOUNT, SENDER, TOKEN, report, signature

SITE = "https://relance.example"


@pytest.fixture(autouse=True)
def twilio(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in (("ACCOUNT", ACCOUNT), ("TOKEN", TOKEN), ("FROM", SENDER)):
        monkeypatch.setenv(f"RELANCE_TWILIO_{name}", value)
    monkeypatch.setenv("RELANCE_URL", SITE)
    yield


def address_of(house: House) -> str:
    with house.engine().connect() as connection:
        reference = connection.execute(select(actions.c.message_id).where(actions.c.action_id == 1)).scalar_one()
    tenant, _, rest = str(reference).strip("<").partition("@")[0].partition(".")
    return f"/tw/{tenant}/{rest}"


def kept(house: House) -> list[str]:
    with house.engine().connect() as connection:
        return list(connection.execute(select(message_reports.c.event)).scalars())


def told(visitor: Visitor, path: str, fields: dict[str, str], signed: str) -> int:
    headers = {"x-twilio-signature": signed}
    return visitor.client.post(path, data=fields, headers=headers, follow_redirects=False).status_code


def test_a_signed_report_is_kept_once_however_often_it_comes(visitor: Visitor, house: House, collected: Actor) -> None:
    path, fields = address_of(house), report("SM1", "delivered")
    signed = signature(SITE + path, fields)
    with ThreadPoolExecutor(8) as many:
        answers = list(many.map(lambda _: told(visitor, path, fields, signed), range(40)))
    assert set(answers) == {204}
    assert kept(house) == ["SM1:delivered"]


def test_what_nobody_signed_is_refused_alike_and_leaves_no_row(
    visitor: Visitor, house: House, collected: Actor
) -> None:
    found(house, "globex", "Globex")
    path, fields = address_of(house), report("SM1", "delivered")
    signed = signature(SITE + path, fields)
    elsewhere = path.replace("acme", "globex")
    flipped = ("B" if signed[0] == "A" else "A") + signed[1:]
    tries = [
        (path, fields, ""),
        (path, fields, flipped),
        (path, fields, signature(SITE + path, fields, "the-token-of-another")),
        (path, fields, signature("http://127.0.0.1" + path, fields)),
        (path, fields | {"MessageStatus": "failed"}, signed),
        (path + "?more=1", fields, signed),
        (path[:-1], fields, signature(SITE + path[:-1], fields)),
        (elsewhere, fields, signature(SITE + elsewhere, fields)),
        ("/tw/nowhere/1.1.0000000000000000", fields, signature(SITE + "/tw/nowhere/1.1.0000000000000000", fields)),
        (path, {}, signature(SITE + path, {})),
    ]
    assert [told(visitor, *one) for one in tries] == [403] * len(tries)
    assert kept(house) == []


def test_only_a_post_is_heard(visitor: Visitor, house: House, collected: Actor) -> None:
    assert visitor.client.get(address_of(house)).status_code == 405


def test_an_answer_is_heard_at_the_address_of_its_tenant(visitor: Visitor, house: House, collected: Actor) -> None:
    path = replies_path("acme", house.reference_key())
    fields = {"MessageSid": "SM7", "From": "+33639980123", "To": SENDER, "Body": "STOP"}
    assert told(visitor, path, fields, "") == 403
    assert told(visitor, path[:-1] + "x", fields, signature(SITE + path[:-1] + "x", fields)) == 403
    assert told(visitor, path, fields, signature(SITE + path, fields)) == 200
    with house.work()(collected.tenant) as unit:
        assert [one.reason for one in unit.suppressions.listed("", "", 9)] == ["opted-out"]
