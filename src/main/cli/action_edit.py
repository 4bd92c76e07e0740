"""`relance actions edit`: one message's own words, for this once."""

from datetime import datetime

import click

from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ActionId
from relance.core.tenancy.users import Actor
from relance.main.cli.common import answer, json_option, of_tenant
from relance.main.container import House
from relance.usecases.collection.edit_action import ActionEdit
from relance.usecases.collection.wording import Words


@click.command("edit")
@of_tenant
@click.argument("number", type=click.IntRange(min=1), metavar="ID")
@click.option("--subject", default="", help="The message's own subject.")
@click.option("--body", default="", help="The message's own text; [items] stands for the table.")
@click.option("--language", default="", help="The language of the words.")
@click.option("--template-words", is_flag=True, help="The words of its template again.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Its day, for what a person began.")
@click.option("--to", multiple=True, metavar="CONTACT", help="Who gets it, by number, address or name; several times.")
@click.option(
    "--cc", multiple=True, metavar="WHO", help="A copy to collector, colleagues, a role, a user, or to nobody at all."
)
@json_option
def edit_action(
    house: House,
    actor: Actor,
    number: int,
    subject: str,
    body: str,
    language: str,
    template_words: bool,
    on: datetime | None,
    to: tuple[str, ...],
    cc: tuple[str, ...],
    as_json: bool,
) -> None:
    """Write one message anew, to whom it goes this once, or give it another day; it is read and confirmed after that.

    Example: relance actions edit --tenant acme 12 --subject "Your account" --body "Dear Ms Costa, ... [items]"
    """
    own = bool(subject or body or language)
    if own == template_words and (own or not (on or to or cc)):
        raise BadInput("say --subject and --body, --template-words, --to, --cc, or --on")
    words = Words(language, subject, body) if own else Words("", "", "") if template_words else None
    asked = ActionEdit(
        actor=actor,
        action=ActionId(number),
        words=words,
        on=on.date() if on else None,
        to=to or None,
        cc=cc or None,
    )
    after = house.edit_action()(asked)
    said = {
        "changed": 1,
        "action": after.action,
        "due_on": after.due_on,
        "own_words": bool(after.brief and after.brief.body),
        "to": list(after.brief.to) if after.brief else [],
        "cc": list(after.brief.cc) if after.brief else [],
    }
    answer(said, as_json, lambda: [f"action {after.action} is due on {after.due_on.isoformat()}"])
