"""What the people at a customer's do there: a short closed list, and the words of files that mean each (S1.9)."""

from typing import Literal, get_args

from relance.core.kernel.errors import BadInput

ContactRole = Literal["accounting", "purchasing", "sales", "logistics", "legal", "management"]
CONTACT_ROLES: tuple[ContactRole, ...] = get_args(ContactRole)
_WORDS: dict[ContactRole, str] = {
    "accounting": """
        accounts, accounts payable, finance, treasury, comptabilité, compta, comptable, trésorerie, buchhaltung,
        rechnungswesen, contabilidad, contabilità, contabilidade, administración, amministrazione, boekhouding,
        administratie, księgowość, contabilitate, ekonomi, računovodstvo, muhasebe
    """,
    "purchasing": """
        purchase, purchases, buyer, procurement, achats, acheteur, einkauf, compras, acquisti, inkoop, zakupy,
        achiziții, inköp, nabava
    """,
    "sales": """
        sale, commercial, ventes, commerce, vertrieb, verkauf, ventas, comercial, vendite, commerciale, vendas,
        verkoop, sprzedaż, vânzări, försäljning, prodaja
    """,
    "logistics": """
        logistic, warehouse, delivery, dispatch, logistique, expédition, livraison, logistik, lager, versand,
        logística, almacén, logistica, magazzino, logistiek, logistyka, lojistik, logistika
    """,
    "legal": """
        legal department, lawyer, juridique, contentieux, recht, rechtsabteilung, jurídico, legale, juridisch,
        prawny, juridic, juridik, pravna služba, hukuk
    """,
    "management": """
        director, manager, owner, direction, dirigeant, gérant, geschäftsführung, geschäftsleitung, leitung,
        dirección, gerencia, direzione, direção, directie, zarząd, conducere, ledning, uprava, yönetim
    """,
}
ROLE_OF_WORD: dict[str, ContactRole] = {
    word: role for role in CONTACT_ROLES for word in (role, *(part.strip() for part in _WORDS[role].split(",")))
}
"""Words in small letters to the role that they mean."""


def checked_role(role: str) -> str:
    """The role, or nothing; raises BadInput."""
    if role and role not in CONTACT_ROLES:
        raise BadInput(f"role: one of {', '.join(CONTACT_ROLES)}, not {role!r}")
    return role
