"""A scenario as YAML: plain data only, every key once, and errors that name their line."""

import re
from typing import Any

import msgspec
import yaml

from relance.core.collection.designing import arranged
from relance.core.collection.scenarios import Scenario, Step
from relance.ports.scenario_texts import TextUnreadable

_LONGEST = 200_000
_OWN = {"version", "passed-over"}
"""Not a matter of the text: publishing numbers versions."""
_STEP = re.compile(r"\$\.steps\[(\d+)\](?:\.([a-z-]+))?")
_FIELD = re.compile(r"\$\.([a-z-]+)")


class YamlScenarios:
    """Scenario texts in YAML 1.1, without tags, anchors and aliases."""

    def write(self, scenario: Scenario) -> str:
        """The scenario as text; a step that is dated from the one before has no day of its own."""
        data = {name: value for name, value in msgspec.to_builtins(scenario).items() if name not in _OWN}
        data["steps"] = [_without_day(step) for step in data.get("steps", ())]
        text: str = yaml.dump(data, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=100)
        return text

    def read(self, text: str) -> Scenario:
        """The scenario of a text; raises TextUnreadable with the line."""
        if len(text) > _LONGEST:
            raise TextUnreadable(f"the text is longer than {_LONGEST} characters")
        try:
            root = yaml.compose(text, Loader=yaml.SafeLoader)
        except (yaml.YAMLError, RecursionError) as broken:
            raise TextUnreadable(_words(broken)) from broken
        if not isinstance(root, yaml.MappingNode):
            raise TextUnreadable("line 1: a scenario begins with its fields, such as code and name")
        data = _plain(root, 0)
        _known_keys(root, Scenario)
        for step in _steps(root):
            _known_keys(step, Step)
        return _scenario(data, root)


def _scenario(data: dict[str, Any], root: yaml.MappingNode) -> Scenario:
    for step in data.get("steps") or ():
        if isinstance(step, dict) and "after-last" in step:
            step.setdefault("day", 0)
    data = {name: value for name, value in data.items() if name not in _OWN}
    try:
        scenario = msgspec.convert(data | {"steps": data.get("steps") or ()}, Scenario)
    except msgspec.ValidationError as wrong:
        raise TextUnreadable(f"line {_line(str(wrong), root)}: {_said(str(wrong))}") from wrong
    return msgspec.structs.replace(scenario, steps=arranged(scenario.steps))


def _without_day(step: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in step.items() if name != "day" or "after-last" not in step}


def _plain(node: yaml.Node, depth: int) -> Any:
    """Texts, numbers, lists and maps; anything else that YAML can say is refused."""
    line = node.start_mark.line + 1
    if depth > 6:
        raise TextUnreadable(f"line {line}: nested too deep")
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.value in found:
                raise TextUnreadable(f"line {key.start_mark.line + 1}: {key.value!r} is there twice, or is no name")
            found[key.value] = _plain(value, depth + 1)
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_plain(part, depth + 1) for part in node.value]
    return _scalar(node, line)


def _scalar(node: Any, line: int) -> Any:
    kind = node.tag.rpartition(":")[2]
    if kind == "str":
        return node.value
    if kind == "int" and re.fullmatch(r"[-+]?\d{1,6}", node.value):
        return int(node.value)
    if kind == "bool":
        return node.value.lower() in {"true", "yes", "on"}
    if kind == "null":
        return None
    raise TextUnreadable(f"line {line}: write {node.value!r} in quotes, if it is a text")


def _steps(root: yaml.MappingNode) -> list[Any]:
    return [
        step
        for key, value in root.value
        if key.value == "steps" and isinstance(value, yaml.SequenceNode)
        for step in value.value
        if isinstance(step, yaml.MappingNode)
    ]


def _known_keys(node: yaml.MappingNode, kind: type[Scenario | Step]) -> None:
    known = set(kind.__struct_encode_fields__)
    for key, _ in node.value:
        if key.value not in known:
            there = ", ".join(sorted(known - _OWN))
            raise TextUnreadable(f"line {key.start_mark.line + 1}: there is no {key.value!r}; there are {there}")


def _line(wrong: str, root: yaml.MappingNode) -> int:
    """The line of what msgspec complains of, by its path."""
    node: Any = root
    if found := _STEP.search(wrong):
        node = _steps(root)[int(found[1])]
        return _line_of(node, found[2])
    found = _FIELD.search(wrong)
    return _line_of(node, found[1] if found else None)


def _line_of(node: Any, name: str | None) -> int:
    for key, value in node.value:
        if key.value == name:
            return int(value.start_mark.line) + 1
    return int(node.start_mark.line) + 1


def _said(wrong: str) -> str:
    return wrong.partition(" - at ")[0]


def _words(broken: Exception) -> str:
    mark = getattr(broken, "problem_mark", None)
    problem = getattr(broken, "problem", None) or "this is no YAML"
    return f"line {mark.line + 1}: {problem}" if mark else str(problem)


class _Writer(yaml.SafeDumper):  # type: ignore[misc]  # PyYAML comes without types
    """Lists indented below their name, and never an alias."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        """Indent lists too."""
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        """The same value twice is written twice."""
        return True
