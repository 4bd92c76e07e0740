"""What people call the criteria of a search, grouped as they look for them."""

from relance.core.customers.criteria import CUSTOM, ITEM_CUSTOM
from relance.http.i18n.speech import gettext, marked

Labels = dict[str, str]
GROUPS: tuple[tuple[str, Labels], ...] = (
    (
        marked("Who looks after it"),
        {
            "collector": marked("Collector"),
            "colleague": marked("Colleague"),
            "group": marked("Group"),
            "scenario": marked("Scenario"),
        },
    ),
    (
        marked("What is owed"),
        {
            "overdue": marked("Overdue"),
            "balance": marked("Balance"),
            "days-overdue": marked("Days overdue"),
            "oldest-due": marked("Oldest due"),
            "open-items": marked("Open items"),
            "not-due": marked("Not due"),
            "days-1-30": marked("1 to 30 days late"),
            "days-31-60": marked("31 to 60 days late"),
            "days-61-90": marked("61 to 90 days late"),
            "over-90": marked("Over 90 days late"),
            "credits": marked("Credits"),
            "promised": marked("Promised"),
            "disputed": marked("In dispute"),
            "credit-limit": marked("Credit limit"),
            "limit-use": marked("Percent of the credit limit"),
            "order-backlog": marked("Order backlog"),
        },
    ),
    (
        marked("What was done"),
        {
            "last-contact": marked("Last contact"),
            "last-action": marked("Last action"),
            "paused-until": marked("Paused until"),
            "collection-stop": marked("Collection stopped"),
            "penalties": marked("Late penalties"),
            "broken-promise": marked("Broken promise"),
            "collected-on": marked("Collected on the account"),
            "blocked": marked("Orders blocked"),
            "contact": marked("Contact"),
            "collection-contact": marked("Collection contact"),
        },
    ),
    (
        marked("The customer"),
        {
            "code": marked("Code"),
            "entity": marked("Entity"),
            "name": marked("Name"),
            "country": marked("Country"),
            "language": marked("Language"),
            "currency": marked("Currency"),
            "city": marked("City"),
            "zip": marked("Postcode"),
            "street": marked("Street"),
            "state": marked("State or region"),
            "phone": marked("Phone"),
            "email": marked("Email"),
            "url": marked("Web site"),
            "legal-id": marked("Company number"),
            "vat-number": marked("VAT number"),
            "terms": marked("Payment terms"),
            "payment-method": marked("Payment method"),
            "comment": marked("Comment"),
            "created": marked("Customer since"),
        },
    ),
    (
        marked("An open item"),
        {
            "item.number": marked("Item number"),
            "item.type": marked("Item type"),
            "item.status": marked("Item on hold"),
            "item.due": marked("Item due"),
            "item.issued": marked("Item issued"),
            "item.open": marked("Item's open amount"),
            "item.amount": marked("Item's original amount"),
            "item.days-overdue": marked("Item's days overdue"),
            "item.step": marked("Item's last step"),
            "item.currency": marked("Item's currency"),
            "item.order-number": marked("Item's order"),
            "item.reference": marked("Item's reference"),
            "item.payment-method": marked("Item's payment method"),
            "item.source": marked("Item's source"),
            "item.unique-key": marked("Item's unique key"),
            "item.held-until": marked("Item held until"),
            "item.settled": marked("Item settled"),
            "item.paid": marked("Item paid"),
        },
    ),
)
LABELS: Labels = {name: label for _, labels in GROUPS for name, label in labels.items()}


def criterion_words(name: str) -> str:
    """The criterion's name on screen; a field of the tenant's own is called as they call it."""
    if name in LABELS:
        return gettext(LABELS[name])
    return name.removeprefix(ITEM_CUSTOM).removeprefix(CUSTOM)
