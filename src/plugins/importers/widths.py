"""Text in columns of fixed width, as mainframes and printers write it: lines of one length, parted by blanks only."""

from statistics import mode

_FEWEST = 3
FIXED_WIDTH = (
    "the lines have one length and no delimiter: the columns have fixed widths; "
    "export the list as delimited text (CSV) or as a workbook and import that"
)


def looks_fixed(text: str) -> bool:
    """Whether nearly all lines have one length, with runs of blanks inside."""
    lines = [line for line in text.split("\n") if line.strip()][:200]
    if len(lines) < _FEWEST:
        return False
    usual = mode(map(len, lines))
    alike = sum(len(line) == usual for line in lines)
    blank = sum("   " in line.strip() for line in lines)
    return usual >= 20 and alike >= 0.9 * len(lines) and blank >= 0.5 * len(lines)
