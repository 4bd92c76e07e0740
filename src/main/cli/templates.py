"""`relance templates`: message texts, and what they would say."""

import sys
from pathlib import Path

import click

from relance.core.collection.templates import Template
from relance.core.kernel.errors import BadInput
from relance.core.tenancy.users import Actor
from relance.main.cli.common import answer, answer_rows, json_option, jsonl_option, of_tenant
from relance.main.container import House

language_option = click.option("--language", required=True, metavar="TAG", help="Such as de, pt-BR or fi.")


@click.group("templates")
def templates_command() -> None:
    """Message texts: list, show, check, preview, and add what came with an update."""


@templates_command.command("list")
@of_tenant
@json_option
@jsonl_option
def list_texts(house: House, actor: Actor, as_json: bool, as_jsonl: bool) -> None:
    """Every text in every language, with the version that is sent.

    Example: relance templates list --tenant acme
    """
    rows = [
        {"code": line.code, "language": line.language, "version": line.version, "draft": line.drafted}
        for row in house.list_templates()(actor).rows
        for line in row.texts.values()
    ]
    answer_rows(rows, as_json, as_jsonl, ("code", "language", "version", "draft"))


@templates_command.command("show")
@of_tenant
@click.argument("code")
@language_option
@click.option("--version", type=click.IntRange(1), metavar="N", help="An earlier version instead of what is sent.")
@json_option
def show_text(house: House, actor: Actor, code: str, language: str, version: int | None, as_json: bool) -> None:
    """The words of one text: what is sent, else what is drafted or supplied.

    Example: relance templates show --tenant acme first-reminder --language de
    """
    shown = house.show_template()(actor, code, language)
    was = next((one for one in shown.versions if one.version == version), None)
    if version and was is None:
        raise BadInput(f"there is no version {version} of {code!r} in {language!r}")
    text = Template(code, language, was.subject, was.body) if was else shown.published or shown.text
    if not text.body:
        raise BadInput(f"there is no text {code!r} in {language!r}")
    answer(text, as_json, lambda: [text.subject, "", text.body.rstrip("\n")])


@templates_command.command("check")
@of_tenant
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE...")
@click.option("--language", default="en", show_default=True, metavar="TAG", help="The language of the files.")
@json_option
@jsonl_option
def check_texts(
    house: House, actor: Actor, files: tuple[Path, ...], language: str, as_json: bool, as_jsonl: bool
) -> None:
    """Whether each text of the tenant, or each file, could be sent; leaves with 2 where one could not.

    A file's first line is the subject.

    Example: relance templates check --tenant acme
    """
    verb = house.check_templates()
    rows = verb.of([_read(file, language) for file in files]) if files else verb(actor)
    answer_rows(rows, as_json, as_jsonl, ("code", "language", "draft", "problem"))
    if any(row.problem for row in rows):
        sys.exit(2)


@templates_command.command("preview")
@of_tenant
@click.argument("code")
@language_option
@click.option("--customer", default="", metavar="CODE", help="With whose data; without it an invented customer's.")
@click.option("--html", "as_html", is_flag=True, help="The HTML instead of the plain text.")
@json_option
def preview_text(
    house: House, actor: Actor, code: str, language: str, customer: str, as_html: bool, as_json: bool
) -> None:
    """What a text would say to a customer now; nothing is sent.

    Example: relance templates preview --tenant acme first-reminder --language ja --customer C001
    """
    from relance.usecases.templates.preview_template import TextToPreview

    wanted = TextToPreview(actor=actor, code=code, language=language, customer=customer)
    said = house.preview_template()(wanted)
    answer(said, as_json, lambda: [said.html] if as_html else [said.subject, "", said.text.rstrip("\n")])


@templates_command.command("supply")
@of_tenant
@json_option
def supply_texts(house: House, actor: Actor, as_json: bool) -> None:
    """Add the supplied texts that the tenant does not have; changes nothing that is there.

    Example: relance templates supply --tenant acme
    """
    added = house.supply_templates()(actor)
    answer({"added": added}, as_json, lambda: [f"{added} added"])


def _read(file: Path, language: str) -> Template:
    subject, _, body = file.read_text("utf-8").partition("\n")
    return Template(file.stem, language, subject.strip(), body)
