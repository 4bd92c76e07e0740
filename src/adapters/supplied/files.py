"""Supplied scenarios and templates, read from the data files beside this module."""

import tomllib
from pathlib import Path

import msgspec

from relance.core.collection.scenarios import Scenario
from relance.core.collection.templates import Template
from relance.core.customers.search_language import parse
from relance.ports.supplied import SuppliedAlert

_HERE = Path(__file__).parent


class SuppliedFiles:
    """`scenarios/CODE.json`, and `templates/LANGUAGE/CODE.txt` whose first line is the subject."""

    def scenarios(self) -> list[Scenario]:
        """The supplied scenarios by code."""
        files = sorted((_HERE / "scenarios").glob("*.json"))
        return [msgspec.json.decode(file.read_bytes(), type=Scenario) for file in files]

    def templates(self) -> list[Template]:
        """The supplied templates by code and language."""
        return [_template(file) for file in sorted((_HERE / "templates").glob("*/*.txt"))]

    def alerts(self, language: str) -> list[SuppliedAlert]:
        """The supplied alerts, named in this language, in English where it has no name."""
        supplied = tomllib.loads((_HERE / "alerts.toml").read_text("utf-8"))["alerts"]
        return [
            SuppliedAlert(
                name=one["name"].get(language, one["name"]["en"]),
                colour=one["colour"],
                sign=one["sign"],
                search=parse(one["search"]),
            )
            for one in supplied
        ]

    def glossary(self) -> dict[str, dict[str, list[str]]]:
        """Language to term to the words that the supplied texts say for it."""
        return tomllib.loads((_HERE / "glossary.toml").read_text("utf-8"))


def _template(file: Path) -> Template:
    subject, _, body = file.read_text("utf-8").partition("\n")
    return Template(code=file.stem, language=file.parent.name, subject=subject.strip(), body=body.strip() + "\n")
