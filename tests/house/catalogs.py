"""The messages of the source, extracted afresh, as `pybabel extract` would with babel.cfg (ui.md, section 4)."""

import configparser
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir

from tests.house.tree import ROOT

KEYWORDS: dict[str, Any] = DEFAULT_KEYWORDS | {
    "marked": None,
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def extracted() -> Catalog:
    """Every message of Python files and templates."""
    methods, options = _configured()
    found = Catalog()
    for _, _, message, comments, context in extract_from_dir(
        ROOT, method_map=methods, options_map=options, keywords=KEYWORDS, directory_filter=_ours
    ):
        found.add(message, None, context=context, auto_comments=comments)
    return found


def _configured() -> tuple[list[tuple[str, str]], dict[str, dict[str, Any]]]:
    read = configparser.ConfigParser()
    read.read(ROOT / "babel.cfg")
    methods, options = [], {}
    for section in read.sections():
        method, pattern = section.split(":", 1)
        methods.append((pattern.strip(), method.strip()))
        options[pattern.strip()] = dict(read[section])
    return methods, options


def _ours(folder: Any) -> bool:
    name = str(folder).rsplit("/", 1)[-1]
    return not name.startswith((".", "_")) and name not in {"build", "tests", "node_modules"}
