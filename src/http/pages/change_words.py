"""Changes of many customers in words, and the changes that a form says."""

from collections.abc import Mapping

import msgspec

from relance.core.customers.mass_changes import Changes, MassChange, codes_in
from relance.http.dependencies import Fields
from relance.http.i18n.searches import Known
from relance.http.i18n.speech import gettext

TAKE_AWAY = "none"
"""What a select says where a value is to go."""
_SWITCH = {"yes": True, "no": False}
FIELDS = (
    "to_collector",
    "to_scenario",
    "add_groups",
    "remove_groups",
    "add_colleague",
    "remove_colleague",
    "to_penalties",
)


class Effect(msgspec.Struct, frozen=True):
    """What is given or taken; `attribute` is what the counts are by."""

    attribute: str
    words: str


def effects(wanted: Changes, known: Known) -> list[Effect]:
    """Each change in words."""
    found = [*_single("collector", wanted.collector, known), *_single("scenario", wanted.scenario, known)]
    linked = (
        ("group", gettext("Into group %(value)s"), wanted.add_groups),
        ("group", gettext("Out of group %(value)s"), wanted.remove_groups),
        ("colleague", gettext("Associated with %(value)s"), wanted.add_colleagues),
        ("colleague", gettext("No longer associated with %(value)s"), wanted.remove_colleagues),
    )
    for attribute, pattern, values in linked:
        found += [Effect(attribute, pattern % {"value": known.get((attribute, value), value)}) for value in values]
    return [*found, *_switched(wanted.penalties)]


def kept_words(change: MassChange, known: Known) -> str:
    """A change of the history in one line."""
    return "; ".join(effect.words for effect in effects(change.wanted, known))


def wanted_of(fields: Fields) -> Changes:
    """What the form says; fields that were left alone change nothing."""
    return Changes(
        collector=_choice(fields.text("to_collector")),
        scenario=_choice(fields.text("to_scenario")),
        add_groups=codes_in(fields.text("add_groups")),
        remove_groups=codes_in(fields.text("remove_groups")),
        add_colleagues=codes_in(_all(fields, "add_colleague")),
        remove_colleagues=codes_in(_all(fields, "remove_colleague")),
        penalties=_SWITCH.get(fields.text("to_penalties")),
    )


def typed_of(fields: Fields) -> Mapping[str, str]:
    """The form as it was filled in."""
    return {name: _all(fields, name) for name in FIELDS}


def _single(attribute: str, value: str | None, known: Known) -> list[Effect]:
    if value is None:
        return []
    patterns = {
        ("collector", True): gettext("Collector: %(value)s"),
        ("collector", False): gettext("No collector any more"),
        ("scenario", True): gettext("Scenario: %(value)s"),
        ("scenario", False): gettext("The tenant's default scenario"),
    }
    pattern = patterns[attribute, bool(value)]
    return [Effect(attribute, pattern % {"value": known.get((attribute, value), value)})]


def _switched(penalties: bool | None) -> list[Effect]:
    if penalties is None:
        return []
    return [Effect("penalties", gettext("Late penalties: on") if penalties else gettext("Late penalties: off"))]


def _choice(text: str) -> str | None:
    if not text:
        return None
    return "" if text == TAKE_AWAY else text


def _all(fields: Fields, name: str) -> str:
    """Everything of the name, ticked boxes or what a review carries along, with commas between."""
    return ", ".join(filter(None, fields.texts(name)))
