"""Letters to print: every supplied language, and senders whose envelopes differ."""

from datetime import date

import msgspec

from relance.adapters.supplied.files import SuppliedFiles
from relance.core.collection.composing import Company, Mailbox
from relance.core.collection.samples import sample_content
from relance.ports.render import LetterDraft

NOTICES = {one.language: one for one in SuppliedFiles().templates() if one.code == "formal-notice"}
LANGUAGES = tuple(NOTICES)
_SENDERS = (
    Company(name="Müller Werkzeugbau GmbH", country="DE", street="Lindenstraße 7", zip="50674", city="Köln"),
    Company(name="Maison Dupré SARL", country="FR", street="18 rue des Fleurs", zip="69002", city="Lyon"),
    Company(name="山田製作所株式会社", country="JP", street="千代田区丸の内1-2-3", zip="100-0005", city="東京都"),
    Company(name="Seller & Sons Inc", country="US", street="12 High Street", zip="10001", city="New York"),
)
_ADDRESSES = (
    (("Établissements Lefèvre & Fils", "27 bis avenue du Général-de-Gaulle", "33000 Bordeaux", "FR"), "FR"),
    (("Bäckerei Groß & Söhne KG", "Straße des 17. Juni 135", "10623 Berlin", "DE"), "DE"),
    (("株式会社鈴木商店 御中", "大阪市北区梅田2-4-9", "530-0001 大阪府", "JP"), "JP"),
    (("北京华联商业有限公司", "建国门外大街1号", "100004 北京", "CN"), "CN"),
    (("Łódź Śruby & Ćwieki sp. z o.o.", "ul. Piotrkowska 104", "90-926 Łódź", "PL"), "PL"),
    (("İğdır Çelik A.Ş.", "Atatürk Bulvarı 5", "76000 Iğdır", "TR"), "TR"),  # noqa: RUF001 - it is Turkish
)


def draft(number: int, language: str = "en", *, code: str = "", lines: int = 3) -> LetterDraft:
    """The letter of this number; `lines` is how many items it lists."""
    sender = _SENDERS[number % len(_SENDERS)]
    sender = msgspec.structs.replace(sender, iban="DE02120300000000202051", bic="BYLADEM1001", penalty_rate="9.5")
    address, country = _ADDRESSES[number % len(_ADDRESSES)]
    sample = sample_content(sender, Mailbox("Ann Collector", "ann@seller.example"), "EUR", date(2026, 11, 22))
    content = msgspec.structs.replace(
        sample,
        customer_code=code or f"C-{100_000 + 7 * number}",
        customer_name=address[0],
        lines=(sample.lines * lines)[:lines],
    )
    return LetterDraft(
        template=NOTICES[language], content=content, reference=f"{number}.1", address=address, country=country
    )
