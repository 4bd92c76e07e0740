"""What every command shares: the assembled house, the tenant option, and answers as text or JSON."""

import functools
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click
import msgspec

from relance.core.tenancy.tenants import Tenant
from relance.core.tenancy.users import Actor
from relance.main.container import House

tenant_option = click.option("--tenant", "tenant_code", required=True, metavar="CODE", help="The tenant's code.")
json_option = click.option("--json", "as_json", is_flag=True, help="Answer one JSON document.")
jsonl_option = click.option("--jsonl", "as_jsonl", is_flag=True, help="Answer one JSON object a line.")


def assembled() -> House:
    """The house, with the test environment's failpoints armed."""
    from relance.ports.failpoints import arm

    house = House()
    if house.environment().in_test:
        arm(house.environment().failpoints)
    return house


def tenant_and_system(house: House, code: str) -> tuple[Tenant, Actor]:
    """The tenant of this code and the actor that the command line is."""
    tenant = house.directory().by_code(code)
    return tenant, Actor(tenant=tenant.tenant, user=None, name="system")


def of_tenant(command: Callable[..., None]) -> Callable[..., None]:
    """Add `--tenant` to a command, and hand it the `house` and the `actor` that the command line is there."""

    @tenant_option
    @functools.wraps(command)
    def named(tenant_code: str, **given: Any) -> None:
        house = assembled()
        _, actor = tenant_and_system(house, tenant_code)
        command(house=house, actor=actor, **given)

    return named


def answer(value: Any, as_json: bool, words: Callable[[], Iterable[str]]) -> None:
    """Print plain data as JSON, or the sentences that say the same."""
    if as_json:
        sys.stdout.write(msgspec.json.encode(value).decode() + "\n")
        return
    for line in words():
        click.echo(line)


def answer_rows(rows: Sequence[Any], as_json: bool, as_jsonl: bool, columns: Sequence[str]) -> None:
    """Print rows as JSON, JSON lines, or a plain table of the named columns."""
    if as_jsonl:
        for row in rows:
            sys.stdout.write(msgspec.json.encode(row).decode() + "\n")
        return
    answer({"rows": rows}, as_json, lambda: _table(msgspec.to_builtins(list(rows)), columns))


def _table(rows: list[dict[str, Any]], columns: Sequence[str]) -> Iterable[str]:
    cells = [[str(row.get(name, "")) for name in columns] for row in rows]
    widths = [max(len(name), *(len(line[i]) for line in cells), 1) for i, name in enumerate(columns)] if cells else []
    if not cells:
        yield "nothing"
        return
    yield "  ".join(name.ljust(width) for name, width in zip(columns, widths, strict=True)).rstrip()
    for line in cells:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
