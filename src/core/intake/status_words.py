"""What programs say of the state of a document, and which of it asks for nothing: drafts and what was voided."""

from collections.abc import Sequence

from relance.core.intake.header_words import words_of
from relance.core.intake.seen import ColumnSeen


def _plain(text: str) -> str:
    return "".join(words_of(text))


def _set(catalogue: str) -> frozenset[str]:
    return frozenset(_plain(part) for part in catalogue.split(","))


_NAMES = _set(
    """
    status, invoice status, document status, doc status, transaction status, state, statut, statut facture,
    statut de la facture, etat, etat facture, rechnungsstatus, belegstatus, estado, estado factura, estado documento,
    stato, stato fattura, stato documento, situacao, factuurstatus, status faktury, stare, durum, fatura durumu, 状态,
    単据状態, ステータス, 状態, docstatus, move state, invoice state
    """
)
_NO_CLAIM = _set(
    """
    draft, void, voided, cancelled, canceled, deleted, cancel, reversed, brouillon, annule, annulee, entwurf,
    storniert, borrador, anulado, anulada, cancelado, cancelada, bozza, annullata, annullato, stornata, rascunho,
    concept, geannuleerd, vervallen, szkic, robocza, anulowana, anulowany, ciorna, anulata, utkast, makulerad, skica,
    ponisten, otkazan, storniran, taslak, iptal, 草稿, 作废, 已作废, 下書き, 取消, 無効
    """
)
_CLAIM = _set(
    """
    open, paid, unpaid, overdue, sent, posted, issued, approved, authorised, authorized, awaiting payment, not paid,
    partial, partially paid, partiallypaid, in payment, viewed, invoiced, closed, validee, validated, payee, payée,
    impayee, en retard, partiellement payee, a payer, envoyee, offen, bezahlt, uberfallig, teilbezahlt, gebucht,
    pagada, pendiente, vencida, cobrada, pagata, scaduta, emessa, inviata, paga, emitida, betaald, openstaand, verlopen,
    oplacona, nieoplacona, platita, neplatita, betald, obetald, placeno, odendi, acik, 已付款, 未付款
    """
)


def is_status(column: ColumnSeen) -> bool:
    """Whether a column says of each document in which state it is: by its name and by most of its words."""
    words = [_plain(value) for value in column.telling[:50]]
    return _plain(column.name) in _NAMES and 2 * sum(word in _NO_CLAIM | _CLAIM for word in words) > len(words)


def asks_nothing(status: str) -> bool:
    """Whether a document in this state is no claim: not issued yet, or taken back."""
    return _plain(status) in _NO_CLAIM


def status_column(columns: Sequence[ColumnSeen], taken: frozenset[str]) -> str:
    """The column with the states of the documents, of those that fill no field; empty for none."""
    return next((column.name for column in columns if column.name not in taken and is_status(column)), "")
