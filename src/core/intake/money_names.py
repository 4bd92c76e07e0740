"""What the columns of amounts are called, and which columns are never imported, in fifteen languages: data."""

MONEY: dict[str, str] = {
    "amount": """
        amount, total amount, invoice amount, original amount, gross amount, amount incl tax, amount including tax,
        amount inc tax, total incl tax, gross, total~88, invoice total, document amount,
        amount in local currency~85, amount in doc currency, value~78, original value~85, grand total, inv amount,
        amt, amount incl vat, original amt, billed amount, face value, amount gross, montant ttc, mt ttc,
        total ttc, ttc, montant, montant facture, montant initial, mt initial, montant total, mnt ttc,
        montant origine, somme~75, betrag, bruttobetrag, brutto, rechnungsbetrag, gesamtbetrag, betrag brutto,
        rechnungsbetrag brutto, betrag hw~85, umsatz~78, summe~78, ursprungsbetrag, betrag in hauswahrung~85,
        betr in hw~85, betr hauswahrung~85, betr in bw~80, amt in loc cur~85, amount lc~85, amount ccc~85,
        amount in company code currency~85,
        gesamtsumme, endbetrag, importe, importe total, total factura, importe factura, importe bruto, monto,
        monto total, importe original, total con iva, valor~78, importo, importo totale, totale, totale fattura,
        importo lordo, totale documento, importo fattura, totale ivato, importo originale, valor, valor original,
        valor do titulo, valor total, valor titulo, vlr titulo, valor bruto, valor documento, total com iva,
        montante, valor da fatura, valor nominal, importancia, bedrag, factuurbedrag, bedrag incl btw,
        totaalbedrag, bedrag incl, totaal~85, brutobedrag, oorspronkelijk bedrag, totaal incl btw, kwota,
        kwota brutto, wartosc brutto, kwota faktury, wartosc~78, kwota dokumentu, razem brutto, valoare,
        valoare totala, suma, valoare cu tva, suma totala, valoare factura, total cu tva, belopp, totalbelopp,
        totalt~85,
        fakturabelopp, bruttobelopp, belopp inkl moms, summa, att betala~72, total inkl moms, iznos, ukupan iznos,
        iznos racuna, ukupno, iznos s pdv om, bruto iznos, iznos fakture, ukupno s pdv om, tutar, fatura tutari,
        toplam tutar, toplam, genel toplam, kdv dahil tutar, brut tutar, kdv dahil toplam, 金额, 发票金额,
        含税金额, 总金额, 价税合计, 应收金额, 原币金额, 票面金额, 金額, 請求金額, 税込金額, 請求額, 合計金額,
        合計~85, 税込請求額, 売掛金額, 総額, dmbtr~85, wrbtr, e1_valor, doctotal, amount total,
        amount_total_signed~85, total signed, total in currency signed,
        item amount initial inc tax, total amount due currency~70, amount due original, amount in transaction currency,
        amount in currency~88, amount currency~85, entered amount~80, transaction amount, original amount due,
        importo rata, inv amount, amt in loc cur~85, kwota dokumentu, kwota naleznosci
    """,
    "open_amount": """
        open amount, open balance, balance, outstanding, outstanding amount, amount due, balance due,
        remaining amount, remaining, amount outstanding, open, unpaid amount, unpaid, residual amount,
        amount remaining, amount residual, outstanding balance, remaining balance, total open amount, amount open,
        unpaid balance, due amount, open value, still open, residual, current balance~80, amount unpaid, solde,
        solde du, reste du, reste a payer, montant restant, montant du, restant du, reste a regler, solde restant,
        montant ouvert, solde ouvert, mt restant, offener betrag, offen, restbetrag, saldo, offener posten~75,
        offene summe, op betrag, noch offen, betrag offen, restsumme, offener saldo, saldo pendiente,
        importe pendiente, pendiente, pendiente de pago, saldo deudor, monto pendiente, resta por pagar,
        pendiente cobro, residuo, importo residuo, importo aperto, da saldare, da incassare, saldo aperto,
        residuo da pagare, importo scoperto, saldo em aberto, valor em aberto, em aberto, saldo devedor,
        saldo a receber, valor pendente, por regularizar, valor aberto, saldo do titulo, por liquidar, openstaand,
        openstaand bedrag, openstaand saldo, te ontvangen, restbedrag, nog te betalen, open bedrag,
        kwota do zaplaty, do zaplaty, pozostalo do zaplaty, pozostalo, kwota pozostala, naleznosc~75,
        kwota nierozliczona, nierozliczone, sold, rest de plata, sold ramas, rest de incasat, suma ramasa,
        neachitat, rest plata, sold restant, restbelopp, aterstaende belopp, kvar att betala, obetalt, utestaende,
        utestaende belopp, kvarvarande belopp, otvoreno, preostali iznos, preostalo, otvoreni iznos, neplaceno,
        za platiti, otvoreni saldo, nepodmireno, kalan, kalan tutar, bakiye, acik tutar, kalan bakiye,
        odenmemis tutar, acik bakiye, 余额, 未付金额, 未收金额, 欠款金额, 未结金额, 应收余额, 未清金额, 欠款,
        未收余额, 剩余金额, 残高, 未入金額, 未収金額, 請求残高, 売掛残高, 未回収額, 残金, 未収残高, 未消込額,
        e1_saldo, amount residual signed~85, amount due signed, invoice amount due,
        item amount remaining inc tax, openbal, curtrxam,
        remaining amt lcy~85, amount due remaining, balance in transaction currency, balance in currency~85,
        pending amount, pending, pozostaje, pozostaje do zaplaty, do rozliczenia, balance amount, open amt,
        amount remaining to pay, saldo dokumentu, reste du ttc, montant du signe, montant du ttc
    """,
    "debit": """
        debit, debit amount, dr~80, debits, amount debit, montant debit, mt debit, soll, sollbetrag, betrag soll,
        umsatz soll, debe, importe debe, cargo~75, dare, importo dare, addebito~75, debito, valor debito, debet,
        debetbedrag, wn, winien, obroty wn, kwota wn, suma debit, debetbelopp, duguje, dugovni iznos, borc,
        borc tutari, 借方, 借方金额, 借方金額
    """,
    "credit": """
        credit, credit amount, cr~80, credits, amount credit, montant credit, mt credit, haben, habenbetrag,
        betrag haben, umsatz haben, haber, importe haber, abono~75, avere, importo avere, accredito~75, credito,
        valor credito, creditbedrag, ma, kwota ma, obroty ma, suma credit, kredit, kreditbelopp, potrazuje,
        potrazni iznos, alacak, alacak tutari, 贷方, 贷方金额, 貸方, 貸方金額
    """,
    "sign": """
        debit credit, dc, d c, dr cr, debit credit indicator, debit credit ind, credit debit indicator, sign,
        dc indicator, sens, sens ecriture, soll haben kennzeichen, soll haben, s h, sh, soll haben kz,
        sh kennzeichen, s h kennzeichen, debe haber, d h, dare avere, segno, d a, debito credito, natureza~75,
        sinal, debet credit, dc code, strona wn ma, wn ma, strona, sens debit credit, debet kredit,
        duguje potrazuje, borc alacak, b a, 借贷, 借贷方向, 方向, 借贷标志, 貸借, 貸借区分, shkzg
    """,
    "currency": """
        currency, currency code, ccy, cur, curr, invoice currency, document currency, doc currency, iso currency,
        crncy, devise, code devise, monnaie, idevise, wahrung, waehrung, whg, wkz, wahrungscode,
        wahrungskennzeichen, wkz umsatz, belegwahrung, moneda, divisa, codigo moneda, codigo divisa, valuta,
        codice valuta, moeda, codigo moeda, valutacode, munt~70, waluta, kod waluty, cod moneda, valutakod,
        sifra valute, oznaka valute, para birimi, doviz, doviz kodu, doviz cinsi, pb~70, 币种, 货币, 币别,
        货币代码, 通貨, 通貨コード, 貨幣, waers, e1_moeda~70, doccur, currency id, item currency, curncyid,
        cur cod, curr cod,
        whrg, lcurr, curr key, hwahr, transaction currency, entered currency
    """,
}

DERIVED = """
    aging bucket, ageing bucket, bucket, aging, ageing, age bucket, age, days overdue, days past due, overdue days,
    days late, days outstanding, past due days, days due, overdue, past due, current, predicted, prediction,
    forecast, expected payment, probability, score, risk, confidence, jours de retard, retard, nb jours retard,
    anciennete, tranche, tranche d age, balance agee, echu, non echu, jours, tage uberfallig, uberfallig,
    verzugstage, tage verzug, mahnstufe, altersstruktur, tage uber, dias de atraso, dias atraso, dias vencido,
    dias vencidos, antiguedad, dias de retraso, tramo, dias vencer, dias, prorrogados, atraso, dias a vencer,
    giorni di ritardo, giorni ritardo, giorni scaduto, scaduto, fascia, dagen te laat, dagen vervallen, dagen open,
    ouderdom, vervallen, dni po terminie, dni opoznienia, przeterminowane, opoznienie, wiekowanie, zile intarziere,
    zile restante, intarziere, vechime, dagar forsenad, forfallna dagar, dagar sen, forfallet, dana kasnjenja,
    kasnjenje, starost duga, gecikme, gecikme gunu, gecikme gun, geciken gun, yaslandirma, 逾期天数, 账龄, 逾期,
    预测, 延滞日数, 滞留日数, 年齢, 遅延日数, 予測
"""
"""Columns that a program computes from others, or guesses: they are never imported."""
