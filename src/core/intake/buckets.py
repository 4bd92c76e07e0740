"""Open amounts that stand under the age of each item: not due, 1 to 30 days late, and so on."""

import re
from collections.abc import Sequence

from relance.core.intake.fields import BUCKETS
from relance.core.intake.header_words import words_of
from relance.core.intake.seen import ColumnSeen

_NOT_DUE_WORDS = """
    current, currentamount, currentdue, notdue, notyetdue, notyetpastdue, future, undue, nonechu, nonechues, aechoir,
    nichtfallig, nochnichtfallig, novencido, porvencer, avencer, sinvencer, corriente, alcorriente, novencidos,
    nonscaduto,
    ascadere, nietvervallen, nogniettevervallen, niewymagalne, nieprzeterminowane, wterminie, nescadent,
    inaintescadenta,
    ejforfallet, ejforfallna, ikkeforfalt, ikkeforfalden, nedospjelo, vadesigelmemis, vadesigelmeyen, 未到期, 期日前,
    titulosavencer, titulosavencervalornominal, titulosavencervaloratual, saldoavencer, valoravencer
"""
_NOT_DUE = frozenset(word.strip() for word in _NOT_DUE_WORDS.split(","))
_LATE_WORDS = """
    overdue, pastdue, echu, echus, fallig, uberfallig, vencido, vencidos, scaduto, vervallen, przeterminowane, scadent,
    forfallet, forfalt, dospjelo, vadesigecen, 逾期, 期日超過, titulosvencidosvalornominal, titvencidosvalornominal,
    saldovencido, valorvencido
"""
_LATE = frozenset(word.strip() for word in _LATE_WORDS.split(","))
"""All that is late in one column: used beside one of what is not due, never beside single ages."""
_FILLING_WORDS = (
    "day days d j t gg dgn month months jour jours mois tag tage tagen monat monate dia dias mes meses giorni giorno "
    "mesi mese dag dagen maand maanden dni miesiac miesiace zile luna luni dagar manad manader dana mjesec gun ay past "
    "due overdue from von van da od fra de echu retard period periode uberfallig fallig vencido vencidos amount amt"
)
_FILLING = frozenset(_FILLING_WORDS.split())
_TO = r"(?:to|a|bis|tot|do|la|till|til|ate|al|au|through|thru)?"
_MORE = (
    r"(?:over|uber|plus|mas|oltre|mais|acima|meer|dan|powyzej|ponad|peste|mer|mere|enn|an|end|od|vise|iznad|ustu|uzeri|"
    r"more|than|above|older|and|et|y|e|und|en|i|ar|que|di|che|ab|up|days|dagen|higher|\u4ee5\u4e0a|\u8d85)"
)
_SPAN = re.compile(rf"\d{{1,3}} ?{_TO} ?\d{{2,3}}|\d{{1,2}} ?{_TO} ?\d{{1,2}}")
_OPEN_ENDED = re.compile(rf"(?:{_MORE} ?)*\d{{1,3}}(?: ?{_MORE})*|older|oldest|\u00e4lter|alter|anciens?")
_BEHIND = re.compile(r"\s*[(\[][^\W\d_]+[)\]]\s*$")
"""A currency behind the age."""
_EAST = re.compile(
    r"(?:\d{1,3}(?:\u65e5|\u5929)?[-\u2013~\uff5e\u81f3\u304b\u3089]*)?\d{1,3}(?:\u65e5|\u5929|\u30f6\u6708|\u4e2a\u6708)"
    r"(?:\u4ee5\u5185|\u4ee5\u5167|\u4ee5\u4e0a|\u8d85|\u307e\u3067)?"
)


def bucket_columns(columns: Sequence[ColumnSeen]) -> tuple[ColumnSeen, ...]:
    """The columns of amounts by age, two at least; what is late in all counts only beside what is not due."""
    named = [column for column in columns if _is_age(column.name) or _joined(column.name) in _LATE]
    named = [column for column in named if _is_amounts(column)]
    ages = [column for column in named if _is_age(column.name)]
    spans = [column for column in ages if not _is_not_due(column.name)]
    if not spans:
        late = [column for column in named if _joined(column.name) in _LATE]
        ages = [column for column in named if column in late or column in ages] if len(late) == 1 else []
    found = ages if len(ages) > 1 and any(column.telling for column in ages) else []
    return tuple(found[: len(BUCKETS)])


def _is_amounts(column: ColumnSeen) -> bool:
    return "%" not in column.name and (not column.telling or column.share_of_amounts == 100)


def _is_age(name: str) -> bool:
    name = _BEHIND.sub("", name)
    if _is_not_due(name) or _EAST.fullmatch(name.strip().replace(" ", "")):
        return True
    words = [word for word in _parted(name) if word not in _FILLING]
    text = " ".join(words)
    return _SPAN.fullmatch(text) is not None or _OPEN_ENDED.fullmatch(text) is not None


def _is_not_due(name: str) -> bool:
    return _joined(_BEHIND.sub("", name)) in _NOT_DUE


def _joined(name: str) -> str:
    return "".join(words_of(name))


def _parted(name: str) -> list[str]:
    """The words of a name, figures apart from letters: `30d` is 30 d."""
    return re.findall(r"\d+|[^\W\d_]+", " ".join(words_of(name)))
