"""What a sample seems to be, guess by guess."""

from relance.plugins import Recognised
from relance.plugins.importers.foreign import Foreign
from relance.plugins.importers.layouts import Seen, seen, unique
from relance.plugins.importers.paper import Paper
from relance.plugins.importers.paper_rows import columns_of

_NAMES = (".csv", ".txt", ".tsv", ".tab", ".asc", ".dat")


def recognised_of(sample: bytes, file_name: str) -> Recognised:
    """The options of delimited text with how sure each is; or why it is none."""
    look = seen(sample, {})
    if look.foreign:
        return _refused(look.foreign)
    if look.paper:
        return _list(look, look.paper)
    structure = look.structure
    guesses = (look.encoding, *structure.guesses)
    likely = min(guess.confidence for guess in guesses if guess.name in ("encoding", "delimiter"))
    named = file_name.lower().endswith(_NAMES)
    return Recognised(
        confidence=max(10, (60 if named else 40) * likely // 100),
        why=f"{len(structure.columns)} cells in {round(100 * structure.share)} % of the lines",
        options={guess.name: guess.value for guess in guesses},
        header_line=structure.header_line,
        columns=unique(structure.columns),
        guesses=guesses,
    )


def _list(look: Seen, paper: Paper) -> Recognised:
    """A list for paper, in which lines above the rows say whose they are."""
    why = "a list for paper: the lines above the rows say whose they are"
    return Recognised(
        confidence=60,
        why=why if paper.labels else "columns of fixed width, parted by blanks",
        options={look.encoding.name: look.encoding.value, "header-line": str(paper.header_line)},
        header_line=paper.header_line,
        columns=columns_of(paper),
        guesses=(look.encoding,),
    )


def _refused(foreign: Foreign) -> Recognised:
    return Recognised(confidence=0, why=foreign.message, refusal=foreign.code, message=foreign.message)
