"""The legal entities of the tenant: who is owed, and what messages are signed with."""

from typing import Any

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.core.kernel.errors import NotFound, RelanceError
from relance.core.tenancy.entities import DETAILS, Entity
from relance.http.access import deed, page
from relance.http.addresses import code_of, segment
from relance.http.dependencies import Fields
from relance.http.i18n.speech import marked, spoken
from relance.http.pages.setting_fields import SECTIONS, countries
from relance.http.templating import Show
from relance.usecases.tenancy.add_entity import AddEntity, NewEntity
from relance.usecases.tenancy.change_entity import ChangeEntity, EntityChange
from relance.usecases.tenancy.list_entities import ListEntities
from relance.usecases.tenancy.resume_session import SignedIn

LABELS = {
    "street": marked("Street"),
    "zip": marked("Postal code"),
    "city": marked("City"),
    "country": marked("Country"),
    "phone": marked("Phone"),
    "bank": marked("Bank"),
    "iban": marked("IBAN"),
    "bic": marked("BIC"),
    "sender": marked("Sender"),
}


@page("/settings/entities", needs="settings")
def entities(
    who: NamedDependency[SignedIn], show: NamedDependency[Show], list_entities: NamedDependency[ListEntities]
) -> Response[str]:
    """Every entity, and a form for one more."""
    return _listed(show, list_entities(who.actor))


@deed("/settings/entities/new", needs="settings")
def add(
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    add_entity: NamedDependency[AddEntity],
    list_entities: NamedDependency[ListEntities],
) -> Response[str]:
    """One company more; what cannot be kept is shown again with the reason."""
    typed = {name: fields.text(name) for name in ("code", "name", "country")}
    details = {"country": typed["country"]}
    try:
        entity = add_entity(NewEntity(actor=who.actor, code=typed["code"], name=typed["name"], details=details))
    except RelanceError as refused:  # the form keeps what was typed
        return _listed(show, list_entities(who.actor), refused.detail, typed)
    return show.go(f"/t/{who.tenant.code}/settings/entities/{segment(entity.code)}?done=saved")


@page("/settings/entities/{code:str}", needs="settings")
def entity_page(
    code: FromPath[str],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    list_entities: NamedDependency[ListEntities],
) -> Response[str]:
    """One entity's name, address and bank."""
    return _one(show, list_entities(who.actor), code_of(code))


@deed("/settings/entities/{code:str}", needs="settings")
def save(
    code: FromPath[str],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    change_entity: NamedDependency[ChangeEntity],
    list_entities: NamedDependency[ListEntities],
) -> Response[str]:
    """Keep the change, or show it again with what is wrong."""
    typed = {name: fields.text(name) for name in DETAILS if fields.raw(name) is not None}
    change = EntityChange(actor=who.actor, code=code_of(code), name=fields.text("name"), details=typed)
    try:
        change_entity(change)
    except RelanceError as refused:  # the form keeps what was typed
        return _one(show, list_entities(who.actor), change.code, refused.detail, typed | {"name": fields.text("name")})
    return show.go(f"/t/{who.tenant.code}/settings/entities?done=saved")


def _listed(show: Show, found: list[Entity], problem: str = "", typed: dict[str, str] | None = None) -> Response[str]:
    values = {"entities": found, "problem": problem, "typed": typed or {}, **_common()}
    return show("settings/entities.html", status=422 if problem else 200, **values)


def _one(
    show: Show, found: list[Entity], code: str, problem: str = "", typed: dict[str, str] | None = None
) -> Response[str]:
    entity = next((one for one in found if one.code == code), None)
    if entity is None:
        raise NotFound("no such entity")
    shown = {name: getattr(entity, name) for name in ("name", *DETAILS)} | (typed or {})
    values = {"entity": entity, "shown": shown, "first": entity == found[0], "problem": problem, **_common()}
    return show("settings/entity.html", status=422 if problem else 200, labels=LABELS, **values)


def _common() -> dict[str, Any]:
    return {
        "sections": SECTIONS,
        "section": "entities",
        "countries": countries(spoken()),
        "segment": segment,
    }


HANDLERS = [entities, add, entity_page, save]
