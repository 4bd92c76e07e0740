"""An invented account to try a text on where no customer is chosen."""

from datetime import date, timedelta

from relance.core.collection.composing import Company, Content, Line, Mailbox


def sample_content(company: Company, collector: Mailbox, currency: str, today: date) -> Content:
    """Two overdue invoices, a credit note and one invoice that falls due later."""
    first = _line("invoice", "F-1042", 124_800, 32, currency, today)
    second = _line("invoice", "F-1077", 56_025, 12, currency, today)
    credit = _line("credit-note", "A-0031", -10_000, 12, currency, today)
    return Content(
        company=company,
        customer_code="C10077",
        customer_name="Example Trading",
        contact_name="Kim Example",
        collector_name=collector.name or company.name,
        collector_email=collector.email,
        lines=(first, second, credit),
        overdue=(first, second),
        not_due=(_line("invoice", "F-1103", 30_000, -14, currency, today),),
        amounts={currency: 170_825},
        today=today,
    )


def _line(kind: str, number: str, amount: int, late: int, currency: str, today: date) -> Line:
    due_on = today - timedelta(days=late)
    return Line(
        type=kind,
        number=number,
        issued_on=due_on - timedelta(days=30),
        due_on=due_on,
        days_late=max(late, 0) if amount > 0 else 0,
        open_amount=amount,
        currency=currency,
    )
