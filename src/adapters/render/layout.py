"""The frame of every email: one skeleton, its styles inlined once, filled with data that was escaped before."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import css_inline
from jinja2 import Environment, StrictUndefined, Template

_TEMPLATES = Path(__file__).parent / "templates"


def html_page(data: Mapping[str, Any]) -> str:
    """The whole HTML document."""
    return _skeleton().render(data)


@cache
def _skeleton() -> Template:
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
    return environment.from_string(inliner.inline((_TEMPLATES / "layout.html").read_text("utf-8")))
