"""The feed as ERPs send it, night after night, quirks included; files made here."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from relance.adapters.intake.registry import ImporterShelf
from relance.adapters.store.engine import engine_for
from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.core.intake.reports import ImportReport
from relance.plugins.importers.csv import DelimitedText
from relance.plugins.importers.feed import Feed
from tests.conftest import acme
from tests.usecases.intake.kit import Desk
from tests.usecases.intake.test_groups_and_colleagues import COLLEAGUES, GROUPS

ITEMS = (
    "client_code;item_number;item_date_issue;item_date_due;item_amount_initial_inc_tax;item_amount_remaining_inc_tax;"
    "item_type;item_date_payment"
)
OPEN = "select c.code, i.number, i.type, i.open_amount from items i join customers c on c.customer_id = i.customer_id "


@pytest.fixture
def erp(empty_sqlite: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk on SQLite that knows the feed."""
    shutil.copyfile(empty_sqlite, tmp_path / "relance.db")
    engine = engine_for(f"sqlite:///{tmp_path}/relance.db", durable=False)
    desk = Desk(engine, SqlTenantDirectory(engine).found(acme(), "FR01"), tmp_path)
    desk.verb._importers = ImporterShelf([DelimitedText(), Feed()])
    yield desk
    engine.dispose()


def send(erp: Desk, header: str, *lines: str, mode: str = "stock", **more: object) -> ImportReport:
    return erp.put("\r\n".join((header, *lines)) + "\r\n", "feed", mode=mode, **more)


def opened(erp: Desk) -> list[tuple[object, ...]]:
    return list(erp.select(OPEN + "where i.open_amount <> 0 order by c.code, i.number"))


def test_nights_of_stock_then_delta(erp: Desk) -> None:
    others = [f"C9;G{place};2026/01/05;2026/12/31;1000;1000;INVOICE;" for place in range(3)]
    first = send(
        erp,
        ITEMS,
        "C1;F1;2026/01/05;2026/02/05;100;100;INVOICE;",
        "C1;F2;2026/01/05;2026/02/05;200;200;INVOICE;",
        "C2;F3;2026/01/05;2026/02/05;300,00;300,00;INVOICE;",
        "C2;A1;2026/01/06;2026/01/06;-50;-50;CREDIT_NOTE;",
        *others,
    )
    assert (first.state, first.new, first.recognised.kind, first.recognised.importer) == ("done", 7, "items", "feed")
    second = send(
        erp,
        ITEMS,
        "C1;F1;2026/01/05;2026/02/05;100;40;INVOICE;",
        "C2;F3;2026/01/05;2026/02/05;300,00;300,00;INVOICE;",
        "C2;A1;2026/01/06;2026/01/06;-50;-50;CREDIT_NOTE;",
        "C2;A2;2026/01/07;2026/01/07;-20,5;-20,5;CREDIT_NOTE;",
        *others,
    )
    assert (second.state, second.new, second.changed, second.settled) == ("done", 1, 1, 1)
    assert opened(erp)[:4] == [
        ("C1", "F1", "invoice", 4000),
        ("C2", "A1", "credit-note", -5000),
        ("C2", "A2", "credit-note", -2050),
        ("C2", "F3", "invoice", 30000),
    ]
    third = send(
        erp,
        ITEMS,
        "C1;F1;2026/01/05;2026/02/05;100;;INVOICE;02/03/2026",
        "C2;F3;2026/01/05;2026/02/05;300;100;INVOICE;01-MAR-26",
        "C3;F9;20260301;20260401;10;10;;00/00/0000",
        mode="delta",
    )
    assert (third.state, third.new, third.changed, third.settled) == ("done", 1, 1, 1)
    assert ("C2", "A1", "credit-note", -5000) in opened(erp)
    paid = erp.select("select number, open_amount, paid_on, settled_on from items where paid_on is not null order by 1")
    assert paid == [
        ("F1", 0, (date(2026, 3, 2) - date(1970, 1, 1)).days, (date(2026, 3, 2) - date(1970, 1, 1)).days),
        ("F3", 10000, (date(2026, 3, 1) - date(1970, 1, 1)).days, None),
    ]
    assert erp.sum().open == {"EUR": "3039.50"}


def test_the_same_file_twice_changes_nothing(erp: Desk) -> None:
    lines = ("C1;F1;2026/01/05;2026/02/05;100;100;INVOICE;",)
    send(erp, ITEMS, *lines)
    before = erp.ledger()
    again = send(erp, ITEMS, *lines)
    assert (again.state, again.identical, again.unchanged) == ("done", True, 1)
    assert erp.ledger() == before


@pytest.mark.parametrize(
    ("written", "minor"),
    [
        ("1200.5", 120050),
        ("1200,5", 120050),
        ("1 200,50", 120050),
        ("1\u00a0200,50", 120050),
        ("1\u202f200.50", 120050),
        ("1200.00123", 120000),
        ("1.200,50", 120050),
        ("1,200.50", 120050),
        ("1.234.567", 123456700),
        ("1200.005", 120001),
        ("-12,5", -1250),
        ("12,5-", -1250),
        ("\u221212.50", -1250),
        ("0", 0),
    ],
)
def test_amounts_as_erps_write_them(erp: Desk, written: str, minor: int) -> None:
    report = send(erp, ITEMS, f'"C1";"F1";"2026/01/05";"2026/02/05";"{written}";"{written}";"miscellaneous";""')
    assert (report.state, report.rejected) == ("done", ())
    assert erp.select("select amount, open_amount from items") == [(minor, minor)]


def test_an_amount_that_could_mean_two_things_is_told_and_not_guessed(erp: Desk) -> None:
    doubtful = "C1;F1;2026/01/05;2026/02/05;1,234;1,234;;"
    report = send(erp, ITEMS, doubtful, "C1;F2;2026/01/05;2026/02/05;10;10;;")
    assert [(row.line, row.code, row.value) for row in report.rejected] == [(2, "bad-amount", "1,234")]
    report = send(erp, ITEMS, doubtful, "C1;F2;2026/01/05;2026/02/05;10,5;10,5;;")
    assert (report.rejected, opened(erp)[0]) == ((), ("C1", "F1", "invoice", 123))


@pytest.mark.parametrize(
    "written",
    ["2026/02/05", "05/02/2026", "20260205", "2026-02-05", "05-FEB-26", "5-Feb-2026", "2026-02-05 00:00:00"],
)
def test_days_in_the_feeds_styles(erp: Desk, written: str) -> None:
    report = send(erp, ITEMS, f"C1;F1;2026/01/05;{written};10;10;;")
    assert (report.state, report.rejected) == ("done", ())
    assert erp.select("select due_on from items") == [((date(2026, 2, 5) - date(1970, 1, 1)).days,)]


def test_columns_in_any_order_with_a_delimiter_at_the_end_and_quotes_left_open(erp: Desk) -> None:
    report = send(
        erp,
        "ITEM_EXTRA;item_date_due;item_number;client_code;item_amount_initial_inc_tax;item_date_issue;item_erp_type;",
        '"5" pipe; 3/4" valve";"2026/02/05";"F1";"C1";"10";"2026/01/05";"ZF";',
        '"say ""hi""";"2026/02/05";"F2";"C1";"10";"2026/01/05";"";',
        '"two',
        'lines";"2026/02/05";"F3";"C1";"10";"2026/01/05";"";',
        "plain;2026/02/05;F4;C1;10;2026/01/05;;",
        ";;;;;;;",
        "too;short;",
        '"x";"2026/02/05";"F5";"";"10";"2026/01/05";"";',
        '"x";"2026/02/05";"F6";"C1";"";"2026/01/05";"";',
    )
    assert (report.state, report.new) == ("done", 4)
    assert [(row.line, row.column, row.code) for row in report.rejected] == [
        (8, "", "wrong-number-of-cells"),
        (9, "client_code", "missing-value"),
        (10, "item_amount_initial_inc_tax", "missing-value"),
    ]
    assert erp.select("select number, custom from items order by number") == [
        ("F1", '{"item_extra":"5\\" pipe; 3/4\\" valve","item_erp_type":"ZF"}'),
        ("F2", '{"item_extra":"say \\"hi\\"","item_erp_type":""}'),
        ("F3", '{"item_extra":"two lines","item_erp_type":""}'),
        ("F4", '{"item_extra":"plain","item_erp_type":""}'),
    ]


def test_types_go_through_the_tenants_own_table(erp: Desk) -> None:
    lines = ("C1;F1;2026/01/05;2026/02/05;10;10;ZX;", "C1;F2;2026/01/05;2026/02/05;10;10;Gutschrift;")
    assert [row.code for row in send(erp, ITEMS, *lines).rejected] == ["unknown-type"]
    with erp.work(erp.tenant) as unit:
        unit.tenancy.save_setting("item-types", "zx=miscellaneous", erp.clock.now(), "test")
    assert send(erp, ITEMS, *lines, mode="delta").rejected == ()
    assert opened(erp) == [("C1", "F1", "miscellaneous", 1000), ("C1", "F2", "credit-note", -1000)]


def test_encodings_are_named_or_seen(erp: Desk) -> None:
    header = "client_code;client_business_name;client_address_city"
    text = f"{header}\nC1;Müller & Söhne;Köln\n"
    assert erp.put(text.encode("latin-1"), "feed", options={"encoding": "ISO-8859-1"}).new == 1
    assert erp.put(text.replace("C1", "C2").encode("cp1252"), "feed").new == 1
    assert erp.put(b"\xef\xbb\xbf" + text.replace("C1", "C3").encode(), "feed").new == 1
    assert {row[0] for row in erp.select("select name from customers")} == {"Müller & Söhne"}
    wrong = erp.put(text.encode("latin-1"), "feed", options={"encoding": "UTF-8"})
    assert (wrong.state, wrong.reason) == ("refused", "unreadable-file")


def test_clients_come_with_everything_that_the_feed_says(erp: Desk) -> None:
    header = (
        "client_code;client_business_name;client_trading_name;client_address_street_number;client_address_street;"
        "client_address_country;client_blocked;client_payment_term;client_credit_limit;client_order_backlog;"
        "client_comments;client_commercial_lastname;client_commercial_firstname;client_commercial_email;group;"
        "risk_cat;client_field_perso1"
    )
    report = send(
        erp,
        header,
        "C1;Acme;Acme Shop;12;Main Street;Germany;1;30 days;10 000,00;500;late payer;LEE;Ann;ann@acme.example;"
        "Key|North;B;x",
        "C2;Globex;;;;FR;0;Z030 end of month;;;;LEE;Ann;ann@acme.example;North;;y",
    )
    assert (report.state, report.new, report.rejected) == ("done", 2, ())
    rows = erp.select(
        "select street, country, blocked, terms, credit_limit, order_backlog, comment from customers order by code"
    )
    assert rows == [
        ("12 Main Street", "DE", 1, "30 days", 1000000, 50000, "late payer"),
        ("", "FR", 0, "", None, None, ""),
    ]
    custom = erp.select("select custom from customers order by code")
    assert '"client_trading_name":"Acme Shop"' in custom[0][0]
    assert '"client_payment_term":"Z030 end of month"' in custom[1][0]
    assert [row[:2] for row in erp.select(GROUPS)] == [("C1", "Key"), ("C1", "North"), ("C2", "North")]
    assert [row[:2] for row in erp.select(COLLEAGUES)] == [("C1", "ann@acme.example"), ("C2", "ann@acme.example")]
    again = send(
        erp, header, "C1;Acme;Acme Shop;12;Main Street;Germany;1;30 days;10000;500;late payer;LEE;Ann;;Key;B;x"
    )
    assert (again.changed, again.unchanged) == (0, 1)


def test_contacts_and_users_follow(erp: Desk) -> None:
    send(erp, "client_code;client_business_name", "C1;Acme", "C2;Globex")
    contacts = send(
        erp,
        "client_code;contact_lastname;contact_firstname;contact_email;contact_language;contact_collection;unknown",
        "C1;Hart;Zoe;zoe@c1.example;German;1;x",
        "C1;;Zoe;;;1;x",
    )
    assert (contacts.new, [row.code for row in contacts.rejected]) == (1, ["missing-value"])
    assert erp.select("select name, first_name, language, collection from contacts") == [("Hart", "Zoe", "de", 1)]
    header = "user_email;user_lastname;user_firstname;user_role;user_active;client_code"
    added = send(erp, header, "bo@acme.example;Ek;Bo;Sales;1;C1", "bo@acme.example;Ek;Bo;Sales;1;C2")
    assert (added.new, [row[:2] for row in erp.select("select name, role, active from users")]) == (
        1,
        [("Bo Ek", "colleague")],
    )
    send(erp, header, "bo@acme.example;Ek;Bo;Sales;1;C2", options={"replace-users-association": "1"})
    assert [row[:2] for row in erp.select(COLLEAGUES)] == [("C2", "bo@acme.example")]


def test_each_kind_has_a_source_of_its_own_and_a_file_of_another_kind_is_refused(erp: Desk) -> None:
    send(erp, "client_code;client_business_name", "C1;Acme")
    send(erp, ITEMS, "C1;F1;2026/01/05;2026/02/05;10;10;;")
    assert erp.select("select name from sources order by name") == [("feed-clients",), ("feed-items",)]


def test_a_column_more_or_less_stops_no_night(erp: Desk) -> None:
    header = "client_code;item_number;item_date_issue;item_date_due;item_amount_initial_inc_tax"
    first = send(erp, f"{header};item_order_number", "C1;F1;2026/01/05;2026/02/05;10;PO1", source="erp")
    second = send(erp, f"{header};item_new", "C1;F1;2026/01/05;2026/02/05;10;x", source="erp")
    assert (first.state, second.state, second.changed) == ("done", "done", 1)
    assert erp.select("select order_number, custom from items") == [("PO1", '{"item_new":"x"}')]
