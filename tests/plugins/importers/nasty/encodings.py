"""The same kinds of words in the bytes of many programs, countries and decades."""

from tests.plugins.importers.nasty.expected import Nasty, Refused, read

WEST = ("Société Générale", "Crédit Agricole", "Père & Fils", "Hôtel Châtelet", "Müller GmbH", "Señor Ibáñez")
FRENCH = ("Société Générale", "Échéance dépassée", "Père & Fils", "Hôtel Châtelet", "Façade à côté")
GERMAN = ("Müller GmbH", "Süße Träume", "Größe Straße", "Bürobedarf Köln", "Überweisung fällig")
PORTUGUESE = ("Emissão", "Descrição", "Cobrança bancária", "Título em órgão", "João Conceição")
DANISH = ("Købmand Sørensen", "Ærø Færge", "Århus Kød", "Smørrebrød", "Børge Kjær")
POLISH = ("Płatność", "Zażółć gęślą jaźń", "Źródło Łódź", "Świętokrzyskie", "Należność główna")
CZECH = ("Příliš žluťoučký", "Česká spořitelna", "Účtárna Děčín", "Zůstatek", "Řízení")
HUNGARIAN = ("Számla összege", "Fizetési határidő", "Győr Művek", "Árvíztűrő tükörfúrógép", "Könyvelő Kft")
TURKISH = ("Şirket Ödemesi", "Güneş İnşaat", "Çağrı Işık", "Müşteri Bakiyesi", "Diyarbakır Gıda")  # noqa: RUF001 - Turkish letters
LATVIAN = ("Rēķins", "Maksātājs Bērziņš", "Kopā apmaksāts", "Uzņēmums Ķekava", "Šķēršļi")
RUSSIAN = (
    "Счёт фактура",
    "Покупатель",
    "Общество ограниченной ответственности",
    "Дата оплаты",
    "Итоговая задолженность",
)
GREEK = ("Τιμολόγιο πελάτη", "Ημερομηνία λήξης", "Υπόλοιπο λογαριασμού", "Εταιρεία Αθηνών", "Ποσό οφειλής")
HEBREW = ("חשבונית מס", "לקוח ראשי", "תאריך פירעון", "יתרה לתשלום")
JAPANESE = ("株式会社日本電気", "請求書番号", "支払期日は月末です", "東京都中央区", "カタカナ商事")
CHINESE = ("北京科技有限公司", "上海贸易公司", "发票号码", "客户名称", "应收账款余额")
TAIWANESE = ("臺北科技有限公司", "發票號碼", "客戶名稱", "應收帳款", "高雄貿易公司")
KOREAN = ("주식회사 한국전자", "세금계산서", "고객명", "미수금 잔액", "서울특별시")


def _text(names: tuple[str, ...]) -> str:
    return "code;name;amount\n" + "".join(f"C{place};{name};{place},50\n" for place, name in enumerate(names, 1))


def _file(title: str, names: tuple[str, ...], encoding: str, mark: bytes = b"") -> Nasty:
    rows = (f"{place + 1}|C{place}|{name}|{place},50" for place, name in enumerate(names, 1))
    return Nasty(f"{title} in {encoding}", mark + _text(names).encode(encoding), read(*rows))


_LATE = "code;name\n" + "".join(f"C{place:06};plain\n" for place in range(6000))
_LATE_ROWS = tuple(f"{place + 2}|C{place:06}|plain" for place in range(6000))

ENCODINGS = [
    _file("names", WEST, "utf-8"),
    _file("names", WEST, "utf-8-sig"),
    _file("names", WEST, "utf-16"),
    _file("names", WEST, "utf-16-le"),
    _file("names", WEST, "utf-16-be"),
    _file("names with a mark", WEST, "utf-16-be", b"\xfe\xff"),
    _file("names", WEST, "utf-32"),
    _file("Chinese", CHINESE, "utf-16-le"),
    _file("names", WEST, "cp1252"),
    *(_file("French", FRENCH, name) for name in ("cp1252", "latin-1", "cp850", "cp437", "mac-roman")),
    *(_file("German", GERMAN, name) for name in ("cp1252", "cp850", "cp437", "mac-roman")),
    *(_file("Portuguese", PORTUGUESE, name) for name in ("cp1252", "cp850")),
    *(_file("Danish", DANISH, name) for name in ("cp1252", "cp850")),
    *(_file("Polish", POLISH, name) for name in ("cp1250", "iso-8859-2", "cp852")),
    *(_file("Czech", CZECH, name) for name in ("cp1250", "iso-8859-2", "cp852")),
    *(_file("Hungarian", HUNGARIAN, name) for name in ("cp1250", "cp852")),
    *(_file("Turkish", TURKISH, name) for name in ("cp1254", "iso-8859-9", "cp857")),
    _file("Latvian", LATVIAN, "cp1257"),
    *(_file("Russian", RUSSIAN, name) for name in ("cp1251", "koi8-r", "cp866", "iso-8859-5")),
    *(_file("Greek", GREEK, name) for name in ("cp1253", "cp737")),
    _file("Hebrew", HEBREW, "cp1255"),
    *(_file("Japanese", JAPANESE, name) for name in ("cp932", "euc_jp", "iso2022_jp")),
    *(_file("Chinese", CHINESE, name) for name in ("gb18030", "gb2312")),
    _file("Taiwanese", TAIWANESE, "big5"),
    _file("Korean", KOREAN, "euc_kr"),
    _file("capitals", ("ÉCHÉANCE", "RÉF. CLIENT", "CRÉDIT"), "cp1252"),
    _file("capitals", ("ÉCHÉANCE", "RÉF. CLIENT", "CRÉDIT"), "cp850"),
    _file("a degree sign", ("CREAT° MAQUE", "FACTURE N° 12", "SIMULAT° LICHE"), "cp850"),
    _file("a euro sign", ("Prix en €", "Société", "Crédit"), "cp1252"),
    Nasty(
        "a lost letter",
        _text(("M\ufffdller", "Société")).encode(),
        read("2|C1|M\ufffdller|1,50", "3|C2|Société|2,50", left_out=("lost-characters",)),
    ),
    Nasty(
        "a first letter beyond ASCII after the sample",
        (_LATE + "C9;Société Générale\nC8;Échéance\n").encode("cp1252"),
        read(*_LATE_ROWS, "6002|C9|Société Générale", "6003|C8|Échéance"),
    ),
    Nasty(
        "UTF-8 after the sample",
        (_LATE + "C9;Société Générale\n").encode(),
        read(*_LATE_ROWS, "6002|C9|Société Générale"),
    ),
    Nasty(
        "UTF-8 and then Windows",
        "code;name\nC1;Société\n".encode() + _LATE[10:].encode() + "C9;Crédit\n".encode("cp1252"),
        Refused("line 6003: the file is not utf-8: byte 0xe9"),
    ),
    Nasty(
        "cut off within a character", "code;name\nC1;né\nC2;é".encode()[:-1], Refused("line 3: the file is not utf-8")
    ),
]
