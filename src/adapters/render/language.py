"""What a template may say: known names, conditions, and nothing that could run, loop or grow (T7)."""

import re
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from relance.core.collection.templates import BLOCKS, NAMES
from relance.ports.render import TemplateBroken

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.If,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Const,
    nodes.Name,
    nodes.Getattr,
)
_LONGEST = 20_000
_STRAY = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BLOCK = re.compile(r"\[([a-z][a-z-]*)\]")

_environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)
_environment.globals.clear()
_environment.filters.clear()


@lru_cache(maxsize=512)
def compiled(source: str) -> Template:
    """The template, checked node by node before it is compiled; raises TemplateBroken."""
    if len(source) > _LONGEST:
        raise TemplateBroken(f"the template is longer than {_LONGEST} characters")
    stray = _STRAY.search(source)
    if stray:
        raise TemplateBroken(f"line {source.count(chr(10), 0, stray.start()) + 1}: a control character is in the text")
    try:
        _check(_environment.parse(source))
        return _environment.from_string(source)
    except TemplateSyntaxError as wrong:
        raise TemplateBroken(f"line {wrong.lineno}: {wrong.message}") from wrong
    except (SyntaxError, RecursionError, MemoryError, ValueError) as wrong:
        raise TemplateBroken("a condition or a number in it is too long or too deep") from wrong


def check_blocks(body: str) -> None:
    """Raise TemplateBroken for a block that there is not, and for one that is not a paragraph of its own."""
    lines = body.replace("\r\n", "\n").split("\n")
    for at, line in enumerate(lines):
        for name in _BLOCK.findall(line):
            if name not in BLOCKS:
                known = ", ".join(f"[{one}]" for one in BLOCKS)
                raise TemplateBroken(f"line {at + 1}: [{name}] is not a block; a text can use: {known}")
            around = lines[max(at - 1, 0) : at] + lines[at + 1 : at + 2]
            if line.strip() != f"[{name}]" or any(other.strip() for other in around):
                raise TemplateBroken(f"line {at + 1}: [{name}] stands alone, with an empty line before and after it")


def _check(tree: nodes.Template) -> None:
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            raise TemplateBroken(f"line {node.lineno}: {type(node).__name__.lower()} is not allowed in a template")
        if isinstance(node, nodes.Const) and isinstance(node.value, str) and _STRAY.search(node.value):
            raise TemplateBroken(f"line {node.lineno}: a control character is in the text")
    for line, name in _paths(tree):
        if name not in NAMES:
            known = ", ".join(sorted(NAMES))
            raise TemplateBroken(f"line {line}: {name!r} is not known; a template can use: {known}")


def _paths(node: nodes.Node) -> list[tuple[int, str]]:
    """The dotted names below a node, each at its full length and with its line."""
    if isinstance(node, nodes.Getattr | nodes.Name):
        return [(node.lineno, _path(node))]
    return [path for child in node.iter_child_nodes() for path in _paths(child)]


def _path(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_path(node.node)}.{node.attr}"
    raise TemplateBroken(f"line {node.lineno}: only known names can be used")
