"""What files call the types of items, and the sides of an account, in fifteen languages and in programs' codes."""

from relance.core.intake.header_words import words_of

_TYPES = {
    "credit-note": """
        credit note, credit memo, credit, creditnote, cn, cm, avoir, av, note de credit, gutschrift, gs,
        stornorechnung, abono, nota de credito, nc, factura rectificativa, rectificativa, nota di credito,
        nota credito, ndc, creditnota, credit nota, cf, faktura korygujaca, korekta, nota de credit,
        factura storno, storno, kreditfaktura, kreditnota, odobrenje, knjizno odobrenje, iade, iade faturasi,
        alacak dekontu, 红字发票, 贷项, 贷项通知单, 红字, クレジットノート, 返品, 赤伝, 値引, dg, kg, re credit,
        fks, faktura korygujaca sprzedazy, facture d avoir, avoir client, sc, sales credit,
        out refund, accreccredit, arccredit, ncc, ncf, avo, gu, rm
    """,
    "payment": """
        payment, pmt, receipt, cash receipt, customer payment, paiement, reglement, rglt, encaissement, zahlung,
        zahlungseingang, pago, cobro, recibo, pagamento, incasso, recebimento, betaling, ontvangst, wplata,
        zaplata, platnosc, plata, incasare, chitanta, betalning, inbetalning, uplata, placanje, odeme, tahsilat,
        付款, 收款, 入金, 支払, dz, zp, ra, reglement client, sa, sales receipt, rc,
        innbetaling, indbetaling, betaling, maksu, suoritus, uhrada, platba, kifizetes, befizetes, оплата,
        платеж, πληρωμη, 收款单, 付款单
    """,
    "draft": """
        draft, bill of exchange, boe, promissory note, traite, lcr, effet, effet de commerce, wechsel, letra,
        pagare, cambiale, tratta, riba, letra de cambio, wissel, weksel, bilet la ordin, vaxel, mjenica, senet,
        cek senet, 汇票, 手形
    """,
    "down-payment-request": """
        down payment request, prepayment request, advance request, demande d acompte, anzahlungsanforderung,
        solicitud de anticipo, richiesta di acconto, 预付款申请, 前受金請求
    """,
    "miscellaneous": """
        miscellaneous, misc, od, operations diverses, journal, journal entry, opening balance, sonstige, ab, 其他,
        その他, adjustment
    """,
    "invoice": """
        invoice, inv, tax invoice, sales invoice, bill, facture, fac, fact, fa, ft, rechnung, re, rg,
        ausgangsrechnung, factura, fra, fattura, fatt, td01, fatura, nota fiscal, nf, nfe, duplicata, dp, titulo,
        factuur, faktura, faktura vat, faktura sprzedazy, fv, fs, faktura rzeczywista, factura fiscala,
        kundfaktura, racun, ra cun, satis faturasi, fatura satis, 发票, 销售发票, 增值税发票, 請求書, 売上, 請求,
        売掛, rv, dr, fc, facture client, si, out invoice, accrec, debit note, note de debit, in, ri,
        belastung, nota de debito
    """,
}
_CREDIT = "credit-note"
_SIDES = {
    1: "1 s d b dr debit soll debe dare borc wn dt debito debet duguje + 借 借方",
    -1: "-1 h c a k p cr credit haben haber avere alacak ma kt ct credito kredit potrazuje - 贷 貸 贷方 貸方",
}


def _catalogued() -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, words in _TYPES.items():
        for word in words.split(","):
            found.setdefault("".join(words_of(word.strip())), kind)
    return found


_BY_WORD = _catalogued()
_LONG = [word for word in _BY_WORD if len(word) >= (5 if word.isascii() else 2)]
_LONGEST_FIRST = sorted(
    _LONG, key=lambda word: (not word.isascii() and _BY_WORD[word] == _CREDIT, len(word)), reverse=True
)
"""What takes an invoice back in Chinese and Japanese comes before the invoice that stands in the same word."""
SIDES = {word: side for side, words in _SIDES.items() for word in words.split()}
"""Debit is 1, credit is -1."""


def type_of(word: str) -> str | None:
    """Our type for the file's word: the whole word, else the longest known word in it; None is a question."""
    plain = "".join(words_of(word))
    if plain in _BY_WORD:
        return _BY_WORD[plain]
    parts = words_of(word)
    return next((_BY_WORD[known] for known in _LONGEST_FIRST if known in parts or _spans(known, parts)), None)


def side_of(word: str) -> int | None:
    """1 for the debit side, -1 for the credit side, None for neither."""
    bare = word.strip().casefold()
    return SIDES.get(bare) or SIDES.get("".join(words_of(word)))


def _spans(known: str, parts: tuple[str, ...]) -> bool:
    """Whether the known word is several neighbouring words of these, or stands in a word without blanks."""
    joined = "".join(parts)
    if not known.isascii():
        return known in joined
    pairs = ["".join(parts[start : start + size]) for size in (2, 3) for start in range(len(parts) - size + 1)]
    return known in pairs
