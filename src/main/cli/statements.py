"""`relance customers statement`: a statement of account as a file."""

from pathlib import Path

import click

from relance.main.cli.common import answer, assembled, json_option, tenant_and_system, tenant_option


@click.command("statement")
@tenant_option
@click.argument("code", metavar="CODE")
@click.option(
    "--to", "file", required=True, type=click.Path(dir_okay=False, path_type=Path), help="A .pdf or .xlsx file."
)
@click.option("--language", default="", help="Without one, the customer's.")
@click.option("--interest", is_flag=True, help="With late interest at the tenant's rate.")
@json_option
def make_statement(tenant_code: str, code: str, file: Path, language: str, interest: bool, as_json: bool) -> None:
    """Write a customer's statement of account: what is open today, its age, and totals by currency.

    Example: relance customers statement --tenant acme C001 --to C001.pdf
    """
    from relance.usecases.insight.make_statement import StatementForm, StatementWanted

    forms: dict[str, StatementForm] = {".pdf": "pdf", ".xlsx": "xlsx"}
    form = forms.get(file.suffix.lower())
    if form is None:
        raise click.UsageError("--to: a file that ends in .pdf or .xlsx")
    house = assembled()
    _, actor = tenant_and_system(house, tenant_code)
    wanted = StatementWanted(actor=actor, code=code, form=form, language=language, interest=interest)
    made = house.make_statement()(wanted)
    file.write_bytes(made.content)
    told = {"file": str(file), "language": made.language, "items": made.items, "bytes": len(made.content)}
    answer(told, as_json, lambda: [f"{file}: {made.items} items, in {made.language}"])
