"""One message with every attempt, as it was sent; and what a person says became of it."""

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from relance.core.kernel.errors import BadInput, NotFound
from relance.core.kernel.identifiers import ActionId
from relance.http.access import deed, page
from relance.http.dependencies import Fields
from relance.http.pages.choices import chosen
from relance.http.pages.delivery_words import words
from relance.http.pages.enclosed import as_document
from relance.http.security import MESSAGE_POLICY
from relance.http.templating import Show
from relance.ports.channels import Attachment
from relance.ports.print_files import PrintFiles
from relance.ports.store.deliveries import KeptMessage
from relance.usecases.collection.lettering import LETTER, PDF
from relance.usecases.collection.open_delivery import DeliveryWanted, OpenDelivery
from relance.usecases.collection.resolve_action import Answer, Resolution, ResolveAction
from relance.usecases.tenancy.resume_session import SignedIn


@page("/deliveries/{action:int}", needs="see")
def delivery(
    action: FromPath[int],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    open_delivery: NamedDependency[OpenDelivery],
) -> Response[str]:
    """One message with every attempt."""
    file = open_delivery(DeliveryWanted(actor=who.actor, action=ActionId(action)))
    return show("deliveries/one.html", file=file, problem="", **words())


@page("/deliveries/{action:int}/{generation:int}/message", needs="see")
def message(
    action: FromPath[int],
    generation: FromPath[int],
    who: NamedDependency[SignedIn],
    open_delivery: NamedDependency[OpenDelivery],
) -> Response[str]:
    """The text of one generation, for its frame."""
    kept = _generation(open_delivery, who, action, generation)
    return Response(kept.frozen.message.html, headers={"content-security-policy": MESSAGE_POLICY})


@page("/deliveries/{action:int}/{generation:int}/raw", needs="see")
def raw(
    action: FromPath[int],
    generation: FromPath[int],
    who: NamedDependency[SignedIn],
    open_delivery: NamedDependency[OpenDelivery],
) -> Response[bytes]:
    """What was handed over, byte for byte."""
    kept = _generation(open_delivery, who, action, generation)
    if not kept.raw:
        raise NotFound("it was not handed over")
    letter = _letter(kept)
    ending = "pdf" if letter else "eml"
    headers = {"content-disposition": f'attachment; filename="{who.tenant.code}-{action}.{generation}.{ending}"'}
    if letter:
        return Response(letter.content, media_type=letter.media_type, headers=headers)
    return Response(kept.raw.encode(), media_type="message/rfc822", headers=headers)


@page("/deliveries/{action:int}/{generation:int}/attached/{place:int}", needs="see")
def attached(
    action: FromPath[int],
    generation: FromPath[int],
    place: FromPath[int],
    who: NamedDependency[SignedIn],
    open_delivery: NamedDependency[OpenDelivery],
) -> Response[bytes]:
    """A document that went along."""
    return as_document(_generation(open_delivery, who, action, generation).frozen.message.attachments, place)


@page("/deliveries/{action:int}/{generation:int}/picture", needs="see")
def letter_picture(
    action: FromPath[int],
    generation: FromPath[int],
    who: NamedDependency[SignedIn],
    open_delivery: NamedDependency[OpenDelivery],
    print_files: NamedDependency[SkipValidation[PrintFiles]],
) -> Response[bytes]:
    """The first page of one generation of a letter."""
    letter = _letter(_generation(open_delivery, who, action, generation))
    if letter is None:
        raise NotFound("it is no letter")
    return Response(print_files.picture(letter.content), media_type="image/png")


@deed("/deliveries/{action:int}/resolve", needs="confirm")
def resolve(
    action: FromPath[int],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    open_delivery: NamedDependency[OpenDelivery],
    resolve_action: NamedDependency[ResolveAction],
) -> Response[str]:
    """A person says what became of it, or sends it again with a note."""
    answers: dict[str, Answer] = {"sent": "sent", "resend": "resend", "cancel": "cancel"}
    said = answers[chosen(fields.text("as"), answers)]
    wanted = Resolution(actor=who.actor, action=ActionId(action), answer=said, reason=fields.text("comment"))
    try:
        resolve_action(wanted)
    except BadInput as refused:  # the form is shown again
        file = open_delivery(DeliveryWanted(actor=who.actor, action=ActionId(action)))
        return show("deliveries/one.html", status=422, file=file, problem=refused.detail, **words())
    return show.go(f"/t/{who.tenant.code}/deliveries/{action}?done=resolved")


def _letter(kept: KeptMessage) -> Attachment | None:
    """The pages of a letter; None for other messages."""
    message = kept.frozen.message
    return next((one for one in message.attachments if message.kind == LETTER and one.media_type == PDF), None)


def _generation(open_delivery: OpenDelivery, who: SignedIn, action: int, generation: int) -> KeptMessage:
    file = open_delivery(DeliveryWanted(actor=who.actor, action=ActionId(action), whole=True))
    found = next((one for one in file.messages if one.frozen.generation == generation), None)
    if found is None:
        raise NotFound("no such generation")
    return found


HANDLERS = [delivery, message, raw, attached, letter_picture, resolve]
