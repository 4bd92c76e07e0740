"""What a new tenant imports first, each behaviour by its identifier."""

from tests.usecases.intake.kit import Desk


def test_s3_2_customers_come_with_code_name_and_address(desk: Desk) -> None:
    header = "Kundennummer;Name;Straße;PLZ;Ort;Land"
    assert desk.rows("0815;Müller GmbH;Hauptstr. 1;70173;Stuttgart;DE", header=header, kind="customers").new == 1
    [found] = desk.select("select code, name, street, zip, city, country from customers")
    assert found == ("0815", "Müller GmbH", "Hauptstr. 1", "70173", "Stuttgart", "DE")


def test_s3_3_a18_invoices_credits_and_loose_payments_come_in_one_file_each_with_its_sign(desk: Desk) -> None:
    header = "Customer No,Customer Name,Number,Date,Due Date,Amount,Doc Type"
    lines = (
        "C1,Acme,F1,2026-01-05,2026-02-05,100.00,Invoice",
        "C1,Acme,A1,2026-01-06,2026-01-06,30.00,Credit Note",
        "C1,Acme,P1,2026-01-07,2026-01-07,20.00,Payment",
        "C1,Acme,M1,2026-01-08,2026-02-08,-5.00,Miscellaneous",
    )
    assert desk.rows(*lines, header=header).questions == ()
    assert dict(desk.select("select number, open_amount from items")) == {  # type: ignore[arg-type]  # pairs
        "F1": 10000,
        "A1": -3000,
        "P1": -2000,
        "M1": -500,
    }


def test_s3_12_contacts_come_with_their_mail_and_who_gets_the_reminders(desk: Desk) -> None:
    desk.rows("C1,Acme", header="code,name", kind="customers")
    header = "customer_code,name,email,collection"
    desk.rows("C1,Ann,ann@acme.example,1", "C1,Bob,bob@acme.example,0", header=header, kind="contacts")
    found = desk.select("select name, email, collection from contacts order by name")
    assert [tuple(row) for row in found] == [("Ann", "ann@acme.example", 1), ("Bob", "bob@acme.example", 0)]
