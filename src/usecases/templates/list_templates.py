"""List the message texts, and where something is missing."""

import msgspec

from relance.core.collection.scenarios import Scenario
from relance.core.tenancy.languages import MESSAGE_LANGUAGES
from relance.core.tenancy.users import Actor, require_right
from relance.ports.store.templates import TextLine
from relance.ports.supplied import Supplied
from relance.ports.work import Work


class TemplateRow(msgspec.Struct, frozen=True, kw_only=True):
    """One text in all its languages. `used_by` are scenarios with the codes of their steps that say it."""

    code: str
    texts: dict[str, TextLine]
    used_by: dict[str, tuple[str, ...]]
    missing: tuple[str, ...]
    """Languages of the tenant's customers in which it is not published; they read another language."""


class TemplatesShown(msgspec.Struct, frozen=True, kw_only=True):
    """The matrix of texts and languages. `supplied` are texts that came with the installation and are not here."""

    rows: list[TemplateRow]
    languages: tuple[str, ...]
    supplied: int


class ListTemplates:
    """Which text exists in which language, and who would not be written to in their own."""

    def __init__(self, work: Work, supplied: Supplied) -> None:
        self._work, self._supplied = work, supplied

    def __call__(self, actor: Actor) -> TemplatesShown:
        """The texts in the order in which customers read them, then by code; raises NotAllowed."""
        require_right(actor, "scenarios")
        with self._work.reading(actor.tenant) as unit:
            lines = unit.templates.lines()
            scenarios = unit.collection.scenarios()
            uses = _uses(scenarios)
            spoken = [tag for tag in unit.suggestions.suggestions(None).languages if tag]
            own = unit.tenancy.tenant().language
        used = [*dict.fromkeys([own, *spoken])]
        codes = sorted({line.code for line in lines}, key=lambda code: (_first_day(code, scenarios), code))
        rows = [_row(code, lines, uses.get(code, {}), used) for code in codes]
        known = {(line.code, line.language) for line in lines}
        supplied = sum((one.code, one.language) not in known for one in self._supplied.templates())
        others = sorted({line.language for line in lines} - set(MESSAGE_LANGUAGES))
        return TemplatesShown(rows=rows, languages=(*MESSAGE_LANGUAGES, *others), supplied=supplied)


def _row(code: str, lines: list[TextLine], uses: dict[str, tuple[str, ...]], spoken: list[str]) -> TemplateRow:
    texts = {line.language: line for line in lines if line.code == code}
    published = {tag for tag, line in texts.items() if line.version}
    missing = tuple(tag for tag in spoken if not {tag, tag.partition("-")[0]} & published)
    return TemplateRow(code=code, texts=texts, used_by=uses, missing=missing)


def _first_day(code: str, scenarios: list[Scenario]) -> int:
    """The earliest day on which a scenario says it; those that none says come last."""
    return min((step.day for scenario in scenarios for step in scenario.steps if step.template == code), default=9999)


def _uses(scenarios: list[Scenario]) -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for scenario in scenarios:
        for step in scenario.steps:
            steps = found.setdefault(step.template, {})
            steps[scenario.code] = (*steps.get(scenario.code, ()), step.code)
    return found
