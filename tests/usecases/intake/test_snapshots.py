"""A snapshot is the truth about its source, unless it is not to be believed (A6, A7, A13, A14, I-7, I-9, I-10)."""

from datetime import UTC, date, datetime

import pytest

from relance.core.kernel.errors import NotAllowed
from relance.core.tenancy.users import Actor
from tests.usecases.intake.kit import Desk, invoices

TEN = invoices(200)


def test_a_first_snapshot_enters_with_its_customers_and_its_sum(desk: Desk) -> None:
    report = desk.rows(*TEN)
    assert (report.state, report.new, report.new_customers, report.rejected) == ("done", 200, 37, ())
    assert desk.sum().count == 200
    assert desk.sum().open == report.sums == {"EUR": "140799.00"}


def test_the_same_rows_again_in_any_order_change_nothing(desk: Desk) -> None:
    desk.rows(*TEN)
    before = desk.ledger()
    report = desk.rows(*reversed(TEN))
    assert (report.new, report.changed, report.settled, report.unchanged) == (0, 0, 0, 200)
    assert not report.identical
    assert desk.ledger() == before


def test_the_identical_file_takes_the_shortcut_until_something_else_changes_its_items(desk: Desk) -> None:
    desk.rows(*TEN)
    assert desk.rows(*TEN).identical
    payment = "C001,2026-03-01,7.01,INV-00001"
    desk.rows(payment, kind="payments", header="customer_code,paid_on,amount,number")
    again = desk.rows(*TEN)
    assert (again.identical, again.reopened) == (False, 1)


def test_what_is_gone_is_settled_and_comes_back_with_its_history(desk: Desk) -> None:
    desk.rows(*TEN)
    report = desk.rows(*invoices(200, skip=10))
    assert (report.state, report.settled, report.new) == ("done", 20, 0)
    assert desk.sum().count == 180
    report = desk.rows(*TEN)
    assert (report.reopened, report.new) == (20, 0)
    assert desk.sum().open == {"EUR": "140799.00"}
    assert desk.select("select kind, count(*) from item_changes group by kind order by kind") == [
        ("reopened", 20),
        ("settled", 20),
    ]


def test_half_a_file_is_held_and_changes_nothing_until_a_person_overrides(desk: Desk) -> None:
    desk.rows(*TEN)
    before = desk.ledger()
    report = desk.rows(*invoices(200, skip=2))
    assert (report.state, report.reason) == ("held", "would-settle-too-much")
    assert desk.ledger() == before
    collector = Actor(tenant=desk.tenant, user=None, name="ann", role="collector", rights=("import",))
    with pytest.raises(NotAllowed):
        desk.rows(*invoices(200, skip=2), actor=collector, override_guard=True)
    assert desk.rows(*invoices(200, skip=2), override_guard=True).settled == 100


def test_a_jump_of_the_open_amount_is_held(desk: Desk) -> None:
    desk.rows(*TEN)
    report = desk.rows(*TEN, "C001,x,BIG-1,2026-01-01,2026-02-01,900000.00")
    assert (report.state, report.reason) == ("held", "moves-too-much")


@pytest.mark.parametrize("content", ["", "\n", "customer_code,number\n", "customer_code,number"])
def test_a_file_without_rows_is_refused(desk: Desk, content: str) -> None:
    desk.rows(*TEN)
    report = desk.put(content)
    assert (report.state, report.reason in {"unreadable-file", "empty-file"}) == ("refused", True)
    assert desk.sum().count == 200


def test_a_file_cut_in_its_last_row_is_refused(desk: Desk) -> None:
    desk.rows(*TEN)
    whole = "\n".join(("customer_code,customer_name,number,issued_on,due_on,amount", *TEN))
    report = desk.put(whole[:-9])
    assert report.state == "refused"
    assert "cut off" in report.message


@pytest.mark.parametrize(
    ("place", "broken", "code"),
    [
        (3, "nonsense", "bad-date"),
        (4, "2026-02-30", "bad-date"),
        (5, "1,5O", "bad-amount"),
        (5, "", "missing-value"),
    ],
)
def test_a_broken_cell_rejects_its_row_and_protects_its_item(desk: Desk, place: int, broken: str, code: str) -> None:
    desk.rows(*TEN)
    cells = TEN[41].split(",")
    cells[place] = broken if "," not in broken else f'"{broken}"'
    report = desk.rows(*TEN[:41], ",".join(cells), *TEN[42:])
    assert report.state == "done"
    assert [(row.line, row.code, row.value) for row in report.rejected] == [(43, code, broken)]
    assert (report.settled, report.kept, report.unchanged) == (0, 1, 199)
    assert desk.sum().count == 200


def test_a_row_that_names_no_item_holds_a_snapshot_that_would_settle(desk: Desk) -> None:
    desk.rows(*TEN)
    report = desk.rows(*TEN[:-1], "C001,,,2026-01-01,2026-02-01,5")
    assert (report.state, report.reason) == ("held", "unreadable-rows")
    assert desk.rows(*TEN, "C001,,,2026-01-01,2026-02-01,5").state == "done"


def test_a_snapshot_settles_only_its_own_source(desk: Desk) -> None:
    desk.rows(*TEN, source="north")
    report = desk.rows("C900,South,S-1,2026-01-01,2026-02-01,10.00", source="south")
    assert (report.state, report.new, report.settled) == ("done", 1, 0)
    assert desk.sum().count == 201


def test_an_item_known_from_another_source_is_the_same_item(desk: Desk) -> None:
    desk.rows(*TEN, source="north")
    line = TEN[0].rsplit(",", 1)[0] + ",3.00"
    report = desk.rows(line, source="south")
    assert (report.new, report.changed) == (0, 1)
    again = desk.rows(*TEN, source="north")
    assert (again.identical, again.changed) == (False, 1)
    assert desk.rows(*TEN[1:], source="north").settled == 1


def test_a_changed_amount_and_due_date_are_history(desk: Desk) -> None:
    desk.rows(*TEN)
    changed = "C001,Customer 1,INV-00001,2026-01-02,2026-02-20,5.00"
    report = desk.rows(changed, *TEN[1:])
    assert (report.changed, report.new, report.settled) == (1, 0, 0)
    (row,) = desk.select("select kind, open_before, open_after from item_changes")
    assert row == ("changed", 701, 500)


def test_a_delta_settles_only_what_it_says(desk: Desk) -> None:
    header = "customer_code,number,issued_on,due_on,amount,open_amount"
    first = [f"C1,N{n},2026-01-05,2026-02-05,100.00,100.00" for n in range(30)]
    desk.rows(*first, header=header)
    report = desk.rows(
        "C1,N1,2026-01-05,2026-02-05,100.00,0", "C1,N2,2026-01-05,2026-02-05,100.00,40", header=header, mode="delta"
    )
    assert (report.settled, report.changed, report.unchanged, report.new) == (1, 1, 0, 0)
    assert desk.sum().open == {"EUR": "2840.00"}


def test_instalments_keep_their_identity_when_the_first_is_paid(desk: Desk) -> None:
    desk.rows("C1,x,N1,2026-01-05,2026-02-05,100.00")
    report = desk.rows("C1,x,N1,2026-01-05,2026-02-05,50.00", "C1,x,N1,2026-01-05,2026-03-05,50.00")
    assert (report.new, report.changed, report.settled) == (1, 1, 0)
    report = desk.rows("C1,x,N1,2026-01-05,2026-03-05,50.00", override_guard=True)
    assert (report.new, report.changed, report.settled, report.unchanged) == (0, 0, 1, 1)
    assert desk.sum().open == {"EUR": "50.00"}


def test_a_twin_row_is_an_error_that_cites_the_first(desk: Desk) -> None:
    report = desk.rows("C1,x,N1,2026-01-05,2026-02-05,100.00", "C1,x,N1,2026-01-05,2026-02-05,70.00")
    assert [(row.line, row.code) for row in report.rejected] == [(3, "duplicate-identity")]
    assert "line 2" in report.rejected[0].message
    assert desk.sum().open == {"EUR": "100.00"}


def test_a18_credits_are_negative_whatever_the_sign_and_both_signs_are_asked_about(desk: Desk) -> None:
    header = "customer_code,number,issued_on,due_on,amount,type"
    report = desk.rows(
        "C1,N1,2026-01-05,2026-02-05,100,invoice", "C1,K1,2026-01-05,2026-02-05,30,credit-note", header=header
    )
    assert report.sums == {"EUR": "70.00"}
    both = ("C1,K1,2026-01-05,2026-02-05,30,credit-note", "C1,K2,2026-01-05,2026-02-05,-5,credit-note")
    report = desk.rows(*both, header=header)
    assert (report.state, report.reason, report.questions[0].code) == ("held", "needs-answer", "both-signs")
    report = desk.rows(*both, header=header, options={"signs": "negative"}, source="other")
    assert report.sums == {"EUR": "-35.00"}


def test_without_a_type_negative_is_a_payment(desk: Desk) -> None:
    desk.rows("C1,x,N1,2026-01-05,2026-02-05,100", "C1,x,P1,2026-01-05,2026-02-05,-20")
    assert desk.select("select type, open_amount from items order by number") == [
        ("invoice", 10000),
        ("payment", -2000),
    ]


def test_codes_that_differ_in_leading_zeros_are_two_customers_and_a_note(desk: Desk) -> None:
    report = desk.rows("0077,x,N1,2026-01-05,2026-02-05,1", "77,y,N1,2026-01-05,2026-02-05,1")
    assert report.new_customers == 2
    assert (report.notes[0].code, report.notes[0].count) == ("leading-zeros", 2)


def test_a_name_never_changes_a_known_customer(desk: Desk) -> None:
    desk.rows("C1,First,N1,2026-01-05,2026-02-05,1")
    desk.rows("C1,Second,N1,2026-01-05,2026-02-05,1")
    assert desk.select("select name from customers") == [("First",)]


def test_a_missing_mandatory_column_is_a_question(desk: Desk) -> None:
    report = desk.rows("C1,N1,2026-01-05,10", header="customer_code,number,issued_on,amount")
    assert (report.state, report.reason) == ("held", "needs-answer")
    assert [(question.code, question.column) for question in report.questions] == [("no-due-date", "due_on")]


def test_a_dry_run_writes_nothing_at_all(desk: Desk) -> None:
    report = desk.rows(*TEN, dry_run=True)
    assert (report.state, report.new, report.number) == ("dry-run", 200, 0)
    assert desk.ledger() == []
    assert desk.select("select count(*) from imports") == [(0,)]


def test_a_profile_is_kept_with_its_first_import_and_used_by_name(desk: Desk) -> None:
    lines = [line.replace(",", ";").replace(".", ",") for line in TEN]
    header = "Konto;Name;Beleg;Datum;Faellig;Betrag"
    mapping = {
        "customer_code": "Konto",
        "customer_name": "Name",
        "number": "Beleg",
        "issued_on": "Datum",
        "due_on": "Faellig",
        "amount": "Betrag",
    }
    desk.rows(*lines, header=header, profile="erp", mapping=mapping, options={"decimal": ","})
    report = desk.rows(*reversed(lines), header=header, profile="erp")
    assert (report.state, report.unchanged) == ("done", 200)
    assert desk.sum().open == {"EUR": "140799.00"}


def test_the_sum_of_a_past_day_is_read_from_the_history(desk: Desk) -> None:
    desk.rows(*TEN)
    desk.clock.moment = datetime(2026, 3, 9, 9, tzinfo=UTC)
    desk.rows(*invoices(200, skip=10))
    assert desk.sum().count == 180
    assert desk.sum(as_of=date(2026, 3, 5)).count == 200
    assert desk.sum(as_of=date(2026, 2, 1)).count == 0


def test_each_import_is_in_the_audit(desk: Desk) -> None:
    desk.rows(*TEN)
    desk.rows(*invoices(200, skip=2))
    assert desk.select("select event from audit order by seq") == [("import-done",), ("import-held",)]
