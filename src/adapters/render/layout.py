"""The frame of every email: one skeleton, its styles inlined once, filled with data that was escaped before."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import css_inline
from jinja2 import Environment, StrictUndefined, Template

from relance.adapters.render.formats import locale_of

_TEMPLATES = Path(__file__).parent / "templates"


def html_page(data: Mapping[str, Any]) -> str:
    """The whole HTML document."""
    direction = locale_of(data["lang"]).text_direction
    return _skeleton(direction == "rtl").render(data, dir=direction)


@cache
def _skeleton(right_to_left: bool) -> Template:
    """Jinja's tags are HTML comments here, so that the inliner's parser leaves them inside tables where they are."""
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        block_start_string="<!--%",
        block_end_string="%-->",
        trim_blocks=True,
        lstrip_blocks=True,
    )
    inliner = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
    source = (_TEMPLATES / "layout.html").read_text("utf-8")
    return environment.from_string(inliner.inline(_mirrored(source) if right_to_left else source))


def _mirrored(source: str) -> str:
    """The same sides the other way round: mail programs do not know `start` and `end`."""
    sides = source.replace("text-align: left", "text-align: \0").replace("text-align: right", "text-align: left")
    return sides.replace("\0", "right").replace("padding: 0 10px 6px 0", "padding: 0 0 6px 10px")
