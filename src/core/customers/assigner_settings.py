"""The settings of an assigner: checked as its type says, and as the fields and lines of a form."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Literal

import msgspec
from msgspec import inspect

from relance.core.kernel.errors import BadInput

Kind = Literal["text", "choice", "tick", "list", "pairs"]


class SettingField(msgspec.Struct, frozen=True, kw_only=True):
    """One setting for a form. `list` is one value a line, `pairs` one `KEY = VALUE` a line."""

    name: str
    kind: Kind
    label: str
    help: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False
    default: str = ""


def fields_of(wanted: type[msgspec.Struct]) -> list[SettingField]:
    """The settings in the order in which the type names them."""
    shape = inspect.type_info(wanted)
    return [_field(field) for field in shape.fields] if isinstance(shape, inspect.StructType) else []


def checked_settings(wanted: type[msgspec.Struct], given: Mapping[str, Any]) -> Any:
    """The settings as the type; raises BadInput that names the one that is wrong."""
    try:
        return msgspec.convert(dict(given), wanted, strict=False)
    except msgspec.ValidationError as wrong:
        words, _, path = str(wrong).partition(" - at `$.")
        raise BadInput(f"settings{'.' + path.rstrip('`') if path else ''}: {words}") from wrong


def plain(settings: msgspec.Struct) -> dict[str, Any]:
    """Settings as they are kept: defaults filled in, texts, lists and tables."""
    kept: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(settings))
    return kept


def typed(fields: Iterable[SettingField], texts: Mapping[str, str]) -> dict[str, Any]:
    """Settings of what a person typed; raises BadInput for a line that says nothing."""
    kinds = {field.name: field.kind for field in fields}
    return {name: _value(name, kinds.get(name, "text"), text) for name, text in texts.items() if text.strip()}


def in_lines(settings: Mapping[str, Any]) -> dict[str, str]:
    """Settings as a person types them."""
    return {name: _text(value) for name, value in settings.items()}


def names(settings: Mapping[str, Any], value: str) -> bool:
    """Whether the settings hold this value somewhere, capitals aside."""
    return any(value.casefold() in map(str.casefold, _held(one)) for one in settings.values())


def renamed(
    settings: Mapping[str, Any], before: str, after: str, gives: Callable[[Mapping[str, Any]], Collection[str]]
) -> dict[str, Any]:
    """The settings with another value wherever they give the one before; `gives` tells what settings give.

    A text of its own, such as the name of a field, only changes where it is what is given.
    """
    old = before.casefold()
    swapped = {name: _swapped(value, old, after) for name, value in settings.items()}
    for name, value in settings.items():
        if isinstance(value, str) and value.casefold() == old and old in map(str.casefold, gives(swapped)):
            tried = swapped | {name: after}
            swapped = tried if old not in map(str.casefold, gives(tried)) else swapped
    return swapped


def _swapped(value: Any, old: str, after: str) -> Any:
    if isinstance(value, Mapping):
        return {key: after if str(one).casefold() == old else one for key, one in value.items()}
    return [after if str(one).casefold() == old else one for one in value] if isinstance(value, list) else value


def _held(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [str(one) for one in value.values()]
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _field(field: inspect.Field) -> SettingField:
    meta: dict[str, Any] = {}
    kind: inspect.Type = field.type
    if isinstance(kind, inspect.Metadata):
        meta, kind = kind.extra_json_schema or {}, kind.type
    return SettingField(
        name=field.name,
        kind=_kind(kind),
        label=meta.get("title", field.name.replace("_", " ").capitalize()),
        help=meta.get("description", ""),
        choices=tuple(map(str, kind.values)) if isinstance(kind, inspect.LiteralType) else (),
        required=field.required,
        default="" if field.default is msgspec.NODEFAULT else _text(field.default),
    )


def _kind(kind: inspect.Type) -> Kind:
    if isinstance(kind, inspect.LiteralType):
        return "choice"
    if isinstance(kind, inspect.BoolType):
        return "tick"
    if isinstance(kind, inspect.DictType):
        return "pairs"
    lists = (inspect.ListType, inspect.VarTupleType, inspect.SetType, inspect.FrozenSetType)
    return "list" if isinstance(kind, lists) else "text"


def _value(name: str, kind: Kind, text: str) -> Any:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if kind == "list":
        return lines
    if kind != "pairs":
        return text.strip()
    pairs = [line.partition("=") for line in lines]
    empty = [line for line, (key, _, value) in zip(lines, pairs, strict=True) if not key.strip() or not value.strip()]
    if empty:
        raise BadInput(f"settings.{name}: {empty[0]!r} is no line such as FR = what it gives")
    keys = [key.strip() for key, _, _ in pairs]
    twice = [key for place, key in enumerate(keys) if key in keys[:place]]
    if twice:
        raise BadInput(f"settings.{name}: {twice[0]!r} stands there twice")
    return {key.strip(): value.strip() for key, _, value in pairs}


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return "\n".join(f"{key} = {one}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return "\n".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)
