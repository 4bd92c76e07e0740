"""A file is understood from its columns' names and values, in every language of the product; what is open is asked."""

import pytest

from relance.core.intake.seen import ColumnSeen
from relance.core.intake.understand import Said, best_kind, understood
from relance.core.intake.understanding import Understanding
from tests.core.intake.exports import EXPORTS, FIELDS, Export, rows_of


def seen(header: str, *rows: list[str]) -> list[ColumnSeen]:
    """The columns as a reader sees them."""
    names = header.split(",")
    columns = []
    for place, name in enumerate(names):
        cells = [row[place].strip() for row in rows]
        values = tuple(dict.fromkeys(cell for cell in cells if cell))
        filled = sum(1 for cell in cells if cell)
        shown = {"first": values[:3], "head": tuple(cells)}
        columns.append(
            ColumnSeen(name=name, rows=len(rows), filled=filled, values=values, distinct=len(values), **shown)
        )
    return columns


def lines(header: str, *texts: str) -> list[ColumnSeen]:
    return seen(header, *(text.split(";") for text in texts))


def items(columns: list[ColumnSeen], **said: object) -> Understanding:
    return understood("items", columns, Said(**said))


def asked(found: Understanding) -> list[tuple[str, str]]:
    return [(question.code, question.column) for question in found.questions]


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.language)
def test_an_export_in_any_of_fifteen_languages_needs_no_question(export: Export) -> None:
    columns = seen(export.header, *rows_of(export))
    found = items(columns)
    assert (found.questions, found.refusal) == ((), "")
    assert found.mapping == dict(zip(FIELDS, export.header.split(","), strict=False))
    assert found.options["decimal"] == export.decimal
    assert found.options[f"type.{export.credit}"] == "credit-note"
    assert found.options[f"type.{export.invoice}"] == "invoice"
    assert best_kind(columns, Said()) == "items"


HEADER = "Customer No,Invoice No,Date,Due Date,Amount"


@pytest.mark.parametrize(
    ("row", "questions"),
    [
        ("C1;F1;03-04-2026;05-04-2026;10.00", [("date", "Date")]),
        ("C1;F1;03-04-2026;25-04-2026;10.00", []),
        ("C1;F1;04/13/2026;05/04/2026;10.00", []),
        ("C1;F1;2026-03-04;2026-04-05;1,234", [("decimal", "Amount")]),
        ("C1;F1;2026-03-04;2026-04-05;1,234.50", []),
        ("C1;F1;2026-03-04;2026-04-05;1.234.567", []),
        ("C1;F1;45000;45030;1'234.50", []),
        ("C1;F1;05-MAR-26;05-APR-26;12 345,67", []),
        ("C1;F1;20190405.0;20190505.0;(12.50)", []),
        ("Acme;F1;2026-03-04;2026-04-05;10.00", []),
    ],
)
def test_what_could_mean_two_things_is_asked_and_nothing_else(row: str, questions: list[tuple[str, str]]) -> None:
    assert asked(items(lines(HEADER, row))) == questions


def test_an_answer_is_an_option_or_a_mapping() -> None:
    columns = lines(HEADER, "C1;F1;03-04-2026;05-04-2026;1,234")
    found = items(columns)
    assert [question.choices for question in found.questions] == [
        ("date=%d-%m-%Y", "date=%m-%d-%Y"),
        ("decimal=.", "decimal=,"),
    ]
    assert items(columns, options={"date": "%d-%m-%Y", "decimal": ","}).questions == ()


def test_names_without_codes_are_asked_about_once() -> None:
    columns = lines("Customer,No,Date,Due,Amount", "Acme Ltd;1;2026-01-05;2026-02-05;10.00")
    assert asked(items(columns)) == [("name-is-code", "customer_code")]
    found = items(columns, mapping={"customer_code": "Customer"})
    assert (found.questions, found.mapping["customer_name"]) == ((), "Customer")


def test_a_code_and_a_name_in_one_cell_are_asked_about() -> None:
    columns = lines("Kunde,Nr,Datum,Fällig,Betrag", "C1001 - Acme;1;2026-01-05;2026-02-05;10.00")
    found = items(columns)
    assert ("split", "Kunde") in asked(found)
    answered = items(columns, options={"split.customer_code": "code - name"})
    assert (answered.questions, answered.mapping["customer_code"]) == ((), "Kunde")


def test_codes_of_terms_and_words_of_types_are_asked_for_one_by_one() -> None:
    header = "Kundennr,Beleg,Datum,Zahlungsbedingung,Betrag,Belegart"
    columns = lines(header, "K1;1;2026-01-05;NAA8;10.00;RV", "K2;2;2026-01-06;NAH4;10.00;QQ")
    assert asked(items(columns)) == [
        ("type", "Belegart"),
        ("terms", "Zahlungsbedingung"),
        ("terms", "Zahlungsbedingung"),
    ]
    options = {"type.QQ": "invoice", "terms.NAA8": "30", "terms.NAH4": "30 eom"}
    assert items(columns, options=options).questions == ()


def test_the_only_column_of_amounts_is_the_amount_and_tells_its_currency() -> None:
    columns = lines("Customer No,No,Date,Due,Open Balance (ILS)", "C1;1;2026-01-05;2026-02-05;10.00")
    assert items(columns).mapping["amount"] == "Open Balance (ILS)"
    assert items(columns).mapping["currency"] == "=ILS"
    marked = lines("Customer No,No,Date,Due,Amount", "C1;1;2026-01-05;2026-02-05;€ 10.00")
    assert items(marked).mapping["currency"] == "=EUR"


def test_a_running_balance_beside_debit_and_credit_is_no_open_amount() -> None:
    columns = lines(
        "Account No,Doc No,Date,Due,Debit,Credit,Balance",
        "C1;1;2026-01-05;2026-02-05;10.00;;10.00",
        "C1;2;2026-01-06;2026-02-06;;4.00;6.00",
    )
    found = items(columns)
    assert (found.mapping["debit"], "open_amount" in found.mapping, found.questions) == ("Debit", False, ())


def test_two_columns_for_one_field_are_a_question_with_both() -> None:
    header = "Customer No,Invoice No,Document No,Date,Due Date,Amount"
    found = items(lines(header, "C1;1;77;2026-01-05;2026-02-05;10.00"))
    (question,) = found.questions
    assert (question.code, question.column, set(question.choices[:2])) == (
        "missing-field",
        "number",
        {"Invoice No", "Document No"},
    )


def test_paid_rows_are_settled_only_where_the_file_says_so() -> None:
    header = f"{HEADER},Payment Date"
    mixed = lines(header, "C1;F1;2026-03-04;2026-04-05;10.00;", "C1;F2;2026-03-04;2026-04-05;10.00;2026-04-01")
    assert items(mixed).options["paid"] == "settled"
    full = lines(header, "C1;F2;2026-03-04;2026-04-05;10.00;2026-04-01")
    assert asked(items(full)) == [("paid", "Payment Date")]


def test_a_due_date_comes_from_the_customers_terms_or_is_asked_for() -> None:
    columns = lines("Customer No,No,Date,Amount", "C1;1;2026-01-05;10.00")
    assert asked(items(columns)) == [("no-due-date", "due_on")]
    assert items(columns, known={"customer_terms": {"C1": "30"}}).options["due"] == "customer"


@pytest.mark.parametrize(
    ("header", "row", "reason"),
    [
        ("Date,Label,Debit,Credit", "2026-01-05;Rent;10.00;", "bank-statement"),
        ("Konto,Gegenkonto,Belegdatum,Umsatz", "1200;8400;2026-01-05;10.00", "general-ledger"),
        ("invoice_id,cust_number,predicted_days_late", "1;C1;3.5", "predictions"),
        ("cust_number,due_date,clear_date,amount", "C1;2026-01-05;2026-01-06;10.00", "closed-history"),
        ("Customer,Current,1 - 30,31 - 60,Over 90,Total", "Acme;0.00;5.00;0.00;0.00;5.00", "customer-totals"),
        ("Konto,Name,nicht fällig,fällig,Saldo", "10000;Acme;0,00;5,00;5,00", "customer-totals"),
        ("Customer No,Invoice No,Date,Due Date,Amount kEUR", "C1;I1;2026-09-14;2026-10-14;1.2", "rounded-amounts"),
        ("Customer No,Customer Name,Street,City,Email", "C1;Acme;High St 1;Leeds;a@b.example", "other-kind"),
    ],
)
def test_what_is_no_list_of_items_is_refused_with_its_reason(header: str, row: str, reason: str) -> None:
    found = items(lines(header, row))
    assert (found.refusal, found.questions) == (reason, ())
    assert found.message


def test_a_balance_beside_debit_and_credit_is_asked_about_where_it_says_more_than_they_do() -> None:
    header = "Code client,N° facture,Date,Échéance,Débit,Crédit,Solde"
    paid_in_part = lines(
        header, "C1;F1;2026-10-14;2026-11-13;800,00;;500,00", "C1;A1;2026-10-20;2026-10-20;;120,00;-120,00"
    )
    assert asked(items(paid_in_part)) == [("balance", "Solde")]
    assert items(paid_in_part, options={"balance": "open"}).mapping["open_amount"] == "Solde"
    running = items(paid_in_part, options={"balance": "running"})
    assert (running.questions, "open_amount" in running.mapping) == ((), False)
    assert asked(items(lines(header, "C1;F1;2026-10-14;2026-11-13;800,00;;800,00"))) == []


def test_a_balance_that_adds_up_is_told_and_one_that_is_too_large_is_asked_about() -> None:
    header = "Customer No,Invoice No,Date,Due Date,Amount,Balance"
    first, second = "C1;F1;2026-09-14;2026-10-14;100.00;100.00", "C1;F2;2026-09-15;2026-10-15;20.00;{}"
    running = items(lines(header, first, second.format("120.00")))
    assert (running.questions, running.options["balance"], "open_amount" in running.mapping) == ((), "running", False)
    larger = lines(header, first, second.format("90.00"))
    assert asked(items(larger)) == [("balance", "Balance")]
    assert items(larger, options={"balance": "open"}).mapping["open_amount"] == "Balance"
    assert "open_amount" not in items(larger, options={"balance": "running"}).mapping
    assert items(lines(header, first, second.format("5.00"))).mapping["open_amount"] == "Balance"


AGES = "Customer No,Invoice No,Date,Due Date,Amount,Current,1-30,31-60,> 60"


@pytest.mark.parametrize(
    ("rows", "used"),
    [
        (("C1;F1;2026-09-14;2026-10-14;100.00;;100.00;;", "C1;F2;2026-10-14;2026-11-14;70.00;70.00;;;"), False),
        (("C1;F1;2026-09-14;2026-10-14;100.00;;40.00;;", "C1;F2;2026-10-14;2026-11-14;70.00;70.00;;;"), True),
    ],
)
def test_ages_beside_an_amount_are_used_where_they_say_more_than_it_does(rows: tuple[str, ...], used: bool) -> None:
    found = items(lines(AGES, *rows))
    assert (found.questions, found.mapping["amount"]) == ((), "Amount")
    assert ("bucket_4" in found.mapping) is used


def test_what_is_left_of_an_amount_is_proposed_and_asked() -> None:
    header = f"{HEADER},Amount Paid"
    columns = lines(header, "C1;F1;2026-03-04;2026-04-25;10.00;4.00")
    (question,) = items(columns).questions
    assert question.choices == ("paid_amount=Amount Paid", "Amount")
    assert items(columns, mapping={"paid_amount": "Amount Paid"}).questions == ()
    assert asked(items(lines(header, "C1;F1;2026-03-04;2026-04-25;10.00;0.00"))) == []


@pytest.mark.parametrize(
    ("cell", "template"),
    [
        ("000123-ACME LTDA", "code-name"),
        ("000123/01 - ACME", "code - name"),
        ("1001 Acme Corp", "code name"),
        ("411-DUPONT", ""),
        ("C-100-AB", ""),
        ("3M Company", ""),
    ],
)
def test_a_cell_is_parted_where_it_plainly_holds_two_things(cell: str, template: str) -> None:
    columns = lines("Kunde,Nr,Datum,Fällig,Betrag", f"{cell};1;2026-01-05;2026-02-05;10.00")
    splits = [question.choices[0] for question in items(columns).questions if question.code == "split"]
    assert splits == ([f"split.customer_code={template}"] if template else [])


def test_thousands_of_a_currency_without_decimals_are_not_asked_about() -> None:
    yen = lines(HEADER, "C1;F1;2026-03-04;2026-04-15;110,000")
    assert (asked(items(yen)), asked(items(yen, currency="JPY"))) == ([("decimal", "Amount")], [])
    assert items(yen, currency="JPY").options["decimal"] == "."
