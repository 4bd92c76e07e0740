"""What columns of open items are called in languages beyond our fifteen, as far as files come in them: data.

Danish, Norwegian, Finnish, Czech and Slovak, Hungarian, Russian, Greek, Hebrew, Korean, Arabic, Thai, Ukrainian,
Bulgarian, Vietnamese, in this order.
"""

NEIGHBOURS: dict[str, str] = {
    "customer_code": """
        kundenr, kundenummer, kundekode, kunde nr, debitornr, kundekonto, asiakasnumero, asiakasnro, asiakas nro,
        asiakaskoodi, cislo zakaznika, kod zakaznika, cislo odberatele, kod odberatele, cislo odberatela, kod firmy,
        vevokod, vevo kod, ugyfelkod, partnerkod, partner kod, partner kodja, код клиента, код контрагента,
        код покупателя, контрагент код, κωδικος πελατη, κωδ πελατη, מס לקוח, מספר לקוח, קוד לקוח, מפתח לקוח,
        거래처코드, 고객코드, 고객번호, 거래처번호, رقم العميل, كود العميل, رمز العميل, رقم الحساب~75, รหัสลูกค้า,
        รหัสลูกหนี้,
        код на клиент, клиентски номер, ma khach hang, ma kh, ma doi tuong
    """,
    "customer_name": """
        kundenavn, debitornavn, kundens navn, firmanavn, asiakkaan nimi, asiakas~80, asiakasnimi, odberatel~80,
        nazev firmy, jmeno zakaznika, zakaznik~80, nazov firmy, odberatel nazev, vevo neve, vevo~80, ugyfel neve,
        partner neve, partnernev, контрагент~80, клиент~80, покупатель~80, наименование контрагента,
        наименование покупателя, наименование клиента, επωνυμια, επωνυμια πελατη, πελατης~80, ονομα πελατη, שם לקוח,
        לקוח~80,
        거래처명, 고객명, 거래처~80, 회사명, اسم العميل, العميل~80, اسم الشركة, ชื่อลูกค้า, ชื่อลูกหนี้, ลูกค้า~80,
        покупець~80, клієнт~80, име на клиент, ten khach hang, khach hang~80, ten doi tuong
    """,
    "number": """
        bilagsnr~80, bilagsnummer~80, fakturanr, laskun numero, laskunro, lasku nro, laskunumero, lasku~85,
        cislo faktury, cislo dokladu, doklad~80, cislo~75, szamlaszam, szamla szama, szamla sorszama, bizonylatszam,
        sorszam~72, номер документа, номер счета, номер счета фактуры, документ~80, номер накладной, номер~75,
        αρ παραστατικου, αριθμος παραστατικου, παραστατικο~85, αρ τιμολογιου, αριθμος τιμολογιου, חשבונית~85,
        מס חשבונית, מספר חשבונית, אסמכתא~80,
        전표번호, 청구서번호, 송장번호, 계산서번호, 문서번호, رقم الفاتورة, رقم المستند, الفاتورة~85, เลขที่ใบกำกับ,
        เลขที่ใบกำกับภาษี, เลขที่ใบแจ้งหนี้,
        เลขที่เอกสาร, เลขที่~75,
        номер документу, номер рахунку, фактура~85, фактура номер, номер на фактура, so hoa don, so chung tu,
        hoa don~80, документ расчетов~85, номер и дата документа~70
    """,
    "issued_on": """
        fakturadato, bilagsdato~85, dato~80, udstedelsesdato, laskun paiva, laskun pvm, laskupaiva, laskun paivays,
        laskun paivamaara, paivamaara~80, pvm~75, datum vystaveni, vystaveno, datum vystavenia, szamla kelte, kelt~80,
        kiallitas datuma, szamla datuma, kiallitas kelte, дата документа, дата счета, дата накладной, дата~75,
        ημερομηνια~80, ημ εκδοσης, ημερομηνια εκδοσης, ημ παραστατικου, תאריך חשבונית, תאריך~80, תאריך מסמך,
        발행일, 발행일자, 청구일, 작성일자, 전표일자, 일자~80, تاريخ الفاتورة, تاريخ الإصدار, تاريخ المستند,
        التاريخ~80, วันที่ใบกำกับ, วันที่เอกสาร,
        วันที่~80,
        дата документу, дата рахунку, дата на фактура, дата на издаване, ngay hoa don, ngay chung tu, ngay~80,
        ημ νια~80, ημ νια εκδοσης, ημ νια παραστατικου
    """,
    "due_on": """
        forfaldsdato, forfald, forfallsdato, forfall, erapaiva, era pvm, datum splatnosti, splatnost, splatnosti,
        splatne dne, fizetesi hatarido, esedekesseg, hatarido~80, esedekes, срок оплаты, дата оплаты по договору,
        оплатить до, срок платежа, дата погашения, ημ ληξης, ημερομηνια ληξης, ληξη, תאריך לתשלום, תאריך פירעון,
        ת פרעון, תאריך פרעון, לתשלום עד,
        만기일, 만기일자, 지급기일, 결제예정일, 납기일, تاريخ الاستحقاق, الاستحقاق, วันครบกำหนด, วันที่ครบกำหนด,
        กำหนดชำระ,
        термін оплати, строк оплати, дата оплати~70, падеж, дата на падеж, краен срок, han thanh toan, ngay den han,
        den han,
        ημ νια ληξης, ημ ληξεως, 결제일~75
    """,
    "type": """
        bilagsart, bilagstype, laskutyyppi, tyyppi, typ dokladu, druh dokladu, bizonylattipus, tipus, тип документа,
        вид документа, τυπος, ειδος παραστατικου, סוג מסמך, סוג,
        전표유형
    """,
    "reference": """
        viitenumero, viite, variabilni symbol, hivatkozas, megjegyzes~62, назначение~62, αιτιολογια~62, פרטים~62
    """,
    "amount": """
        belob, fakturabelob, belop, fakturabelop, laskun summa, summa~78, maara~75, loppusumma, castka, celkem~85,
        celkova castka, suma celkem, castka celkem, k uhrade celkem, osszeg, brutto osszeg, bruttoosszeg,
        szamla osszege, vegosszeg, сумма, сумма документа, сумма счета, сумма с ндс, всего~75, ποσο, συνολο~80, αξια~80,
        συνολικη αξια, סכום, סכום כולל, סהכ~85, סכום חשבונית,
        금액, 청구금액, 합계금액, 총금액, المبلغ, مبلغ الفاتورة, الإجمالي~85, จำนวนเงิน, ยอดเงิน, ยอดรวม~85, มูลค่า~80,
        сума, сума документа, сума з пдв, обща сума, стойност~78, so tien, tong tien, thanh tien, gia tri~78
    """,
    "open_amount": """
        rest~85, restbelob, restbelop, udestaende, aabent belob, utestaende, avoinna, avoin, avoin saldo, avoin summa,
        avoinna oleva, maksamatta, k likvidaci, zbyva uhradit, zbyva, neuhrazeno, k uhrade~85, zostava uhradit,
        nyitott osszeg, kiegyenlitetlen, nyitott, hatralek, tartozas~80, egyenleg~80, fizetendo~75, остаток долга,
        остаток, долг~85,
        задолженность, сумма долга, не оплачено, υπολοιπο, ανεξοφλητο, ανοιχτο υπολοιπο, יתרה, יתרה לתשלום,
        יתרה פתוחה,
        미수금, 미수금잔액, 잔액, 미수잔액, الرصيد, المتبقي, المبلغ المتبقي, الرصيد المستحق, ยอดคงเหลือ, คงเหลือ,
        ยอดค้างชำระ,
        залишок, залишок боргу, борг~85, заборгованість, остатък, неплатено, дължима сума, con lai, con phai thu,
        so du~85, con no
    """,
    "debit": "soll, debet, ma dati, tartozik, дебет, χρεωση, חובה",
    "credit": "kredit, dal, kovetel, кредит, πιστωση, זכות",
    "currency": "valuutta, mena, penznem, deviza, devizanem, валюта, νομισμα, מטבע, 통화, 화폐, العملة, สกุลเงิน",
}
