"""`relance bench letters`: letters written, printed, cut apart and read again, beside typst alone on the same pages."""

from collections.abc import Iterator
from datetime import date

import click
import msgspec

from relance.adapters.render.filling import page_of
from relance.adapters.render.paper import Sheet, sheet_of
from relance.adapters.render.printing import TOGETHER, set_in_type
from relance.adapters.render.renderer import JinjaRenderer
from relance.adapters.supplied.files import SuppliedFiles
from relance.core.collection.composing import Company, Content, Mailbox
from relance.core.collection.samples import sample_content
from relance.core.collection.templates import Template
from relance.main.bench.measuring import beside, in_child
from relance.main.cli.common import answer, json_option
from relance.ports.render import LetterDraft

_GROUP = 500
"""Letters of one batch, the most that is in memory at once."""
_SENDER = Company(
    name="Atelier Vernier SAS",
    country="FR",
    street="18 rue des Fleurs",
    zip="69002",
    city="Lyon",
    phone="+33 1 99 00 47 11",
    bank="Banque de l'Exemple",
    iban="FR7630004000031234567890143",
    bic="EXMPFRPP",
    penalty_rate="10",
)
_DAY = date(2026, 11, 23)


class LetterFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What printing took; `ratio` is `seconds` / `limit_seconds`. `limit_mb` is what typst alone keeps in memory."""

    bench: str = "letters"
    letters: int
    seconds: float
    per_second: int
    peak_mb: int
    limit_mb: int
    limit_seconds: float
    ratio: float


_count = click.option(
    "--letters", "--items", "count", default=1000, show_default=True, type=click.IntRange(10), help="Letters."
)


@click.command("letters")
@_count
@json_option
def command(count: int, as_json: bool) -> None:
    """Print formal notices of one page and read each again, beside typst alone compiling the same pages.

    Example: relance bench letters --letters 10000 --json
    """
    figures = run(count)
    words = f"{figures.per_second} letters a second, {figures.ratio} times typst alone, {figures.peak_mb} MB"
    answer(figures, as_json, lambda: [words])


def run(count: int) -> LetterFigures:
    """The figures of so many letters."""
    limit, taken = in_child(_alone, count), in_child(_printed, count)
    if taken.answer != count:
        raise RuntimeError(f"{count - taken.answer} letters were not printed")
    compared = msgspec.structs.asdict(beside(taken, limit, count))
    return LetterFigures(letters=count, limit_mb=limit.peak_mb, **compared)


def _printed(count: int) -> Iterator[int | None]:
    renderer, notices = JinjaRenderer(), _notices()
    renderer.letters([_draft(0, notices)])
    yield None
    yield sum(
        made is not None
        for at in range(0, count, _GROUP)
        for made in renderer.letters([_draft(one, notices) for one in range(at, min(at + _GROUP, count))])
    )


def _alone(count: int) -> Iterator[int | None]:
    """Typst alone, with sheets that are ready; in documents as large as ours, which is where it is fastest."""
    notices = _notices()
    sheets = [_sheet(_draft(number, notices)) for number in range(count)]
    set_in_type(sheets[:1])
    yield None
    for at in range(0, count, TOGETHER):
        set_in_type(sheets[at : at + TOGETHER])
    yield count


def _sheet(draft: LetterDraft) -> Sheet:
    return sheet_of(draft, page_of(draft.template, draft.content))


def _notices() -> list[Template]:
    """The formal notice in languages that share their fonts."""
    wanted = ("fr", "en", "de")
    return [one for one in SuppliedFiles().templates() if one.code == "formal-notice" and one.language in wanted]


def _draft(number: int, notices: list[Template]) -> LetterDraft:
    return LetterDraft(
        template=notices[number % len(notices)],
        content=_content(number),
        reference=f"{number + 1}.1",
        address=(f"Customer {number} SARL", f"{number % 200 + 1} avenue des Exemples", "33000 Bordeaux"),
        country="FR",
    )


def _content(number: int) -> Content:
    sample = sample_content(_SENDER, Mailbox("Lucie Vernier", "lucie@vernier.example"), "EUR", _DAY)
    lines = [msgspec.structs.replace(line, number=f"{line.number}-{number}") for line in sample.lines]
    return msgspec.structs.replace(
        sample, customer_code=f"C{100_000 + number}", customer_name=f"Customer {number} SARL", lines=tuple(lines)
    )
