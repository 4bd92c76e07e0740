"""Pictures of supplied messages for docs/renderings: `python -m tests.browser.renderings [folder]`."""

import sys
from datetime import date
from pathlib import Path

from relance.adapters.render.renderer import JinjaRenderer
from relance.adapters.supplied.files import SuppliedFiles
from relance.core.collection.composing import Company, Content, Line
from tests.browser.chromium import ARGS, MISSING, chromium_path

FOLDER = Path(__file__).parents[2] / "docs" / "renderings"
SHOTS = (
    ("fr-formal-notice-light", "fr", "formal-notice", 680, "light"),
    ("fr-formal-notice-dark", "fr", "formal-notice", 680, "dark"),
    ("fr-formal-notice-phone", "fr", "formal-notice", 360, "light"),
    ("de-first-reminder-light", "de", "first-reminder", 680, "light"),
    ("de-second-reminder-light", "de", "second-reminder", 680, "light"),
    ("de-second-reminder-phone", "de", "second-reminder", 360, "dark"),
    ("ja-first-reminder-light", "ja", "first-reminder", 680, "light"),
    ("ja-second-reminder-light", "ja", "second-reminder", 680, "light"),
    ("ja-second-reminder-phone", "ja", "second-reminder", 360, "dark"),
)
PRINTED = {"fr-formal-notice-light", "de-second-reminder-light", "ja-second-reminder-light"}
"""Also as a PDF, as a person prints a letter from the page."""
TODAY = date(2026, 11, 20)
PEOPLE = {
    "fr": (("Ateliers Vernier SAS", "FR", "12 rue des Forges", "69007", "Lyon"), "Transports Delaunay", "Lucie Brandt"),
    "de": (("Vernier Werkzeugbau GmbH", "DE", "Lindenstr. 8", "50674", "Köln"), "Kessler Anlagenbau", "Jens Albrecht"),
    "ja": (("ヴェルニエ工業株式会社", "JP", "千代田区丸の内1-1", "100-0005", "東京都"), "青葉商事株式会社", "佐藤 恵"),
}
CONTACTS = {"fr": "Claire Delaunay", "de": "Herr Kessler", "ja": "田中 健一"}
CURRENCIES = {"fr": ("EUR", 1), "de": ("EUR", 1), "ja": ("JPY", 1)}
IBANS = {"fr": ("FR76 3000 6000 0112 3456 7890 189", "12.15"), "de": ("DE89 3704 0044 0532 0130 00", "9.27")}


def content_for(language: str) -> Content:
    """An invented account: three invoices and a credit note."""
    place, customer, collector = PEOPLE[language]
    name, country, street, code, city = place
    iban, rate = IBANS.get(language, ("", "3.0"))
    currency, _ = CURRENCIES[language]
    lines = (
        _line("invoice", "26-0713", 1_248_000, date(2026, 10, 7), currency),
        _line("invoice", "26-0744", 536_025, date(2026, 10, 16), currency),
        _line("invoice", "26-0768", 400_000, date(2026, 11, 6), currency),
        _line("credit-note", "A-0031", -37_545, date(2026, 10, 12), currency),
    )
    company = Company(
        name=name, country=country, street=street, zip=code, city=city, iban=iban, bic="", penalty_rate=rate
    )
    return Content(
        company=company,
        customer_code="C10077",
        customer_name=customer,
        contact_name=CONTACTS[language],
        collector_name=collector,
        collector_email="",
        lines=lines,
        also_due=(_line("invoice", "26-0791", 96_000, date(2026, 11, 14), currency),),
        amounts={currency: sum(line.open_amount for line in lines)},
        today=TODAY,
    )


def main(folder: Path = FOLDER) -> None:
    """Render each message and photograph it."""
    from playwright.sync_api import sync_playwright

    path = chromium_path()
    if path is None:
        raise SystemExit(MISSING)
    texts = {(one.language, one.code): one for one in SuppliedFiles().templates()}
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=path, args=ARGS)
        for name, language, code, width, scheme in SHOTS:
            page = browser.new_page(viewport={"width": width, "height": 600}, color_scheme=scheme)  # type: ignore[arg-type]  # one of the two
            page.set_content(JinjaRenderer().render(texts[language, code], content_for(language)).html)
            page.screenshot(path=folder / f"{name}.png", full_page=True)
            if name in PRINTED:
                page.pdf(
                    path=folder / f"{name.removesuffix('-light')}.pdf",
                    format="A4",
                    print_background=True,
                    prefer_css_page_size=True,
                )
            page.close()
        browser.close()


def _line(kind: str, number: str, amount: int, due_on: date, currency: str) -> Line:
    late = (TODAY - due_on).days if amount > 0 else 0
    issued_on = date(due_on.year, due_on.month - 1, due_on.day)
    return Line(
        type=kind,
        number=number,
        issued_on=issued_on,
        due_on=due_on,
        days_late=late,
        open_amount=amount,
        currency=currency,
    )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
