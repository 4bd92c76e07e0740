"""A filter of the list is clicked and changed in place; own fields can be looked at; tasks speak in words."""

import html
import re
from pathlib import Path

import pytest

from relance.core.customers.search_language import parse
from relance.core.tenancy.users import Actor
from relance.http.pages.list_filters import Searched
from relance.http.pages.search_edits import exchanged, filled_of
from relance.main.container import House
from relance.usecases.customers.save_task import NewTask
from relance.usecases.intake.import_file import FileToImport
from tests.http.conftest import Visitor

LIST = "/t/acme/customers"


@pytest.mark.parametrize(
    ("text", "typed", "values"),
    [
        ("country in (FR, PT)", {"ask": "in"}, ["FR", "PT"]),
        ("country != FR", {"ask": "not in"}, ["FR"]),
        ("name contains x", {"ask": "contains"}, ["x"]),
        ("group is empty", {"ask": "is empty"}, []),
        ("group is not empty", {"ask": "is filled"}, []),
        ("overdue >= 1000 EUR", {"ask": "range", "of": "EUR", "from": "1000"}, []),
        ("open-items < 5", {"ask": "range", "to": "4"}, []),
        ("last-contact <= today-15", {"ask": "range", "to_days": "-15"}, []),
        ("last-contact < today", {"ask": "range", "to_days": "-1"}, []),
        ("created = 2026-01-02", {"ask": "range", "from": "2026-01-02", "to": "2026-01-02"}, []),
        ("balance != 0", {"ask": "!=", "of": ""}, ["0"]),
        ("blocked = yes", {"ask": "="}, ["yes"]),
    ],
)
def test_a_filter_goes_back_into_its_form(text: str, typed: dict[str, str], values: list[str]) -> None:
    found = filled_of(parse(text))
    assert found is not None
    assert (found.typed, found.values) == (typed, values)


@pytest.mark.parametrize(
    "text", ["not country = FR", "country = FR or overdue > 1", "overdue > 1000", "created < 2026-01-02"]
)
def test_what_no_form_can_say_is_left_to_the_text(text: str) -> None:
    assert filled_of(parse(text)) is None


def test_only_the_clicked_filter_is_exchanged_and_it_keeps_its_place() -> None:
    found = Searched(more=parse("country = FR and overdue >= 5 and group is empty"))
    assert exchanged(found, parse("overdue >= 5"), parse("overdue >= 9")) == {
        "where": "country = FR and overdue >= 9 and group is empty",
        "s": "",
    }


def test_a_chip_opens_its_form_and_the_change_replaces_it(lucie: Visitor, collected: Actor) -> None:
    page = lucie.get(f"{LIST}?where=country+%3D+FR+and+overdue+%3E%3D+3000&sort=name").text
    links = [html.unescape(path) for path in re.findall(r'class="ell say" href="([^"]*)"', page)]
    assert len(links) == 2
    form = lucie.get(links[0]).text
    assert "Change filter" in form and 'value="FR" checked' in form and 'name="part" value="country = FR"' in form
    asked = {"part": "country = FR", "criterion": "country", "ask": "in", "ticked": "1", "value": "PT", "add": "1"}
    went = lucie.client.get(
        "/t/acme/searches/filter",
        params=asked | {"target": "customers", "where": "country = FR and overdue >= 3000", "sort": "name"},
        follow_redirects=False,
    )
    assert went.headers["location"] == "/t/acme/customers?sort=name&where=country+%3D+PT+and+overdue+%3E%3D+3000"
    text = lucie.get("/t/acme/searches/filter?target=customers&where=overdue+%3E+5&part=overdue+%3E+5")
    assert "/searches/text?" in text.headers["location"]


def test_own_fields_can_be_looked_at(house: House, lucie: Visitor, collected: Actor, tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    file.write_text("code,name,zone\nZ1,Zeta,50% East\n")
    mapping = {"custom.Zone 100%": "zone"}
    house.import_file()(
        FileToImport(actor=collected, kind="customers", file=file, file_name=file.name, mapping=mapping)
    )
    form = lucie.get("/t/acme/searches/filter?target=customers").text
    assert 'label="Your own fields"' in form and 'value="custom.Zone 100%"' in form
    found = lucie.get(f"{LIST}?where=%22custom.Zone+100%25%22+%3D+%2250%25+East%22").text
    assert "Zeta" in found and "Zone 100%: 50% East" in found


def test_a_task_says_its_search_in_words(house: House, lucie: Visitor, collected: Actor) -> None:
    search = parse("country = FR and overdue >= 1000")
    house.save_task()(NewTask(actor=collected, attribute="group", value="Key", search=search))
    assert "Country: France and Overdue from 1,000" in lucie.get("/t/acme/assign/group").text
