"""The reference pages name what exists, all of it and nothing else; links lead somewhere."""

import re

import click

from relance.core.tenancy.settings import SETTINGS
from relance.main.cli.root import COMMANDS, cli
from tests.house.tree import ROOT, SOURCE

_ROW = re.compile(r"^\| `([^`]+)` \| (.+?) \| (.+?) \|$", re.M)
_LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def _rows(page: str, heading: str) -> list[tuple[str, str, str]]:
    text = (ROOT / "docs/reference" / page).read_text()
    part = text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return _ROW.findall(part)


def test_the_settings_page_lists_every_setting_with_its_meaning_and_default() -> None:
    written = {name: (meaning, default.strip("`")) for name, meaning, default in _rows("settings.md", "Of a tenant")}
    assert written == {s.name: (s.meaning, s.default or "none") for s in SETTINGS.values()}


def test_the_settings_page_lists_every_variable_that_is_read() -> None:
    read = set(re.findall(r'source\.get\("(RELANCE_\w+)"', (SOURCE / "main/settings.py").read_text()))
    assert {name for name, _, _ in _rows("settings.md", "Of the process")} == read


def test_the_commands_page_lists_every_command() -> None:
    text = (ROOT / "docs/reference/commands.md").read_text()
    assert re.findall(r"^## `relance (\w+)", text, re.M) == list(COMMANDS)


def test_links_between_pages_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in _LINK.findall(page.read_text())
        if not (page.parent / target).exists()
    ]
    assert not broken


def test_paths_named_in_the_architecture_exist() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text()
    named = set(re.findall(r"`((?:src|tests|docs|examples)/[\w./-]+)`", text))
    assert named
    assert not [path for path in named if not (ROOT / path).exists()]


def test_every_decision_names_what_keeps_it() -> None:
    for page in (ROOT / "docs/decisions").glob("*.md"):
        kept_by = page.read_text().partition("Kept by:")[2]
        named = re.findall(r"`([\w./-]+)`", kept_by)
        assert any((ROOT / path).exists() for path in named), page.name
        assert not [path for path in named if "/" in path and not (ROOT / path).exists()], page.name


def test_the_commands_page_names_every_option_of_every_command() -> None:
    text = (ROOT / "docs/reference/commands.md").read_text()
    context = click.Context(cli)
    missing = []
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        parts = [command]
        if isinstance(command, click.Group):
            parts = [sub for each in command.list_commands(context) if (sub := command.get_command(context, each))]
        options = {opt for part in parts for option in part.params for opt in option.opts if opt.startswith("--")}
        section = text.split(f"## `relance {name}`\n", 1)[1].split("\n## ", 1)[0]
        missing += [
            f"{name} {option}" for option in sorted(options) if f"`{option}" not in section and option != "--help"
        ]
    assert not missing
