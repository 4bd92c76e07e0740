"""A tenant's own table of item types: what the words of its ERP stand for, in every file."""

from relance.core.kernel.errors import BadInput
from relance.core.ledger.items import ITEM_TYPES


def parse_types(text: str) -> dict[str, str]:
    """`ZX=miscellaneous, RV=invoice` as word to type; raises BadInput for anything else."""
    table: dict[str, str] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        word, equals, name = (piece.strip() for piece in part.partition("="))
        if not equals or not word or name not in ITEM_TYPES:
            raise BadInput(f"item-types: {part!r}: write WORD=TYPE, with a type of {', '.join(ITEM_TYPES)}")
        table[word] = name
    return table


def type_options(text: str) -> dict[str, str]:
    """The table as options of an import."""
    return {f"type.{word}": name for word, name in parse_types(text).items()}
