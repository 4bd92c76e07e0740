"""Exports as programs of fifteen languages write them, made up: headers, days, amounts, and what the rows mean."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple


class Export(NamedTuple):
    """One layout. `header` is in the order customer code, name, number, issued, due, amount, open, type, days late."""

    language: str
    header: str
    day: str
    decimal: str
    group: str
    invoice: str
    credit: str


EXPORTS = [
    Export(
        "en",
        "Account No.,Customer Name,Invoice No.,Invoice Date,Due Date,Amount (incl. tax),Balance Due,Type,Days Overdue",
        "%d-%b-%Y",
        ".",
        ",",
        "Invoice",
        "Credit Memo",
    ),
    Export(
        "fr",
        "Code client,Raison sociale,N° pièce,Date pièce,Éch.,Mt TTC,Reste dû,Nature,Jours de retard",
        "%d/%m/%Y",
        ",",
        " ",
        "Facture",
        "Avoir",
    ),
    Export(
        "de",
        "Debitor,Name 1,Belegnr.,Belegdatum,Nettofälligkeit,Betrag,Offener Betrag,Belegart,Tage überfällig",
        "%d.%m.%Y",
        ",",
        ".",
        "Rechnung",
        "Gutschrift",
    ),
    Export(
        "es",
        "Cód. cliente,Razón social,Nº factura,Fecha emisión,Vencimiento,"
        "Importe,Saldo pendiente,Tipo documento,Días vencidos",
        "%d/%m/%Y",
        ",",
        ".",
        "Factura",
        "Nota de crédito",
    ),
    Export(
        "it",
        "Codice cliente,Ragione sociale,N. fattura,Data documento,Scadenza,"
        "Totale documento,Residuo,Tipo doc.,Giorni di ritardo",
        "%d/%m/%Y",
        ",",
        ".",
        "Fattura",
        "Nota di credito",
    ),
    Export(
        "pt",
        "Código do cliente,Nome do cliente,N.º documento,Data emissão,Data de vencimento,"
        "Total com IVA,Valor pendente,Tipo de documento,Dias atraso",
        "%d-%m-%Y",
        ",",
        " ",
        "Fatura",
        "Nota de crédito",
    ),
    Export(
        "pt-BR",
        "E1_CLIENTE,E1_NOMCLI,E1_NUM,E1_EMISSAO,E1_VENCTO,E1_VALOR,E1_SALDO,E1_TIPO,Atraso",
        "%Y%m%d",
        ",",
        ".",
        "NF",
        "NCC",
    ),
    Export(
        "nl",
        "Debiteurnr.,Naam debiteur,Factuurnummer,Factuurdatum,Vervaldatum,"
        "Factuurbedrag,Openstaand bedrag,Soort,Dagen te laat",
        "%d-%m-%Y",
        ",",
        ".",
        "Factuur",
        "Creditnota",
    ),
    Export(
        "pl",
        "Kod kontrahenta,Nazwa kontrahenta,Nr faktury,Data wystawienia,Termin płatności,"
        "Kwota brutto,Do zapłaty,Typ dokumentu,Dni po terminie",
        "%Y-%m-%d",
        ",",
        " ",
        "Faktura VAT",
        "Faktura korygująca",
    ),
    Export(
        "ro",
        "Cod client,Denumire client,Nr. factură,Data facturii,Scadență,"
        "Valoare cu TVA,Rest de plată,Tip document,Zile întârziere",
        "%d.%m.%Y",
        ",",
        ".",
        "Factură fiscală",
        "Storno",
    ),
    Export(
        "sv",
        "Kundnr,Kundnamn,Fakturanr,Fakturadatum,Förfallodatum,Belopp,Restbelopp,Typ,Dagar försenad",
        "%Y-%m-%d",
        ",",
        " ",
        "Faktura",
        "Kreditfaktura",
    ),
    Export(
        "hr",
        "Šifra kupca,Naziv kupca,Broj računa,Datum računa,Dospijeće,Iznos,Otvoreno,Vrsta dokumenta,Dana kašnjenja",
        "%d.%m.%Y.",
        ",",
        ".",
        "Račun",
        "Odobrenje",
    ),
    Export(
        "tr",
        "Cari Kodu,Cari Ünvan\u0131,Fatura No,Fatura Tarihi,Vade Tarihi,Fatura Tutar\u0131,Kalan Tutar,"
        "Belge Türü,Gecikme Günü",
        "%d.%m.%Y",
        ",",
        ".",
        "Sat\u0131\u015f Faturas\u0131",
        "\u0130ade Faturas\u0131",
    ),
    Export(
        "zh-Hans",
        "客户编号,客户名称,发票号码,开票日期,到期日,含税金额,未收金额,单据类型,逾期天数",
        "%Y年%m月%d日",
        ".",
        ",",
        "销售发票",
        "红字发票",
    ),
    Export(
        "ja",
        "得意先コード,得意先名,請求書番号,請求日,支払期日,請求金額,残高,伝票区分,遅延日数",
        "%Y/%m/%d",
        ".",
        ",",
        "請求書",
        "返品",
    ),
]
FIELDS = ("customer_code", "customer_name", "number", "issued_on", "due_on", "amount", "open_amount", "type")


def rows_of(export: Export) -> list[list[str]]:
    """Forty items of seven customers: days past the twelfth, thousands, a part payment, a credit note."""
    rows = []
    for place in range(1, 41):
        issued, due = date(2026, 1 + place % 3, 1 + place % 28), date(2026, 4, 1 + place % 30)
        amount = Decimal(place * 137) + Decimal("0.45")
        credit = place % 10 == 0
        opened = amount / 2 if place % 7 == 0 else amount
        rows.append(
            [
                f"{40100 + place % 7:06}",
                f"Firma {'ABCDEFG'[place % 7]} & Co",
                f"RE-{2026000 + place}",
                issued.strftime(export.day),
                due.strftime(export.day),
                written(-amount if credit else amount, export),
                written(-opened if credit else opened, export),
                export.credit if credit else export.invoice,
                str(place),
            ]
        )
    return rows


def written(amount: Decimal, export: Export) -> str:
    """The amount as the program writes it, with two decimals and its thousands apart."""
    text = f"{amount:,.2f}"
    return text.replace(",", "\0").replace(".", export.decimal).replace("\0", export.group)
