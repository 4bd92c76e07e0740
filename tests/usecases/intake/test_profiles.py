"""What was understood once is kept: for the next file of the source, or one that looks the same, until it changes."""

from relance.core.intake.layouts import layout_of
from relance.core.intake.reports import ImportReport
from relance.usecases.intake.list_profiles import ListProfiles, ProfilesQuestion
from tests.usecases.intake.kit import Desk

HEADER = "Kunde,Rechnungsnr.,Datum,Fällig,Betrag,Notiz"
ROWS = ("Acme GmbH,R1,05.01.2026,05.02.2026,100.50,x", "Beta KG,R2,06.01.2026,06.02.2026,20.00,y")
ANSWER = {"customer_code": "Kunde"}


def ask(report: ImportReport) -> list[tuple[str, str]]:
    return [(question.code, question.column) for question in report.questions]


def test_what_was_asked_once_is_not_asked_again(desk: Desk) -> None:
    asked = desk.rows(*ROWS, header=HEADER)
    assert (asked.state, asked.reason, ask(asked)) == ("held", "needs-answer", [("name-is-code", "customer_code")])
    done = desk.rows(*ROWS, header=HEADER, mapping=ANSWER)
    assert (done.state, done.sums) == ("done", {"EUR": "120.50"})
    again = desk.rows(*reversed(ROWS), header=HEADER)
    assert (again.state, again.unchanged, again.questions) == ("done", 2, ())
    assert {guess.code for guess in again.recognised.columns} == {"profile"}


def test_a_renamed_column_stops_the_source_until_a_person_says_which_it_is(desk: Desk) -> None:
    desk.rows(*ROWS, header=HEADER, mapping=ANSWER, source="erp")
    changed = HEADER.replace("Fällig", "Zahlbar bis")
    held = desk.rows(*ROWS, header=changed, source="erp")
    assert (held.state, held.reason, ask(held)) == ("held", "layout-changed", [("layout-changed", "due_on")])
    assert [(note.code, note.examples) for note in held.notes] == [("columns-renamed", ("Fällig > Zahlbar bis",))]
    assert held.questions[0].choices[0] == "Zahlbar bis"
    done = desk.rows(*ROWS, header=changed, source="erp", mapping={"due_on": "Zahlbar bis"})
    assert (done.state, done.unchanged) == ("done", 2)
    assert desk.rows(*reversed(ROWS), header=changed, source="erp").state == "done"
    versions = ListProfiles(desk.work)(ProfilesQuestion(actor=desk.actor, name="erp-items"))
    assert [(one.version, one.author, one.mapping["due_on"]) for one in versions] == [
        (2, "system", "Zahlbar bis"),
        (1, "system", "Fällig"),
    ]
    assert versions[0].layout == layout_of(changed.split(","))


def test_a_new_column_that_nobody_needs_stops_nothing(desk: Desk) -> None:
    desk.rows(*ROWS, header=HEADER, mapping=ANSWER, source="erp")
    wider = [f"{row},{place}" for place, row in enumerate(ROWS)]
    report = desk.rows(*wider, header=f"{HEADER},amount", source="erp")
    assert (report.state, report.unchanged) == ("done", 2)
    assert [(note.code, note.examples) for note in report.notes] == [("columns-new", ("amount",))]


def test_another_layout_speaks_for_itself(desk: Desk) -> None:
    desk.rows(*ROWS, header=HEADER, mapping=ANSWER)
    report = desk.rows("C1,N1,2026-01-05,2026-02-05,10.00", header="customer_code,number,issued_on,due_on,amount")
    assert (report.questions, {guess.code for guess in report.recognised.columns}) == ((), {"own-name"})


def test_whose_items_a_file_holds_is_said_of_that_file_alone(desk: Desk) -> None:
    header, row = "Nr,Datum,Fällig,Betrag", "R1,05.01.2026,25.02.2026,100.50"
    assert desk.rows(row, header=header, mapping={"customer_code": "=K1"}, mode="delta").state == "done"
    asked = desk.rows(row.replace("R1", "R2"), header=header, mode="delta")
    assert ask(asked) == [("missing-field", "customer_code")]


def test_a_corrected_table_of_types_reaches_the_sources_that_follow_a_profile(desk: Desk) -> None:
    header, row = "Kundennr,Rechnungsnr,Belegart,Datum,Fällig,Betrag", "C1,R1,ZZ,05.01.2026,25.02.2026,100.00"
    _set_types(desk, "ZZ=invoice")
    assert desk.rows(row, header=header, source="erp").sums == {"EUR": "100.00"}
    _set_types(desk, "ZZ=credit-note")
    corrected = desk.rows(row, header=header, source="erp", override_guard=True)
    assert corrected.sums == {"EUR": "-100.00"}
    desk.rows(row, header=header, source="erp", override_guard=True, options={"type.ZZ": "payment"})
    answered = desk.rows(row, header=header, source="erp")
    assert answered.recognised.options["type.ZZ"] == "payment", "what was said of one source goes before the table"


def _set_types(desk: Desk, table: str) -> None:
    with desk.work(desk.tenant) as unit:
        unit.tenancy.save_setting("item-types", table, desk.clock.now(), "system")


def test_a_known_word_for_a_type_may_come_first_in_a_later_file(desk: Desk) -> None:
    header = "Kundennr,Rechnungsnr,Belegart,Datum,Fällig,Betrag"
    row = "C1,R1,Rechnung,05.01.2026,25.02.2026,100.00"
    assert desk.rows(row, header=header, source="erp").state == "done"
    later = desk.rows(row, "C1,G1,Gutschrift,06.01.2026,26.02.2026,-30.00", header=header, source="erp")
    assert (later.rejected, later.sums) == ((), {"EUR": "70.00"})


def test_a_payment_date_settles_its_row_also_where_the_first_file_of_the_source_had_none(desk: Desk) -> None:
    header = "Kundennr,Rechnungsnr,Datum,Fällig,Betrag,Zahlungsdatum"
    first, second = "C1,R1,05.01.2026,25.02.2026,100.00,", "C1,R2,06.01.2026,26.02.2026,20.00,"
    assert desk.rows(first, second, header=header, source="erp").recognised.mapping["paid_on"] == "Zahlungsdatum"
    paid = desk.rows(first, f"{second}20.02.2026", header=header, source="erp")
    assert (paid.settled, paid.open_after) == (1, {"EUR": "100.00"})


DELTA = ("C1,Acme,N1,2026-01-05,2026-02-05,10.00,EUR,PO 7", "C1,Acme,N2,2026-01-05,2026-02-05,5.00,EUR,PO 8")
WIDE = "Konto,Kunde,Beleg,Datum,Fällig,Betrag,Währung,Bestellung"
FITS = dict(
    zip(
        ("customer_code", "customer_name", "number", "issued_on", "due_on", "amount", "currency", "order_number"),
        WIDE.split(","),
        strict=True,
    )
)


def test_a_file_of_changes_may_leave_out_what_decides_nothing(desk: Desk) -> None:
    desk.rows(*DELTA, header=WIDE, mapping=FITS, source="erp")
    narrow = [row.rsplit(",", 1)[0].replace("10.00", "9.00") for row in DELTA]
    report = desk.rows(*narrow, header=WIDE.rsplit(",", 1)[0], source="erp", mode="delta")
    assert (report.state, report.changed, report.rejected) == ("done", 1, ())
    assert [(note.code, note.examples) for note in report.notes] == [("columns-gone", ("Bestellung",))]
    assert desk.select("select order_number from items order by number") == [("PO 7",), ("PO 8",)]
    assert desk.rows(*DELTA, header=WIDE, source="erp", mode="delta").notes == ()
    assert desk.rows(*narrow, header=WIDE.rsplit(",", 1)[0], source="erp").reason == "layout-changed"
    foreign = [row.replace(",EUR", "") for row in DELTA]
    held = desk.rows(*foreign, header=WIDE.replace(",Währung", ""), source="erp", mode="delta")
    assert (held.reason, ask(held)) == ("layout-changed", [("layout-changed", "currency")])


def test_a_new_word_for_a_type_is_asked_also_where_a_profile_is_followed(desk: Desk) -> None:
    header, rows = f"{WIDE},Art", [f"{row},QX" for row in DELTA]
    first = desk.rows(*rows, header=header, mapping=FITS | {"type": "Art"}, options={"type.QX": "invoice"}, source="e")
    assert first.state == "done"
    more = [*rows, rows[0].replace("N1", "N3").replace("QX", "QZ")]
    held = desk.rows(*more, header=header, source="e")
    assert (held.state, held.reason, ask(held)) == ("held", "needs-answer", [("type", "Art")])
    done = desk.rows(*more, header=header, source="e", options={"type.QZ": "miscellaneous"})
    assert (done.state, done.new, done.rejected) == ("done", 1, ())
