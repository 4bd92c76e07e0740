"""plugins.toml, the allow-list: which plugins load, from where, with which settings."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from relance.core.kernel.errors import BadInput


class Listed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One table `[plugins.NAME]`. A plugin that is not built in names its distribution and that one's version."""

    enabled: bool = True
    distribution: str | None = None
    version: str | None = None
    settings: dict[str, Any] = {}


class AllowList:
    """The file, read once. Its tables are checked one by one, so that one fault does not take the rest along."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._lines = path.read_text(encoding="utf-8").splitlines()
            tables = tomllib.loads("\n".join(self._lines))
        except OSError as gone:
            raise BadInput(f"{path}: cannot be read: {gone.strerror}") from gone
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as bad:
            raise BadInput(f"{path}: no TOML: {bad}") from bad
        unknown = [name for name in tables if name != "plugins"]
        if unknown:
            raise BadInput(f"{self.place(unknown[0])}: only tables [plugins.NAME] belong here")
        self.tables: dict[str, Any] = tables.get("plugins", {})

    def listed(self, name: str) -> Listed:
        """The checked table of one plugin; raises BadInput with file, line and field."""
        checked: Listed = self.convert(self.tables[name], Listed, f"plugins.{name}")
        return checked

    def settings(self, name: str, wanted: Any, environment: Mapping[str, str]) -> dict[str, Any]:
        """One plugin's settings with their environment values, checked against the type that it declares."""
        given = _expanded(self.listed(name).settings, environment)
        if wanted is None:
            return given
        checked = self.convert(given, wanted, f"plugins.{name}.settings")
        plain: dict[str, Any] = msgspec.to_builtins(checked)
        return plain

    def convert(self, value: Any, wanted: Any, table: str) -> Any:
        """A value as the wanted type; text from the environment may stand for a number or a switch."""
        try:
            return msgspec.convert(value, wanted, strict=False)
        except msgspec.ValidationError as bad:
            words, _, path = str(bad).partition(" - at `$")
            field = _unknown_field(words) or path.rstrip("`").lstrip(".").replace("[...]", "")
            raise BadInput(f"{self.place(table, field)}: {'.'.join(filter(None, (table, field)))}: {words}") from bad

    def place(self, table: str, field: str = "") -> str:
        """File and line of a field, else of its table."""
        inside, at = False, 0
        parent, _, leaf = table.rpartition(".")
        for number, line in enumerate(self._lines, 1):
            header = re.match(r"\s*\[\s*([^\]]+?)\s*\]", line)
            if header:
                inside = header[1].replace('"', "") in {table, parent}
                at = number if header[1].replace('"', "") == table else at
            elif inside and field and re.match(rf'\s*"?{re.escape(field.partition(".")[0])}"?\s*=', line):
                return f"{self._path}:{number}"
            elif inside and not at and re.match(rf"\s*{re.escape(leaf)}\s*=", line):
                at = number
        return f"{self._path}:{at or 1}"


def _unknown_field(words: str) -> str:
    found = re.search(r"unknown field `([^`]+)`", words)
    return found[1] if found else ""


def _expanded(settings: Mapping[str, Any], environment: Mapping[str, str]) -> dict[str, Any]:
    """`$NAME` is the environment's value and falls away where that is unset; `$$` starts a literal dollar."""
    made: dict[str, Any] = {}
    for key, value in settings.items():
        if isinstance(value, list):
            made[key] = [_expanded(one, environment) if isinstance(one, dict) else one for one in value]
        elif not isinstance(value, str) or not value.startswith("$"):
            made[key] = value
        elif value.startswith("$$"):
            made[key] = value[1:]
        elif environment.get(value[1:]):
            made[key] = environment[value[1:]]
    return made
