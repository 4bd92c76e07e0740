"""What programs and people call the columns of items and payments, in fifteen languages: data.

Names stand in the order of the catalogue: en, fr, de, es, it, pt and pt-BR, nl, pl, ro, sv, hr, tr, zh-Hans, ja, then
programs' own (SAP, Sage, Navision, QuickBooks, Xero, Odoo, DATEV, Protheus, HighRadius, the feed). A number after `~`
says how well the name tells the field where it is not certain; accents, case and punctuation do not matter.
"""

NAMES: dict[str, str] = {
    "customer_code": """
        customer code, customer number, customer no, customer id, cust no, cust number, cust id, cust code,
        client code, client id, client number, client no, account code, account number, account no, debtor number,
        debtor code, debtor no, debtor account, customer account, bill to customer no, bill to id,
        sold to party~90, payer number~85, payer~70, partner id~85, customer key, account~72, customer~82,
        client~82, debtor~82, acct~72, partner code, code client, n client, no client, num client, numero client,
        compte client, compte tiers, code tiers, n compte~78, tiers~75, compte auxiliaire, compaux num,
        comp aux num, numero de compte~75, client numero, ref client~75, kundennummer, kunden nr, kundennr, kd nr,
        kdnr, debitor, debitornummer, debitoren nr, debitorennummer, debitorenkonto, debitor nr, personenkonto,
        kontonummer~75, konto~70, kunde~82, kundencode, geschaftspartner~75, kunden id, suchschlussel~85,
        codigo cliente, codigo de cliente, cod cliente, n cliente, num cliente, numero de cliente, id cliente,
        cliente~82, cuenta cliente, deudor~80, codigo del cliente, codice cliente, numero cliente, codice conto,
        conto cliente, cliente codice, codice anagrafica, codigo do cliente, cod do cliente, numero do cliente,
        no cliente, sacado~75, codigo entidade, klantnummer, klant nr, klantnr, klantcode, debiteurnummer,
        debiteur nr, debiteurnr, debiteur~82, klant~82, relatiecode, relatienummer, kod klienta, numer klienta,
        nr klienta, kod kontrahenta, numer kontrahenta, nr kontrahenta, kontrahent~80, klient~82, id klienta,
        kod odbiorcy, symbol kontrahenta, cod client, cod partener, numar client, nr client, id client, client cod,
        cont client, kundnummer, kundnr, kund nr, kundkod, kund~82, kund id, sifra kupca, sifra partnera,
        broj kupca, oznaka kupca, kupac~82, sifra klijenta, id kupca, musteri kodu, musteri no, musteri numarasi,
        cari kodu, cari kod, cari hesap kodu, musteri~82, hesap kodu, 客户编号, 客户代码, 客户编码, 客户号,
        客户~82, 往来单位编码, 客户id, 购方编码, 得意先コード, 顧客コード, 顧客番号, 取引先コード, 得意先番号,
        得意先~82, 顧客~82, 取引先~80, 請求先コード, 顧客id, kunnr, cust num, a1_cod, e1_cliente, cardcode,
        sell to customer no, custnmbr, partner ref~80, partner reference, code auxiliaire, a c, a c ref, account ref,
        no de client, code du client, compte auxiliaire client, debiteurcode, kontrahent kod,
        auxiliaire, compte aux, code auxiliaire client, address number~80, a b number~80, cuenta~75, cust~82,
        kd, kunde nr, cuenta contable~70, address book number~80, cari~75
    """,
    "customer_name": """
        customer name, client name, name customer, debtor name, account name, customer full name, company name,
        company~75, bill to name, partner name, customer~80, client~80, debtor~80, partner~78, name~72,
        contact name~70, payer name, business name, bill to~78, sold to name, nom client, nom du client,
        raison sociale, raison sociale client, nom tiers, intitule client, intitule tiers, client nom,
        libelle client, intitule du compte, intitule~75, denomination, societe~70, nom~70,
        comp aux lib, compaux lib, debitorenname, debitoren name,
        kundenname, kunde name, name des kunden, debitorname, debitor name, name debitor, firma~78, firmenname,
        kunde~80, kundenbezeichnung, name 1~72, geschaftspartnername, nombre cliente, nombre del cliente,
        razon social, cliente nombre, nombre~70, cliente~80, denominacion social, ragione sociale, nome cliente,
        denominazione, denominazione cliente, nominativo~75, intestatario, nome do cliente, razao social,
        nome sacado, nome fantasia~70, cliente nome, nome~70, sacado~72, klantnaam, naam klant, debiteurnaam,
        naam debiteur, bedrijfsnaam, klant~80, naam~70, relatienaam, nazwa klienta, nazwa kontrahenta,
        kontrahent~82, klient~80, nazwa odbiorcy, nabywca~80, nazwa nabywcy, nazwa firmy, nume client,
        denumire client, denumire partener, nume partener, partener~78, client denumire, denumire~70, kundnamn,
        kundens namn, kund~80, namn~70, foretag~75, foretagsnamn, naziv kupca, ime kupca, naziv partnera, kupac~80,
        naziv~70, tvrtka~75, musteri adi, musteri unvani, cari adi, cari unvan, cari unvani, unvan~80, musteri~80,
        firma adi, ticari unvan, 客户名称, 客户~80, 单位名称, 公司名称, 购方名称, 往来单位, 客户全称, 得意先名,
        顧客名, 取引先名, 会社名, 請求先名, 得意先~80, 顧客~80, 取引先~80, 得意先名称, 取引先名称, cardname,
        a1_nome, e1_nomcli, invoice partner display name, cust name,
        nom d affichage du partenaire de la facture, nom d affichage du partenaire,
        libelle auxiliaire, libelle compte auxiliaire, party name, party s name, party, alpha name, titulo~66,
        cari hesap unvani, cari hesap adi, hesap adi~75, kontrahent nazwa, bill to customer, customer full name,
        full name~72, business partner name, bp name, nom du compte, beschriftung~75, kontobezeichnung
    """,
    "number": """
        invoice number, invoice no, invoice num, invoice, nr~75, inv no, inv number, invoice id~92, document number,
        document no, doc no, doc number, doc id~93, document id~92, number~85, num~85, no~75, item number,
        reference number~80, transaction number~80, voucher number~85, voucher no~85, bill no, bill number,
        document~80, inv~85, invoice ref~85, reference~65, ref no~75, numero facture, n facture, no facture, dok nr,
        dokument nr, fis no,
        num facture, facture, numero de facture, n piece~86, no piece~86, num piece~86, numero piece~86,
        piece~80, piece ref, ref piece, numero~80, n document, numero document, facture n, reference facture,
        rechnungsnummer, rechnung nr, rechnungsnr, rechnungs nr, re nr, rg nr, belegnummer, beleg nr, belegnr,
        rechnung~85, beleg~80, belegfeld 1, nummer~78, dokumentnummer, opos nummer, op nummer~85,
        numero de factura, numero factura, n factura, num factura, factura, no factura, documento~80,
        numero documento, numero de documento, n documento, num documento, folio~80, numero fattura, n fattura,
        num fattura, fattura~88, num doc, nr fattura, numero doc, titulo, numero do titulo, n titulo,
        numero titulo, numero da fatura, n fatura, fatura~85, nota fiscal, numero nf, nf~80, numero do documento,
        duplicata~85, num titulo, n documento fatura, factuurnummer, factuurnr, factuur nr, factuur~85,
        documentnummer~92, stuknummer~92, boekstuknummer~90, boekstuk~80, numer faktury, nr faktury, numer dokumentu,
        nr dokumentu, faktura~85, dokument~80, sygnatura~88, nr dok, numer~80, numer dowodu, numar factura,
        nr factura, numarul facturii, factura~85, numar document, nr document, nr doc, serie si numar~85,
        fakturanummer, fakturanr, faktura nr, verifikationsnummer~75, fakt nr, ref interne, reference interne,
        n efecto, numero efecto, no efecto, broj racuna, broj fakture,
        br racuna, racun~85, broj dokumenta, oznaka racuna, fatura no, fatura numarasi, belge no, belge numarasi,
        evrak no, fis no~80, fatura nr, 发票号, 发票号码, 发票编号, 单据号, 单据编号, 凭证号~85, 票号, 账单号,
        单号~85, 請求書番号, 請求番号, 伝票番号, 請求no, 請求書no, 証憑番号, 文書番号, 請求書~80, 番号~75, belnr,
        vbeln, xblnr~80, docnum, sopnumbe, e1_num, external document no~75,
        journal entry~85
    """,
    "issued_on": """
        invoice date, issue date, date of issue, document date, doc date, date issued, issued, issued on, inv date,
        bill date, billing date, invoice issue date, date~80, posting date~88, posted~70, transaction date~82,
        txn date~82, voucher date~85, accounting date~75, document create date~74, created date~68, created on~68,
        creation date~68, baseline create date~62, baseline date~64, date facture, date de facture,
        date facturation, date de facturation, date piece, date de piece, piece date, date emission,
        date d emission, emission~85, date document, date comptable~80, date ecriture~78, ecriture date~78,
        rechnungsdatum, rechn datum, re datum, rg datum, belegdatum, beleg datum, ausstellungsdatum, datum~80,
        buchungsdatum~85, rechnung vom, fakturadatum, dokumentdatum, fecha factura, fecha de factura,
        fecha emision, fecha fra, fec factura, fecha fact, fec emision, emision~85, fecha documento, fecha~80, fecha
        expedicion,
        fecha contable~80, fecha de expedicion, data fattura, data emissione, data di emissione, data documento,
        data doc, emissione~85, data~80, data registrazione~78, emissao, data emissao, data de emissao,
        data da emissao, dt emissao, data fatura, data da fatura, data do documento, factuurdatum, documentdatum,
        datum factuur, boekingsdatum~82, boekdatum~80, data wystawienia, data faktury, data dokumentu, data dok, data
        wyst, wystawiono,
        data ksiegowania~75, data sprzedazy~70, data factura, data facturii, data emiterii, data emitere,
        data document, data documentului, utfardad~85, bokforingsdatum~80, utstallningsdatum, datum racuna,
        datum fakture, datum izdavanja, datum dokumenta, datum knjizenja~78, fatura tarihi, belge tarihi,
        duzenleme tarihi, evrak tarihi, tarih~80, kayit tarihi~72, islem tarihi~75, 开票日期, 发票日期, 单据日期,
        日期~80, 出票日期, 制单日期~75, 记账日期~75, 业务日期~75, 請求日, 請求書日付, 発行日, 伝票日付, 日付~80,
        請求書発行日, 計上日~75, 売上日~72, 発生日~75, bldat, budat~80, e1_emissao, docdate,
        invoice date bill date, item date issue, g l date~70, gl date~70, inv dt
    """,
    "due_on": """
        due date, due, due on, payment due date, net due date, date due, due in date, invoice due date,
        maturity date, maturity, expiry date~70, pay by, payment due, due dt, net due, echeance, date echeance,
        date d echeance, date ech, ech, date limite de paiement, date limite paiement, a payer le, exigible le,
        falligkeit, falligkeitsdatum, fallig am, fallig, nettofalligkeit, falligkeit netto, zahlbar bis,
        zahlungsziel datum, zahlungsfrist bis, fall datum, vencimiento, fecha vencimiento, fecha de vencimiento,
        fecha vto, vto, vence, fec vencimiento, scadenza, data scadenza, data di scadenza, scad, scade il,
        data scad, vencimento, data vencimento, data de vencimento, data do vencimento, dt vencimento, vencto,
        vcto, venc, dt vencto, vervaldatum, vervaldag, verval datum, betaaldatum uiterlijk, uiterste betaaldatum,
        te betalen voor, termin platnosci, data platnosci~75, termin zaplaty, platne do, data wymagalnosci,
        wymagalnosc, termin~78, scadenta, data scadenta, data scadentei, termen plata, termen de plata~75,
        scadent la, data limita, forfallodatum, forfallodag, forfaller, forf datum, sista betalningsdag,
        betalas senast, dospijece, datum dospijeca, rok placanja~75, dospijeva, datum valute, valuta placanja~70,
        dospjece, vade, vade tarihi, son odeme tarihi, odeme tarihi~65, vade gunu~65, 到期日, 到期日期, 付款到期日,
        应付日期~85, 最后付款日, 账期到期日, 收款日期~62, 支払期日, 支払期限, 入金予定日, 期日, 回収予定日,
        支払日~70, 入金期日, 回収期日, zfbdt~80, faedt, netdt, e1_vencto, e1_vencrea~80, docduedate,
        invoice date due, item date due
    """,
    "terms": """
        payment terms, terms, payment term, terms of payment, cust payment terms, credit terms, terms code,
        payment terms code, net terms, conditions de paiement, condition de paiement, delai de paiement,
        conditions reglement, mode et delai, delai reglement, zahlungsbedingung, zahlungsbedingungen, zahlungsziel,
        zahlungsfrist, zlg bedingung, zahlungskondition, zahlungsziel tage, condiciones de pago, condicion de pago,
        plazo de pago, forma y plazo~70, terminos de pago, condizioni di pagamento, condizione di pagamento,
        termini di pagamento, pagamento~68, condicao de pagamento, condicoes de pagamento, prazo de pagamento,
        cond pagamento, prazo~75, dias prazo~85, betalingsconditie, betalingscondities, betalingstermijn,
        betaaltermijn, betalingsvoorwaarde, warunki platnosci, warunek platnosci, termin platnosci dni,
        conditii de plata, termen de plata, termen plata zile, betalningsvillkor, betalningsvillkor dagar,
        kredittid, uvjeti placanja, rok placanja, rok placanja dana, odeme kosulu, odeme kosullari, vade gun,
        odeme vadesi, vade gunu, 付款条件, 付款条款, 账期, 信用期, 支払条件, 支払サイト, 回収条件, 決済条件, zterm,
        e4_codigo, invoice payment term, client payment term
    """,
    "type": """
        type, document type, doc type, transaction type, transaction class, doc ty, class~75, fis turu, islem turu,
        invoice type, item type, doctype, trx type, entry type,
        type piece, type de piece, nature, nature piece, type document, type de document, nature de piece,
        belegart, art~72, typ, dokumentart, vorgangsart, rechnungsart, tipo, tipo documento, tipo de documento,
        clase documento, clase de documento, tipo doc, causale~75, tipo titulo, tipo do titulo, especie~78,
        especie titulo, soort, documentsoort, factuursoort, boekingssoort, typ dokumentu, rodzaj dokumentu, rodzaj,
        nazwa dokumentu~85, tip, tip document, tip factura, tipul documentului, dokumenttyp, fakturatyp,
        verifikationstyp, vrsta, vrsta dokumenta, tip dokumenta, vrsta racuna, tur, belge turu, evrak turu,
        fatura tipi, belge tipi, islem turu, 类型, 单据类型, 发票类型, 票据类型, 业务类型~75, 種別, 伝票種別, 区分,
        請求区分, 取引種別, 伝票区分, 種類, blart, e1_tipo, move type, item erp type, doctyp
    """,
    "unique_key": """
        unique key, unique id, uuid, item unique key, external id~85, guid, cle unique, identifiant unique,
        id unique, eindeutiger schlussel, eindeutige id, clave unica, chiave univoca, chave unica, unieke sleutel,
        klucz unikalny, cheie unica, unik nyckel, jedinstveni kljuc, benzersiz anahtar, 唯一键, 一意キー
    """,
    "order_number": """
        order number, order no, purchase order, po number, po no, customer po, po, sales order, so number, order,
        your order, item order number, numero commande, n commande, commande, bon de commande, no commande,
        numero de commande, votre commande, bestellnummer, bestell nr, auftragsnummer, auftrag nr, auftragsnr,
        auftrag, bestellung, numero de pedido, n pedido, pedido, orden de compra, num pedido, numero pedido,
        numero ordine, n ordine, ordine, ordine cliente, numero do pedido, ordem de compra, encomenda, ordernummer,
        ordernr, bestelnummer, inkooporder, numer zamowienia, nr zamowienia, zamowienie, numar comanda, nr comanda,
        comanda, bestallningsnummer, broj narudzbe, narudzba, narudzbenica, siparis no, siparis numarasi, siparis,
        订单号, 订单编号, 采购订单号, 销售订单号, 注文番号, 受注番号, 発注番号, 注文書番号
    """,
    "reference": """
        reference, ref, customer reference, your reference, payment reference, client ref, customer ref, memo~65,
        description~62, external reference, votre reference, ref client, reference client, libelle~65,
        ecriture lib~65, referenz, verwendungszweck, ihre referenz, kundenreferenz, buchungstext~68,
        belegfeld 2~65, referencia, su referencia, concepto~68, riferimento, rif, vostro riferimento, causale~62,
        sua referencia, nosso numero, historico~65, referentie, kenmerk, uw kenmerk, betalingskenmerk,
        omschrijving~62, referencja, tytul~65, tytul platnosci, referinta, referinta client, explicatii~62,
        referens, er referens, ocr, ocr nummer, referenca, poziv na broj, model i poziv na broj, referans,
        referans no, aciklama~62, 参考号, 参考, 摘要~65, 备注~60, 参照, 参照番号, 備考~60
    """,
    "paid_on": """
        payment date, paid on, paid date, date paid, clear date, clearing date, settlement date, date of payment,
        closed date~80, closed on~80, received date, receipt date, date received, date paiement, date de paiement,
        date reglement, date de reglement, date encaissement, date let, date lettrage, zahlungsdatum, bezahlt am,
        zahlungseingang, ausgleichsdatum, ausgleich~75, zahldatum, datum zahlung, fecha pago, fecha de pago,
        fecha cobro, fecha de cobro, data pagamento, data di pagamento, data incasso, pagato il, data de pagamento,
        data do pagamento, data baixa, baixa~75, dt baixa, data recebimento, betaaldatum, betaald op,
        datum betaling, betalingsdatum, data zaplaty, data wplaty, zaplacono dnia, data rozliczenia,
        data platnosci~70, data platii, data plata, data incasarii, data incasare, platit la, betaldatum, betaldag,
        betald datum, inbetalningsdatum, datum placanja, datum uplate, placeno dana, odeme tarihi, tahsilat tarihi,
        odendigi tarih, 付款日期, 收款日期, 到账日期, 支付日期, 入金日, 支払日~75, 回収日, 消込日, 入金日付, augdt,
        e1_baixa, item date payment, fullypaidondate
    """,
    "moved_on": """
        date~75, posting date~78, booking date~85, value date~88, transaction date~82, date operation, date de valeur,
        buchungstag, wertstellung, valutadatum, buchungsdatum~80, datum~75, fecha~75, fecha valor, data~75, data valuta,
        data movimento, data contabile, boekdatum, data operacji, data ksiegowania, datum valute, valor tarihi,
        交易日期, 记账日期, 取引日, 日付~75
    """,
    "payer": """
        payer, remitter, ordering party, sender, received from, counterparty name, donneur d ordre, emetteur, tiers,
        auftraggeber, zahler, zahlungspflichtiger, ordenante, ordinante, ordenante del pago, opdrachtgever, tegenpartij,
        zleceniodawca, nadawca, platitor, ordonator, betalare, avsandare, uplatitelj, platitelj, gonderen, 付款人,
        对方户名, 振込人, 振込依頼人
    """,
    "movement_text": """
        text, label, description, details, remittance information, narrative, memo, libelle, verwendungszweck,
        buchungstext, concepto, descripcion, descrizione, causale, historico, descricao, omschrijving, mededelingen,
        tytul, opis, detalii, explicatii, meddelande, svrha, opis placanja, aciklama, 摘要, 用途, お取引内容
    """,
    "payment_method": """
        payment method, method of payment, payment type, pay method, payment mode, mode de paiement,
        mode reglement, mode de reglement, moyen de paiement, zahlungsart, zahlungsweise, zahlweg, forma de pago,
        metodo de pago, modalita pagamento, metodo di pagamento, tipo pagamento, forma de pagamento,
        meio de pagamento, betaalwijze, betaalmethode, forma platnosci, sposob platnosci, metoda de plata,
        mod de plata, betalningssatt, nacin placanja, odeme sekli, odeme yontemi, 付款方式, 支付方式, 支払方法,
        決済方法
    """,
    "document": """
        document url, invoice url, pdf, pdf url, link, invoice link, attachment, file name, pdf file, lien,
        lien facture, url facture, fichier pdf, piece jointe, rechnungslink, beleglink, pdf datei, enlace,
        url factura, link fattura
    """,
    "entity": """
        entity, company code, legal entity, business unit, subsidiary, entite, societe~65, etablissement, filiale,
        buchungskreis, mandant, gesellschaft, entidad, sociedad, entita, entidade, filial, empresa~60, entiteit,
        bedrijf~60, jednostka, entitate, bolag, subjekt, sirket~60, 公司代码, 会社コード, bukrs, item entity
    """,
}
