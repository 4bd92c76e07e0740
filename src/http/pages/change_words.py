"""Changes of many customers in words, and the changes that a form says."""

from collections.abc import Iterable, Mapping

import msgspec

from relance.core.customers.mass_changes import Changes, MassChange, codes_in
from relance.http.dependencies import Fields
from relance.http.i18n.searches import Known
from relance.http.i18n.speech import gettext
from relance.usecases.customers.change_many import ChangeCount

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
    """What is given (`begin`) or taken, as the counts name it and in words."""

    attribute: str
    value: str
    begin: bool
    words: str


def effects(wanted: Changes, known: Known) -> list[Effect]:
    """Each change in words."""
    found = [*_single("collector", wanted.collector, known), *_single("scenario", wanted.scenario, known)]
    linked = (
        ("group", True, gettext("Into group %(value)s"), wanted.add_groups),
        ("group", False, gettext("Out of group %(value)s"), wanted.remove_groups),
        ("colleague", True, gettext("Associated with %(value)s"), wanted.add_colleagues),
        ("colleague", False, gettext("No longer associated with %(value)s"), wanted.remove_colleagues),
    )
    for name, begin, pattern, values in linked:
        found += [Effect(name, one, begin, pattern % {"value": known.get((name, one), one)}) for one in values]
    return [*found, *_switched(wanted.penalties)]


def counted(each: Iterable[ChangeCount], found: Iterable[Effect]) -> list[tuple[str, int]]:
    """Each change in words, and for how many customers it is one."""
    counts: dict[tuple[str, str, bool], int] = {(one.attribute, one.value, one.begin): one.customers for one in each}
    return [(one.words, counts[one.attribute, one.value, one.begin]) for one in found]


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
    return [Effect(attribute, value, True, pattern % {"value": known.get((attribute, value), value)})]


def _switched(penalties: bool | None) -> list[Effect]:
    if penalties is None:
        return []
    words = gettext("Late penalties: on") if penalties else gettext("Late penalties: off")
    return [Effect("penalties", "yes" if penalties else "no", True, words)]


def _choice(text: str) -> str | None:
    if not text:
        return None
    return "" if text == TAKE_AWAY else text


def _all(fields: Fields, name: str) -> str:
    """Everything of the name, ticked boxes or what a review carries along, with commas between."""
    return ", ".join(filter(None, fields.texts(name)))
