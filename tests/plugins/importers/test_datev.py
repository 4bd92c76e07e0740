"""DATEV: customers' bookings as items, master data as customers; what is neither is refused in words."""

from pathlib import Path
from typing import Any

import pytest

from relance.plugins import BadInput, Note, Rejected
from relance.plugins.importers.datev import Datev

READER = Datev()
NAMES = (
    '"Umsatz (ohne Soll/Haben-Kz)";"Soll/Haben-Kennzeichen";"WKZ Umsatz";"Kurs";"Basis-Umsatz";"WKZ Basis-Umsatz";'
    '"Konto";"Gegenkonto (ohne BU-Schlüssel)";"BU-Schlüssel";"Belegdatum";"Belegfeld 1";"Belegfeld 2";"Skonto";'
    '"Buchungstext";"Generalumkehr (GU)";"Fälligkeit"'
)


def head(sort: str = "21", name: str = "Buchungsstapel", digits: str = "4", period: str = "20251201;20260131") -> str:
    """The first line."""
    return f'"EXTF";700;{sort};"{name}";13;20260201000000000;;;;;1001;7;20250101;{digits};{period};"Stapel";;;;;"EUR"'


def booking(
    amount: str = "120,00",
    side: str = "S",
    account: str = "10001",
    counter: str = "8400",
    day: str = "0501",
    **more: str,
) -> str:
    """One booking."""
    cells = [amount, side, more.get("currency", ""), "", "", "", account, counter, "", day, "RE-1", more.get("due", "")]
    return ";".join((*cells, "", "Text", more.get("reversal", ""), more.get("due_on", "")))


def written(folder: Path, *lines: str, encoding: str = "cp1252") -> Path:
    """A file of these lines."""
    file = folder / "EXTF.csv"
    file.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    return file


def read(file: Path, **options: str) -> tuple[list[dict[str, Any]], list[Rejected], list[Note]]:
    """Rows, rejected rows and notes."""
    (table,) = READER.read(file, options)
    return table.columns.to_dicts(), list(table.rejected), list(table.notes)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_a_booking_on_a_customers_account_is_an_item(tmp_path: Path, encoding: str) -> None:
    file = written(
        tmp_path, head(), NAMES, booking(due="310326"), booking(account="4900", counter="1200"), encoding=encoding
    )
    rows, rejected, notes = read(file)
    assert rows == [
        {
            "line": 3,
            "customer_code": "10001",
            "number": "RE-1",
            "type": "invoice",
            "issued_on": "2026-01-05",
            "currency": "EUR",
            "amount": "120.00",
            "unique_key": "1001|7|20251201|Stapel|3|10001",
            "reference": "Text",
            "due_on": "2026-03-31",
        }
    ]
    assert (rejected, [note.code for note in notes]) == ([], ["other-accounts-left-out", "bookings-without-settlement"])
    assert READER.looks(file, {}).columns == tuple(rows[0])[1:]


@pytest.mark.parametrize(
    ("line", "kind", "amount"),
    [
        (booking(), "invoice", "120.00"),
        (booking(side="H"), "credit-note", "-120.00"),
        (booking(side="H", counter="1200"), "payment", "-120.00"),
        (booking(side="S", account="1200", counter="10001"), "payment", "-120.00"),
        (booking(side="H", account="8400", counter="10001"), "invoice", "120.00"),
        (booking(reversal="G"), "credit-note", "-120.00"),
        (booking(amount="1234567,5"), "invoice", "1234567.5"),
    ],
)
def test_side_and_counter_account_say_what_an_item_is(tmp_path: Path, line: str, kind: str, amount: str) -> None:
    rows, _, _ = read(written(tmp_path, head(), NAMES, line))
    assert [(row["type"], row["amount"], row["customer_code"]) for row in rows] == [(kind, amount, "10001")]


@pytest.mark.parametrize(
    ("day", "expected"), [("3112", "2025-12-31"), ("101", "2026-01-01"), ("15012026", "2026-01-15")]
)
def test_the_year_comes_from_the_period_of_the_batch(tmp_path: Path, day: str, expected: str) -> None:
    assert read(written(tmp_path, head(), NAMES, booking(day=day)))[0][0]["issued_on"] == expected


@pytest.mark.parametrize(
    ("digits", "account", "customer"),
    [
        ("4", "69999", True),
        ("4", "70000", False),
        ("4", "0010000", True),
        ("4", "0001200", False),
        ("5", "100000", True),
    ],
)
def test_which_accounts_are_customers_depends_on_the_length_of_accounts(
    tmp_path: Path, digits: str, account: str, customer: bool
) -> None:
    file = written(tmp_path, head(digits=digits), NAMES, booking(account=account))
    assert (READER.looks(file, {}).refusal == "") is customer
    if customer:
        assert read(file)[0][0]["customer_code"] == account


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (booking(amount="1.234,00"), "bad-amount"),
        (booking(amount="-5,00"), "bad-amount"),
        (booking(side="X"), "bad-amount"),
        (booking(day="3113"), "bad-date"),
        (booking(day=""), "bad-date"),
        ("1;S;x", "wrong-number-of-cells"),
    ],
)
def test_a_booking_that_cannot_be_read_is_rejected(tmp_path: Path, line: str, code: str) -> None:
    rows, rejected, _ = read(written(tmp_path, head(), NAMES, line, booking()))
    assert [(no.line, no.code) for no in rejected] == [(3, code)]
    assert len(rows) == 1
    assert "due_on" not in rows[0]


def test_master_data_are_customers_without_the_suppliers(tmp_path: Path) -> None:
    names = (
        "Konto;Name (Adressatentyp Unternehmen);Name (Adressatentyp natürl. Person);Vorname (Adressatentyp natürl. "
        "Person);EU-Land;EU-USt-IdNr.;Straße;Land;Sprache;Kreditlimit (Debitor);E-Mail"
    )
    lines = ("10000;Müller GmbH;;;DE;123;Weg 1;DE;1;1.000,50;", "10001;;Doe;Jane;;;;;5;;", "70001;Lieferant;;;;;;;;;")
    rows, _, notes = read(written(tmp_path, head("16", "Debitoren/Kreditoren"), names, *lines))
    assert rows[0] == {
        "line": 3,
        "code": "10000",
        "name": "Müller GmbH",
        "vat_number": "DE123",
        "language": "de",
        "street": "Weg 1",
        "country": "DE",
        "credit_limit": "1000.50",
    }
    assert (rows[1]["name"], rows[1]["language"]) == ("Jane Doe", "en")
    assert notes == [Note("suppliers-left-out", 1, ("line 5: 70001 Lieferant",))]


def test_other_files_of_datev_are_known_and_refused() -> None:
    seen = READER.recognises(head("20", "Kontenbeschriftungen").encode(), "x.csv")
    assert (seen.refusal, seen.kinds) == ("other-datev-format", ())
    assert READER.recognises(head("16", "Debitoren/Kreditoren").encode(), "x.csv").kinds == ("customers",)
    assert READER.recognises(b"EXTFOO;1;2", "x.csv").confidence == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "empty"),
        ("a;b\n1;2\n", "none of DATEV"),
        (head(), "no rows"),
        (f"{head()}\n{NAMES}\n{booking(account='4900')}\n", "no account of the file is a customer"),
        (f"{head()}\n{NAMES}\n{booking()}\n120,00;S", "cut off"),
        (f'{head()}\n{NAMES}\n{booking()}\n1;"S\n', "line 4: a quote is left open"),
        (f'{head()}\n{NAMES}\n1;"S"x;y\n', "line 3: a quote is left open or misplaced"),
    ],
)
def test_a_file_that_is_torn_or_holds_no_customers_is_refused(tmp_path: Path, content: str, words: str) -> None:
    file = tmp_path / "EXTF.csv"
    file.write_bytes(content.encode("cp1252"))
    with pytest.raises(BadInput, match=words):
        list(READER.read(file, {}))


@pytest.mark.parametrize("encoding", ["klingon", "ascii"])
def test_an_encoding_that_does_not_fit_is_refused(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(BadInput, match=encoding):
        list(READER.read(written(tmp_path, head(), NAMES, booking()), {"encoding": encoding}))
