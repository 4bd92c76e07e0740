"""What the columns of customers, contacts and users are called, in fifteen languages: data, as `column_names`."""

PEOPLE: dict[str, str] = {
    "code": """
        code~80, key~70, no~72, id~72, number~72, nummer~72, codigo~78, codice~78, kod~78, cod~78, sifra~78,
        编码~78, コード~78
    """,
    "name": """
        name, customer, business name, client business name, partner name, display name~85, nom, intitule,
        bezeichnung~72, nombre, nome, naam, nazwa, nume, denumire, namn, naziv, ad~70, adi, 名称, 名前, 名称1,
        name 1, nom complet, trading name~70, client trading name~65
    """,
    "legal_id": """
        legal id, registration number, company number, company registration number, siren, siret,
        handelsregisternummer, hrb, registernummer, cif~80, codice fiscale, cnpj, cpf cnpj, cnpj cpf, kvk,
        kvk nummer, regon, nr reg com, organisationsnummer, org nr, oib, mersis no, 统一社会信用代码, 法人番号,
        client id~70
    """,
    "vat_number": """
        vat number, vat no, vat, vat id, tax id, tax number, vat registration no, tva, n tva, numero tva,
        tva intracommunautaire, n tva intracom, ust id, ust idnr, ustid, umsatzsteuer id, eu ust idnr, nif,
        nif iva, partita iva, p iva, piva, contribuinte, nif contribuinte, btw nummer, btw nr, nip, cod fiscal,
        cui, momsregistreringsnummer, vat nr, pdv id, vergi no, vergi numarasi, 税号, 纳税人识别号, 登録番号,
        usidnr, steuernummer~75, tax registration number
    """,
    "street": """
        street, address, address 1, address line 1, street address, billing street, adresse, adresse 1, rue, voie,
        strasse, strasse und nr, strasse hausnummer, calle, direccion, domicilio, indirizzo, via, endereco,
        logradouro, rua, morada, straat, adres, ulica, strada, adresa, gata, gatuadress, adress, ulica i broj,
        sokak, 地址, 街道, 住所, 住所1, stras, client address street
    """,
    "zip": """
        zip, zip code, postcode, postal code, post code, code postal, cp, plz, postleitzahl, codigo postal, cap,
        cep, postnummer, postnr, kod pocztowy, cod postal, postanski broj, posta kodu, 邮编, 邮政编码, 郵便番号,
        pstlz, client address zip
    """,
    "city": """
        city, town, ville, commune, ort, stadt, ciudad, poblacion, localidad, citta, comune, localita, cidade,
        municipio, localidade, plaats, woonplaats, miasto, miejscowosc, oras, localitate, stad, grad, mjesto,
        sehir, il~72, 城市, 市区町村, 市, ort01, postort, client address city
    """,
    "state": """
        state, province, region, county, departement, bundesland, provincia, provincia sigla, estado, uf,
        provincie, wojewodztwo, judet, lan, zupanija, ilce~70, 省, 省份, 都道府県, client address state
    """,
    "country": """
        country, country code, pays, code pays, land, lander code, landercode, landerkennzeichen,
        landeskennzeichen, pais, codigo pais, paese, nazione, kraj, tara, zemlja, drzava, ulke, ulke kodu, 国家,
        国, 国コード, land1, client address country, billing country, landkod, landcode, kod kraju, cod tara
    """,
    "language": """
        language, language code, langue, code langue, sprache, sprachcode, idioma, lingua, taal, jezyk, limba,
        sprak, jezik, dil, 语言, 言語, spras, contact language, lang
    """,
    "phone": """
        phone, phone number, telephone, tel, telephone number, telefon, telefonnummer, rufnummer, telefono, tel no,
        telefone, telefoon, telefoonnummer, nr telefonu, telefonski broj, telefon no, 电话, 联系电话, 電話番号,
        電話, telf1, client phone, contact phone
    """,
    "mobile": """
        mobile, mobile phone, cell, cell phone, portable, tel portable, mobil, mobiltelefon, handy, handynummer,
        movil, celular, cellulare, telemovel, mobiel, komorka, tel kom, telefon komorkowy, mobilni, gsm,
        cep telefonu, cep~72, 手机, 手机号, 携帯電話, 携帯, contact mobile
    """,
    "email": """
        email, e mail, mail, email address, e mail address, courriel, adresse mail, adresse email, e mail adresse,
        emailadresse, correo, correo electronico, indirizzo email, posta elettronica, endereco de email,
        e mailadres, emailadres, adres email, adres e mail, adresa email, e post, epost, e postadress, e posta,
        eposta, 邮箱, 电子邮件, 电子邮箱, メール, メールアドレス, email 1, client email, contact email, user email
    """,
    "url": """
        url, website, web site, web, homepage, site web, site internet, internet, webseite, sitio web, pagina web,
        sito web, site, strona www, www, hemsida, web stranica, web sitesi, 网站, 网址, ホームページ, client url
    """,
    "credit_limit": """
        credit limit, credit line, limite de credit, plafond, plafond de credit, encours autorise, kreditlimit,
        kreditlinie, limite de credito, limite credito, fido, limite di credito, kredietlimiet, limit kredytowy,
        limit kupiecki, limita de credit, limita credit, kreditgrans, kreditni limit, kredi limiti, risk limiti,
        信用额度, 信用限额, 与信限度額, 与信枠, klimk, client credit limit
    """,
    "order_backlog": """
        order backlog, backlog, open orders, client order backlog, carnet de commandes, commandes en cours,
        auftragsbestand, cartera de pedidos, portafoglio ordini, carteira de pedidos, orderportefeuille,
        orderstock, siparis bakiyesi, 未交订单, 受注残
    """,
    "collector": """
        collector, credit controller, collector email, account manager~65, charge de recouvrement, recouvreur,
        gestionnaire, sachbearbeiter~70, mahnsachbearbeiter, gestor de cobros, gestor cobranza, gestore credito,
        cobrador, incassomedewerker, windykator, tahsilat sorumlusu, 催收员, 回収担当者
    """,
    "colleagues": """
        colleague, colleagues, sales representative, sales rep, salesperson, commercial, vendeur, representant,
        vertriebsmitarbeiter, vertreter, verkaufer, comercial, vendedor, agente, representante, verkoper,
        handlowiec, przedstawiciel, agent, saljare, prodavac, satis temsilcisi, 业务员, 销售员, 営業担当,
        担当者~70, client commercial email
    """,
    "groups": """
        group, groups, customer group, groupe, groupes, groupe client, kundengruppe, gruppe, grupo,
        grupo de clientes, gruppo, gruppo clienti, klantgroep, groep, grupa, grupa klientow, grup, kundgrupp,
        grupa kupaca, musteri grubu, 客户组, 客户分组, 顧客グループ
    """,
    "scenario": """
        scenario, dunning scenario, dunning procedure, scenario de relance, mahnverfahren, mahnprofil,
        procedura di sollecito, escenario, cenario, aanmaningsprocedure
    """,
    "blocked": """
        blocked, on hold, credit hold, order block, bloque, client bloque, compte bloque, gesperrt, sperre,
        bloqueado, bloccato, geblokkeerd, zablokowany, blocat, sparrad, blokiran, bloke, 冻结, 取引停止,
        client blocked, cassd~70
    """,
    "collection_stop": """
        collection stop, dunning block, no dunning, do not chase, relance bloquee, ne pas relancer, mahnsperre,
        stop reclamacion, blocco solleciti, aanmaanstop, blokada wezwan
    """,
    "penalties": """
        penalties, late penalties, late interest, charge interest, penalites, penalites de retard, interets de retard,
        verzugszinsen, intereses de demora, interessi di mora, vertragingsrente, odsetki za opoznienie,
        dobanzi penalizatoare
    """,
    "comment": """
        comment, comments, note, notes, remark, remarks, commentaire, bemerkung, bemerkungen, notiz, comentario,
        comentarios, nota, observaciones, observacoes, observacao, opmerking, opmerkingen, uwagi, komentarz,
        observatii, kommentar, anteckning, napomena, not, aciklama~70, 备注, 備考, client comments
    """,
    "last_name": """
        last name, surname, family name, lastname, name, contact name~85, contact, nom, nom de famille,
        nom contact, nachname, name nachname, familienname, ansprechpartner, kontakt~80, kontakt nachname,
        apellido, apellidos, cognome, sobrenome, apelido, nome, achternaam, nazwisko, nume, nume de familie,
        efternamn, prezime, soyad, soyadi, 姓, 姓名, 联系人, 氏名, 名字, 担当者名, contact lastname, user lastname,
        contacto~80, contatto~80, contato~80
    """,
    "first_name": """
        first name, firstname, given name, forename, prenom, prenom contact, vorname, nombre~75, primeiro nome,
        nome proprio, voornaam, imie, prenume, fornamn, ime, ad~75, adi~72, 名, 名前~70, contact firstname,
        user firstname
    """,
    "function": """
        function, job, job title, title, position, role~75, fonction, poste, qualite, funktion, stellung, cargo,
        puesto, funcion, funzione, ruolo, funcao, functie, stanowisko, funkcja, funktie, befattning, titel~75,
        funkcija, radno mjesto, gorev, unvan~70, 职位, 职务, 役職, contact function
    """,
    "collection": """
        collection, contact for collection, collection contact, dunning contact, contact relance,
        contact recouvrement, mahnkontakt, mahnempfanger, contact collection, contacto cobros, contatto recupero,
        contact_collection
    """,
    "contact_role": """
        contact role, role of contact, role du contact, kontaktrolle, rolle des kontakts, rol del contacto,
        ruolo del contatto, department, departement~85, abteilung, departamento, dipartimento, afdeling
    """,
    "role": """
        role, user role, profile~75, rol, ruolo, papel, perfil~75, rola, roll, uloga, 角色, 役割
    """,
    "active": """
        active, user active, enabled, actif, aktiv, activo, attivo, ativo, actief, aktywny, activ, aktivan, aktif,
        启用, 有効
    """,
}
