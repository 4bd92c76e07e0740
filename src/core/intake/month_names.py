"""The months in the fifteen languages, and their usual abbreviations: data."""

_MONTHS = """
    en: january february march april may june july august september october november december
    en: jan feb mar apr may jun jul aug sep oct nov dec
    en: - - - - - - - - sept - - -
    fr: janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
    fr: janv fevr mars avr mai juin juil aout sept oct nov dec
    de: januar februar marz april mai juni juli august september oktober november dezember
    de: jan feb mrz apr mai jun jul aug sep okt nov dez
    de: janner - maerz - - - - - - - - -
    es: enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    es: ene feb mar abr may jun jul ago set oct nov dic
    it: gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
    it: gen feb mar apr mag giu lug ago set ott nov dic
    pt: janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
    pt: jan fev mar abr mai jun jul ago set out nov dez
    nl: januari februari maart april mei juni juli augustus september oktober november december
    nl: jan feb mrt apr mei jun jul aug sep okt nov dec
    pl: stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika - grudnia
    pl: styczen luty marzec kwiecien maj czerwiec lipiec sierpien wrzesien pazdziernik - grudzien
    pl: sty lut mar kwi maj cze lip sie wrz paz - gru
    ro: ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
    ro: ian feb mar apr mai iun iul aug sept oct noi dec
    sv: januari februari mars april maj juni juli augusti september oktober november december
    sv: jan feb mars apr maj juni juli aug sep okt nov dec
    hr: sijecnja veljace ozujka travnja svibnja lipnja srpnja kolovoza rujna - studenoga prosinca
    hr: sijecanj veljaca ozujak travanj svibanj lipanj srpanj kolovoz rujan - studeni prosinac
    hr: sij velj ozu tra svi - srp kol ruj - stu pro
    tr: ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik
    tr: oca sub mar nis may haz tem agu eyl eki kas ara
"""
MONTHS: dict[str, int] = {}
for _line in _MONTHS.strip().splitlines():
    for _place, _word in enumerate(_line.split()[1:], 1):
        if _word != "-":
            MONTHS.setdefault(_word, _place)
"""Names without accents to the month's number. Listopad is not here: November in Polish, October in Croatian."""
