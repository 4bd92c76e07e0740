"""What a rejected cell is told: the public code in words, and what to do."""

WORDS = {
    "missing-value": "{field} is empty; fill it in the file",
    "bad-date": "{field} is no date; dates are read as {date} (--option date=PATTERN says another)",
    "far-date": "{field} {value} is implausibly far away: years from 1900 to 2099 are read; correct it in the file, or "
    "say with --option date=PATTERN how its dates are written",
    "bad-amount": "{field} is no amount; decimals follow {decimal!r} (--option decimal=MARK says another)",
    "bad-currency": "{field}: {value} is no currency of ISO 4217; write a code such as EUR",
    "bad-country": "{field} is no country: two letters of ISO 3166, such as FR",
    "bad-language": "{field} is no language: two letters, such as fr",
    "bad-flag": "{field} must be 1 or 0",
    "bad-terms": "{field} are no terms: write days, such as 30, or 30 eom for the end of the month",
    "unknown-type": "{field} is no item type; --option type.{value}=invoice (or another type) says what it means",
    "unknown-sign": "{field} is neither debit nor credit: S or H, D or C, debit or credit",
    "no-terms": "there is no due date, and no terms are known for this customer; import them with the customers",
    "unknown-entity": "{field} is the code of no entity of this tenant",
    "unknown-payment-method": "{field} is none of transfer, direct-debit, draft, card, cheque",
    "unknown-step": "{field} is the code of no step of a scenario",
    "unknown-collector": "{field} is the email or name of no user of this tenant",
    "unknown-scenario": "{field} is the code of no scenario of this tenant",
    "unknown-contact-role": "{field} is none of accounting, purchasing, sales, logistics, legal, management",
    "unknown-role": "{field} is none of administrator, manager, collector, colleague, viewer",
    "bad-email": "{field} is no email address",
    "unknown-customer": "{field} is the code of no customer; import the customer first",
    "duplicate-identity": "the same item as line {other}; only that line was read",
    "money-out": "{field} is negative: money that went out of the account is no payment of a customer",
    "cell-in-error": "{field} is {value}: a formula that failed or was never calculated; open the workbook, correct "
    "it, let it calculate, and save it",
    "digits-lost": "{field} is {value}: a spreadsheet has shortened the number; export the list again and do not save "
    "it from a spreadsheet, or format the column as text before",
    "value-too-long": "{field} is longer than 2,000 characters",
}


def words_for(code: str, **values: object) -> str:
    """The sentence of a code."""
    return WORDS[code].format(**values)
