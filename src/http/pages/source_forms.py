"""The form of a source: what was typed, as a plan."""

from typing import Any

import msgspec

from relance.core.intake.fields import FEED, KINDS, Mode, kind_of
from relance.core.intake.schedule import Schedule
from relance.core.intake.sources import UPLOAD, SourcePlan, SourceState
from relance.core.kernel.errors import BadInput
from relance.http.dependencies import Fields
from relance.http.i18n.speech import gettext, marked, spoken
from relance.http.pages.choices import number_or_none
from relance.http.pages.import_words import KINDS as KIND_WORDS
from relance.http.pages.setting_fields import weekdays
from relance.http.pages.source_words import CODES, STATES, WAYS, way_words
from relance.ports.fetchers import Fetcher, Fetchers
from relance.usecases.intake.show_source import SourceShown
from relance.usecases.intake.try_source import SourceTested

FEED_WORDS = marked("Feed: each file says what it holds")
EVERY_NIGHT = Schedule(("06:00",), (0, 1, 2, 3, 4))
"""What a new source's form proposes."""


def plan_of(fields: Fields, before: SourcePlan) -> SourcePlan:
    """What was typed; raises BadInput. What the form does not show stays as it was."""
    mode: Mode = "delta" if fields.text("mode") == "delta" else "stock"
    days = fields.text("freshness-days")
    return msgspec.structs.replace(
        before,
        name=fields.text("name") or before.name,
        kind=kind_of(fields.text("kind")),
        mode=mode,
        profile=fields.text("profile"),
        settings=_settings(fields),
        folder=fields.text("folder"),
        pattern=fields.text("pattern") or "*",
        archive_folder=fields.text("archive-folder"),
        schedule=Schedule(_times(fields), tuple(fields.numbers("day"))),
        enabled=fields.text("enabled") == "on",
        freshness_days=_days(days) if days else None,
        copy_hosts=fields.text("copy-hosts"),
    )


def secret_of(fields: Fields) -> str | None:
    """What was typed as the secret; an empty field leaves the kept one."""
    return fields.text("secret").replace("\r\n", "\n") or None


def form_values(
    plan: SourcePlan,
    fetchers: Fetchers,
    shown: SourceShown | None = None,
    tested: SourceTested | None = None,
    problem: str = "",
) -> dict[str, Any]:
    """Everything that the form's template needs."""
    return {
        "plan": plan,
        "fetcher": None if plan.way == UPLOAD else fetchers.named(plan.way),
        "shown": shown,
        "tested": tested,
        "problem": problem,
        "kinds": kind_choices(),
        "week": weekdays(spoken()),
        **common(fetchers.all()),
    }


def list_values(states: list[SourceState], fetchers: Fetchers) -> dict[str, Any]:
    """Everything that the list's template needs."""
    return {"states": states, "kinds": kind_choices(), "week": weekdays(spoken()), **common(fetchers.all())}


def common(fetchers: tuple[Fetcher, ...]) -> dict[str, Any]:
    """Words that every page of sources needs."""
    return {
        "ways": WAYS,
        "run_states": STATES,
        "codes": CODES,
        "upload": UPLOAD,
        "way_words": lambda name: way_words(name, fetchers),
    }


def kind_choices() -> dict[str, str]:
    """Kind to its words."""
    return {kind: gettext(KIND_WORDS.get(kind, FEED_WORDS)) for kind in (*KINDS, FEED)}


def _settings(fields: Fields) -> dict[str, str]:
    names = fields.texts("setting-name")
    return {name: fields.text(f"setting.{name}") for name in names if fields.text(f"setting.{name}")}


def _times(fields: Fields) -> tuple[str, ...]:
    return tuple(text.rjust(5, "0") for text in fields.text("times").replace(",", " ").replace(";", " ").split())


def _days(text: str) -> int:
    number = number_or_none(text)
    if number is None:
        raise BadInput(gettext("The freshness limit is a number of days."))
    return number
