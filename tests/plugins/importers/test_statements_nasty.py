"""Bank statements: what is no payment is told, balances are checked, and what is torn, broken or hostile is refused."""

import io
import zipfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from relance.plugins import BadInput, Importer, Note, Rejected
from relance.plugins.importers.camt import CamtStatements
from relance.plugins.importers.cfonb import CfonbStatements
from relance.plugins.importers.mt940 import Mt940Statements

CAMT, MT940, CFONB = CamtStatements(), Mt940Statements(), CfonbStatements()


def read(
    reader: Importer, folder: Path, content: str | bytes
) -> tuple[list[dict[str, Any]], list[Rejected], list[Note]]:
    """Rows, rejected rows and notes."""
    file = folder / "statement"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    tables = list(reader.read(file, {}))
    rows = pl.concat([table.columns for table in tables]).to_dicts()
    return rows, [no for table in tables for no in table.rejected], [note for table in tables for note in table.notes]


def refusal(reader: Importer, folder: Path, content: str | bytes) -> str:
    """Why a file is refused."""
    with pytest.raises(BadInput) as refused:
        read(reader, folder, content)
    return refused.value.detail


def entry(
    amount: str = "100.00", sign: str = "CRDT", day: str = "2026-03-02", more: str = "", status: str = "BOOK"
) -> str:
    """One movement in camt."""
    return (
        f'<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd><Sts>{status}</Sts>'
        f"<BookgDt><Dt>{day}</Dt></BookgDt><AcctSvcrRef>REF1</AcctSvcrRef>{more}</Ntry>"
    )


def camt(*entries: str, version: str = "053.001.08", start: str = "", closing: str = "") -> str:
    """A statement in camt."""
    balance = (
        '<Bal><Tp><CdOrPrtry><Cd>{0}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{1}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>'
    )
    balances = balance.format("OPBD", "10.00") + balance.format("CLBD", closing) if closing else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{start}<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{version}">'
        f"<BkToCstmrStmt><Stmt><Id>S1</Id><Acct><Id><IBAN>FR76</IBAN></Id></Acct>{balances}{''.join(entries)}</Stmt>"
        "</BkToCstmrStmt></Document>"
    )


def details(*parts: str) -> str:
    """The single payments of a movement."""
    return f"<NtryDtls>{''.join(f'<TxDtls>{part}</TxDtls>' for part in parts)}</NtryDtls>"


def test_who_paid_and_what_they_wrote_is_read_from_every_place(tmp_path: Path) -> None:
    part = (
        "<Refs><EndToEndId>E2E-9</EndToEndId></Refs>"
        "<RltdPties><Dbtr><Pty><Nm>Payer  Ltd</Nm></Pty></Dbtr></RltdPties>"
        "<RmtInf><Ustrd>Invoice F1</Ustrd><Ustrd>and F2</Ustrd><Strd><RfrdDocInf><Nb>F3</Nb></RfrdDocInf>"
        "<CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf>"
    )
    rows, _, notes = read(CAMT, tmp_path, camt(entry(more=details(part)), closing="110.00"))
    assert rows[0] == {
        "line": 1,
        "paid_on": "2026-03-02",
        "amount": "100.00",
        "currency": "EUR",
        "reference": "REF1",
        "payer": "Payer Ltd",
        "text": "Invoice F1 and F2 F3 RF18539007547034 E2E-9",
    }
    assert not notes


def test_a_batch_booking_is_split_where_its_parts_add_up(tmp_path: Path) -> None:
    parts = [f'<Refs><TxId>T{part}</TxId></Refs><Amt Ccy="EUR">{part}0.00</Amt>' for part in (4, 6)]
    rows, _, _ = read(CAMT, tmp_path, camt(entry(more=details(*parts))))
    assert [(row["line"], row["amount"], row["reference"]) for row in rows] == [(1, "40.00", "T4"), (2, "60.00", "T6")]
    rows, _, _ = read(CAMT, tmp_path, camt(entry("99.00", more=details(*parts))))
    assert [row["amount"] for row in rows] == ["99.00"]


def test_debits_reversals_and_what_is_not_booked_are_no_payments(tmp_path: Path) -> None:
    reversed_credit = entry("3.00", "DBIT", more="<RvslInd>true</RvslInd>")
    pending = entry("5.00", status="<Cd>PDNG</Cd>")
    movements = (entry(status="<Cd>BOOK</Cd>"), entry("7.00", "DBIT"), reversed_credit, pending)
    rows, _, notes = read(CAMT, tmp_path, camt(*movements, closing="90.00"))
    assert [row["amount"] for row in rows] == ["100.00"]
    assert [(note.code, note.count) for note in notes] == [
        ("debits-left-out", 1),
        ("reversals-left-out", 1),
        ("balance-mismatch", 1),
    ]
    assert "make 100.00, the statement says 90.00" in notes[2].examples[0]


@pytest.mark.parametrize(
    ("movement", "code"),
    [
        (entry("1,2,3"), "bad-amount"),
        (entry("-5.00"), "bad-amount"),
        (entry("9" * 40), "bad-amount"),
        (entry(sign="BOTH"), "bad-amount"),
        (entry(day="2026-02-30"), "bad-date"),
        (entry(day=""), "bad-date"),
        ("<Ntry/>", "bad-amount"),
    ],
)
def test_a_movement_that_cannot_be_read_is_rejected_and_the_others_are_not(
    tmp_path: Path, movement: str, code: str
) -> None:
    rows, rejected, _ = read(CAMT, tmp_path, camt(movement, entry()))
    assert [no.code for no in rejected] == [code]
    assert len(rows) == 1


LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(9))
BOMB = f"<!DOCTYPE x [{LAUGHS}]>"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (camt(entry())[:-30], "cut off"),
        (camt(entry()).replace("</Amt>", "</Amount>"), "damaged"),
        (camt(entry(), start=BOMB), "document type"),
        (camt(entry(), start='<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'), "document type"),
        (camt(entry()).replace("UTF-8", "KLINGON"), "damaged"),
        (camt(entry(more="<a>" * 100 + "</a>" * 100)), "nested"),
        (camt(entry(more=f"<AddtlNtryInf>{'x' * (1 << 20)}x</AddtlNtryInf>")), "million"),
        (camt().replace("Stmt>", "Rpt>"), "interim"),
        ("<Document/>", "no account"),
        ("", "cut off"),
        (b"\xff\xfe<\0D\0", "damaged"),
        (b"PK\x03\x04 and no more", "cut off"),
    ],
)
def test_camt_that_is_torn_hostile_or_something_else_is_refused(
    tmp_path: Path, content: str | bytes, words: str
) -> None:
    assert words in refusal(CAMT, tmp_path, content)


def test_several_files_in_a_zip_are_one_import_and_a_bomb_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.xml", camt(entry()))
        made.writestr("../../b.xml", camt(entry("5.00")))
    assert CAMT.recognises(packed.getvalue(), "bank.zip").kinds == ("payments",)
    assert [row["line"] for row in read(CAMT, tmp_path, packed.getvalue())[0]] == [1, 2]
    monkeypatch.setattr("relance.plugins.importers.camt.LARGEST_UNPACKED", 10)
    assert "holds more than" in refusal(CAMT, tmp_path, packed.getvalue())


@pytest.mark.parametrize("version", ["053.001.02", "053.001.04", "053.001.08", "054.001.02", "054.001.08"])
def test_every_version_is_known_and_an_interim_report_is_refused(version: str) -> None:
    assert CAMT.recognises(camt(version=version).encode(), "x.xml").confidence > 90
    assert CAMT.recognises(camt(version="052.001.02").encode(), "x.xml").refusal == "interim-report"
    assert CAMT.recognises(b"<?xml version='1.0'?><feed/>", "x.xml").confidence == 0


def swift(*lines: str, closing: str = ":62F:C260302EUR1100,00") -> str:
    """A statement in MT940."""
    return "\r\n".join((":20:S1", ":25:1/2", ":28C:1/1", ":60F:C260301EUR1000,00", *lines, closing, "-", ""))


@pytest.mark.parametrize(
    ("detail", "payer", "text"),
    [
        ("166?00GUTSCHRIFT?20Rechnung F1?32ACME?33 GmbH", "ACME GmbH", "Rechnung F1"),
        ("166?20SVWZ+F1 F2 ABWA+Mutter AG?32Bote", "Mutter AG", "SVWZ+F1 F2 ABWA+Mutter AG"),
        ("020~00Przelew~20Faktura 1/2026~32Firma", "Firma", "Faktura 1/2026"),
        ("/TRTP/SEPA/NAME/J JANSEN/REMI/factuur 77/EREF/NOTPROVIDED", "J JANSEN", "factuur 77"),
        ("VIREMENT RECU\r\nFACTURE F9", "", "VIREMENT RECU FACTURE F9"),
        ("166?20123456789012345678901234567?21-89?32X", "X", "123456789012345678901234567-89"),
    ],
)
def test_details_are_understood_in_every_manner(tmp_path: Path, detail: str, payer: str, text: str) -> None:
    rows, _, notes = read(MT940, tmp_path, swift(":61:260302C100,00NTRFNONREF//B1", f":86:{detail}"))
    assert (rows[0]["payer"], rows[0]["text"], rows[0]["reference"]) == (payer, text, "B1")
    assert (rows[0]["line"], rows[0]["amount"], rows[0]["currency"]) == (5, "100.00", "EUR")
    assert not notes


def test_marks_days_and_funds_codes_of_movements(tmp_path: Path) -> None:
    lines = (":61:2512310102CR100,NTRFX", ":61:260302RC5,NTRFX", ":61:260302RD5,NTRFX", ":61:260302D5,NTRFX")
    rows, _, notes = read(MT940, tmp_path, swift(*lines, closing=":62F:C260302EUR1095,00"))
    assert [(row["paid_on"], row["amount"], row["reference"]) for row in rows] == [
        ("2026-01-02", "100", "1/2/2026-01-02/1")
    ]
    assert [(note.code, note.count) for note in notes] == [("debits-left-out", 1), ("reversals-left-out", 2)]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (":61:26030XC100,00NTRF", "bad-movement"),
        (":61:260302X100,00NTRF", "bad-movement"),
        (":61:260302C,NTRF", "bad-movement"),
        (":61:", "bad-movement"),
        (":61:260230C100,00NTRF", "bad-date"),
        (":61:2603021332C100,00NTRF", "bad-date"),
    ],
)
def test_a_broken_movement_is_rejected_with_its_line(tmp_path: Path, line: str, code: str) -> None:
    rows, rejected, notes = read(MT940, tmp_path, swift(line, ":86:x", ":61:260302C1,NTRFX//B"))
    assert [(no.line, no.code) for no in rejected] == [(5, code)]
    assert (len(rows), notes) == (1, [])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (swift(":61:260302C1,NTRFX")[:-40], "cut off"),
        (swift(closing=":62F:nonsense"), "no balance"),
        (swift(closing="") + swift(), "no closing balance"),
        (":20:X\n:86:alone\n", "no account"),
        ("", "empty"),
        ("\0\0\0", "NUL"),
        ("some text\nof nothing\n", "no account"),
    ],
)
def test_mt940_that_is_torn_or_something_else_is_refused(tmp_path: Path, content: str, words: str) -> None:
    assert words in refusal(MT940, tmp_path, content)


def record(sort: str, amount: str = "0000000100000{", day: str = "020326", more: str = "") -> str:
    """One record of CFONB 120."""
    start = f"{sort}30003    01234EUR2 01234567890  {day}".ljust(48) + more
    return (start.ljust(90) + amount).ljust(120) if sort != "05" else start.ljust(120)


def detail(sort: str, text: str) -> str:
    """A record with a detail."""
    return record("05")[:45] + f"{sort}{text}".ljust(75)


def cfonb(*records: str) -> str:
    """A statement of CFONB 120 that opens with 10,000.00."""
    return "\n".join((record("01"), *records, ""))


def test_movements_of_cfonb_with_their_details(tmp_path: Path) -> None:
    paid = record("04", "0000000000012C", more="VIR RECU")
    content = cfonb(paid, detail("NPY", "ACME SARL"), detail("LIB", "FACT F12"), record("07", "0000000100012C"))
    rows, _, notes = read(CFONB, tmp_path, content)
    assert rows == [
        {
            "line": 2,
            "paid_on": "2026-03-02",
            "amount": "1.23",
            "currency": "EUR",
            "reference": "30003 01234 01234567890/2026-03-02/1",
            "payer": "ACME SARL",
            "text": "VIR RECU FACT F12",
        }
    ]
    assert not notes
    assert read(CFONB, tmp_path, content.replace("\n", ""))[0] == rows


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (cfonb(record("04")), "cut off"),
        (cfonb(record("07"), record("04")), "before any old balance"),
        (cfonb(record("01")), "no new balance"),
        (cfonb("99 what is this"), "no record"),
        (record("01", "abcdefghijklm{") + "\n", "no amount"),
        (record("01")[:50] + "\n", "no amount"),
        ("", "empty"),
    ],
)
def test_cfonb_that_is_torn_or_something_else_is_refused(tmp_path: Path, content: str, words: str) -> None:
    assert words in refusal(CFONB, tmp_path, content)


@pytest.mark.parametrize(
    ("broken", "code"),
    [(record("04", "00000000000XY{"), "bad-amount"), (record("04", day="320326"), "bad-date")],
)
def test_a_broken_record_is_rejected_with_its_line(tmp_path: Path, broken: str, code: str) -> None:
    rows, rejected, _ = read(CFONB, tmp_path, cfonb(broken, detail("LIB", "X"), record("04"), record("07")))
    assert [(no.line, no.code) for no in rejected] == [(2, code)]
    assert len(rows) == 1
