"""Delimiters, quotes, title rows, footers, line ends."""

from tests.plugins.importers.nasty.expected import Nasty, Refused, read

HEAD = "code;number;date;amount\n"
BODY = "C1;F1;2026-01-05;100,00\nC2;F2;2026-01-06;200,00\nC3;F3;2026-01-07;300,00\n"
PLAIN = HEAD + BODY
CELLS = ("C1|F1|2026-01-05|100,00", "C2|F2|2026-01-06|200,00", "C3|F3|2026-01-07|300,00")
NAMES = "code;name;amount\n"


def _at(*lines: int) -> tuple[str, ...]:
    return tuple(f"{line}|{cells}" for line, cells in zip(lines, CELLS, strict=True))


def _same(name: str, text: str, *lines: int, left_out: tuple[str, ...] = ()) -> Nasty:
    """The same three rows, on these lines."""
    return Nasty(name, text.encode(), read(*_at(*(lines or (2, 3, 4))), left_out=left_out))


DELIMITERS = [
    *(
        _same(f"delimiter {name}", PLAIN.replace(";", mark))
        for name, mark in (("tab", "\t"), ("pipe", "|"), ("caret", "^"), ("tilde", "~"), ("unit separator", "\x1f"))
    ),
    Nasty("delimiter colon", PLAIN.replace(";", ":").encode(), read(*(row.replace(";", ":") for row in _at(2, 3, 4)))),
    _same("Excel names the delimiter", "sep=;\n" + PLAIN, 3, 4, 5),
    _same("Excel names it in quotes", '"sep=|"\n' + PLAIN.replace(";", "|"), 3, 4, 5),
    _same("Excel names it after a mark", "\ufeffsep=;\r\n" + PLAIN.replace("\n", "\r\n"), 3, 4, 5),
    Nasty("decimal commas everywhere", b"a;b\n1,5;2,5\n2,5;3,5\n", read("2|1,5|2,5", "3|2,5|3,5")),
    Nasty("more commas than semicolons", b"n;a, b, c, d\nx;1,2\ny;3,4\n", read("2|x|1,2", "3|y|3,4")),
    Nasty("commas in one header cell", b"code;name, first;amount\nC1;A;1\nC2;B;2\n", read("2|C1|A|1", "3|C2|B|2")),
    Nasty("times with colons", b"n,at\n1,10:20:30\n2,10:20:31\n", read("2|1|10:20:30", "3|2|10:20:31")),
    Nasty("pipes in names", b"n;name\n1;A|B\n2;C|D|E\n3;F\n", read("2|1|A|B", "3|2|C|D|E", "4|3|F")),
    Nasty("one column", b"code\nC1\nC2\n", Refused("no delimiter", "no-table")),
    Nasty("prose", b"Dear Sir\nwe have not received your payment\nso far\n", Refused("no delimiter", "no-table")),
]

LINE_ENDS = [
    _same("CR LF", PLAIN.replace("\n", "\r\n")),
    _same("CR alone, as old Macs", PLAIN.replace("\n", "\r")),
    _same("CR LF in the header only", HEAD.replace("\n", "\r\n") + BODY),
    _same("LF in the header only", HEAD + BODY.replace("\n", "\r\n")),
    _same("no end at the end", PLAIN.rstrip("\n")),
    _same("DOS end of file", PLAIN + "\x1a"),
    _same("DOS end of file without a line end", PLAIN.rstrip("\n") + "\x1a"),
    _same("many DOS ends of file", PLAIN + "\x1a" * 90),
    _same("blank lines between", HEAD + "\n" + BODY.replace("\n", "\n\n"), 3, 5, 7),
    _same("blank lines at the end", PLAIN + "\n\n\n  \n"),
    _same("blank lines at the beginning", "\n\n" + PLAIN, 4, 5, 6),
    _same("rows of delimiters", HEAD + ";;;\n" + BODY + ";;;\n;;;\n", 3, 4, 5),
    Nasty("form feeds between pages", f"{HEAD}{BODY}\f\n".encode(), read(*_at(2, 3, 4))),
]

QUOTES = [
    Nasty("quoted rows", b'code;name\n"C1";"A"\n"C2";"B"\n', read("2|C1|A", "3|C2|B")),
    Nasty("quoted header", b'"code";"name"\nC1;A\nC2;B\n', read("2|C1|A", "3|C2|B")),
    Nasty("delimiters in quotes", b'code;name\n"C1";"A;B"\n"C2";";"\n', read("2|C1|A;B", "3|C2|;")),
    Nasty("doubled quotes", b'code;name\nC1;"A ""B"" C"\nC2;""""\n', read('2|C1|A "B" C', '3|C2|"')),
    Nasty(
        "inner quotes not doubled", b'code;name\nC1;"The "Best" Shop"\nC2;B\n', read('2|C1|The "Best" Shop', "3|C2|B")
    ),
    Nasty(
        "all quoted and inner quotes",
        b'"code";"name"\n"C1";"The "Best" Shop"\n"C2";"B"\n',
        read('2|C1|The "Best" Shop', "3|C2|B"),
    ),
    Nasty("inches in quotes", b'code;name\nC1;"5" pipe"\nC2;B\n', read('2|C1|5" pipe', "3|C2|B")),
    Nasty("inches without quotes", b'code;name\nC1;5" pipe\nC2;3" pipe\n', read('2|C1|5" pipe', '3|C2|3" pipe')),
    Nasty("one inch", b'code;name\nC1;5" pipe\nC2;B\n', read('2|C1|5" pipe', "3|C2|B")),
    Nasty("a blank before the quote", b'code, name\nC1, "A, B"\nC2, C\n', read("2|C1|A, B", "3|C2| C")),
    Nasty("a blank behind the quote", b'code,name\n"C1" ,"A, B" \nC2,C\n', read("2|C1|A, B", "3|C2|C")),
    Nasty("apostrophes as quotes", b"'code';'name'\n'C1';'A; B'\n'C2';'C'\n", read("2|C1|A; B", "3|C2|C")),
    Nasty(
        "apostrophes in names",
        b"code;name\nC1;O'Hara\nC2;D'Arc; \n",
        read("2|C1|O'Hara", rejected=("3 wrong-cell-count",)),
    ),
    Nasty(
        "a line break in quotes", NAMES.encode() + b'C1;"two\nlines";1\nC2;B;2\n', read("2|C1|two\nlines|1", "4|C2|B|2")
    ),
    Nasty("CR LF in quotes", b'code;name\r\nC1;"two\r\nlines"\r\nC2;B\r\n', read("2|C1|two\nlines", "4|C2|B")),
    Nasty("a line break in the header", b'code;"the\nname"\nC1;A\nC2;B\n', read("3|C1|A", "4|C2|B")),
    Nasty(
        "a stray quote",
        NAMES.encode() + b'C1;"Open;1\nC2;B;2\nC3;C;3\n',
        read("3|C2|B|2", "4|C3|C|3", rejected=("2 open-quote",)),
    ),
    Nasty(
        "a stray quote in the last row",
        NAMES.encode() + b'C1;A;1\nC2;B;2\nC3;"C;3\n',
        read("2|C1|A|1", "3|C2|B|2", rejected=("4 open-quote",)),
    ),
    Nasty(
        "a cell opened and another not closed",
        b'"a";"b";"c"\n"1";"2";"3"\n"1";"2;"";"3\n"4";"5";"6"\n',
        read("2|1|2|3", "4|4|5|6", rejected=("3 open-quote",)),
    ),
    Nasty("backslashes before quotes", b'code,name\nC1,"a \\"b\\" c"\nC2,d\n', read('2|C1|a \\"b\\" c', "3|C2|d")),
    Nasty("cut off in a quote", PLAIN.encode() + b'C4;"F4', Refused("line 5: a quote is left open")),
    Nasty("cut off in a row", PLAIN.encode() + b"C4;F4", Refused("line 5: the file is cut off")),
]

HEADERS = [
    _same("a title and a blank line", "Open items\n\n" + PLAIN, 4, 5, 6),
    _same("titles with delimiters", "Acme;;;\nDate: 01/01/2026;;;\n;;;\n" + PLAIN, 5, 6, 7),
    _same("two header rows", "Customer;;;\n" + PLAIN, 3, 4, 5),
    _same("a balance above the header", 'Balance;;;"+31,11"\n' + PLAIN, 3, 4, 5),
    Nasty("no header", BODY.encode(), read(*_at(1, 2, 3))),
    Nasty("an empty header", b";;;\n" + BODY.encode(), read(*_at(2, 3, 4))),
    Nasty("years as names", b"customer;2024;2025\nA;1;2\nB;4;5\n", read("2|A|1|2", "3|B|4|5")),
    Nasty("ages as names", b"customer;0-30;31-60\nA;1;2\nB;4;5\n", read("2|A|1|2", "3|B|4|5")),
    Nasty("only texts", b"name;city\nPaul;Paris\nAnn;Rome\n", read("2|Paul|Paris", "3|Ann|Rome")),
    _same("a delimiter ends header and rows", PLAIN.replace("\n", ";\n")),
    _same("a delimiter ends the rows", HEAD + BODY.replace("\n", ";\n")),
    _same("a delimiter ends the header", HEAD.replace("\n", ";\n") + BODY),
    Nasty("a header and no row", HEAD.encode(), Refused("a header and no rows")),
    Nasty("a header without an end", HEAD.strip().encode(), Refused("a header and no rows")),
    Nasty(
        "301 columns",
        (";".join(f"c{n}" for n in range(301)) + "\n" + "1;" * 300 + "1\n").encode(),
        Refused("301 columns", "too-many-columns"),
    ),
]

ENDINGS = [
    _same("a total", PLAIN + "Total;;;600,00\n", left_out=("totals-skipped",)),
    _same("a total without a line end", PLAIN + "Total;;;600,00", left_out=("totals-skipped",)),
    _same("a total below a blank line", PLAIN + "\nTotal;;;600,00\n", left_out=("totals-skipped",)),
    *(
        _same(f"a total: {word}", f"{PLAIN}{word};;;600,00\n", left_out=("totals-skipped",))
        for word in (
            "Summe",
            "Gesamtsumme:",
            "TOTAL GÉNÉRAL",
            "Totaal",
            "Totale",
            "Suma",
            "Razem",
            "Celkem",
            "Összesen",
            "Toplam",
            "Итого",
            "Σύνολο",
            "Totalt",
            "Yhteensä",
            "合計",
            "总计",
            "합계",
        )
    ),
    _same("a total of one cell", PLAIN + "Total: 600,00\n", left_out=("totals-skipped",)),
    _same("a balance", PLAIN + "Balance at start of period;;;100,00\n", left_out=("totals-skipped",)),
    _same("a remark", PLAIN + "Printed on 2026-01-01\n", left_out=("footer-skipped",)),
    _same("rows counted", PLAIN + "\n(3 rows affected)\n", left_out=("footer-skipped",)),
    _same("a remark below a blank line", PLAIN + "\nAny questions? Call us\n", left_out=("footer-skipped",)),
    Nasty(
        "subtotals",
        (HEAD + "C1;F1;2026-01-05;1,00\nTotal C1;;;1,00\nC2;F2;2026-01-05;2,00\nTotal C2;;;2,00\n").encode(),
        read("2|C1|F1|2026-01-05|1,00", "4|C2|F2|2026-01-05|2,00", left_out=("totals-skipped",)),
    ),
    Nasty(
        "a customer named Total",
        (PLAIN + "Total Energies;F9;2026-01-01;5,00\n").encode(),
        read(*_at(2, 3, 4), "5|Total Energies|F9|2026-01-01|5,00"),
    ),
    Nasty(
        "the header again",
        (PLAIN + PLAIN).encode(),
        read(*_at(2, 3, 4), *_at(6, 7, 8), left_out=("headers-skipped",)),
    ),
    _same("a drawn line", HEAD + "----;----;----;----\n" + BODY, 3, 4, 5, left_out=("rules-skipped",)),
]

ROWS = [
    Nasty(
        "rows too short and too long",
        (HEAD + "C0;F0\n" + BODY + "C9;F9;x;y;z\n").encode(),
        read(*_at(3, 4, 5), rejected=("2 wrong-cell-count", "6 wrong-cell-count")),
    ),
    Nasty("equal names", b"a;a;;a\n" + BODY.encode(), read(*_at(2, 3, 4))),
    Nasty("a column named line", b"line;b\n1;2\n3;4\n", read("2|1|2", "3|3|4")),
    Nasty("formulas", b"code;name\nC1;=1+1\nC2;@SUM(A1)\n", read("2|C1|=1+1", "3|C2|@SUM(A1)")),
    Nasty(
        "markup", b"code;name\nC1;<script>alert(1)</script>\nC2;x\n", read("2|C1|<script>alert(1)</script>", "3|C2|x")
    ),
    Nasty("brackets in the header", b"[code];name\nC1;x\nC2;y\n", read("2|C1|x", "3|C2|y")),
    Nasty("a line separator of Unicode", "code;name\nC1;a\u2028b\nC2;c\n".encode(), read("2|C1|a\u2028b", "3|C2|c")),
    Nasty("a next line of C1", "code;name\nC1;a\x85b\nC2;é\n".encode(), read("2|C1|a\x85b", "3|C2|é")),
    Nasty("a vertical tab", b"code;name\nC1;a\x0bb\nC2;c\n", read("2|C1|a\x0bb", "3|C2|c")),
    Nasty("zero-width blanks", "code;name\nC1;a\u200bb\nC2;c\n".encode(), read("2|C1|a\u200bb", "3|C2|c")),
    Nasty("right to left", "code;name\nC1;\u202eevil\nC2;c\n".encode(), read("2|C1|\u202eevil", "3|C2|c")),
    Nasty("emoji", "code;name\nC1;\U0001f600\nC2;c\n".encode(), read("2|C1|\U0001f600", "3|C2|c")),
]

STRUCTURES = [*DELIMITERS, *LINE_ENDS, *QUOTES, *HEADERS, *ENDINGS, *ROWS]
