"""What a template may say: known names, conditions, and nothing that could run, loop or grow (T7)."""

from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from relance.ports.render import TemplateBroken

NAMES = frozenset(
    {
        "company.name",
        "company.country",
        "company.city",
        "company.phone",
        "customer.code",
        "customer.name",
        "contact.name",
        "collector.name",
        "collector.email",
        "count",
        "total",
        "oldest_due",
        "last_due",
        "days_late",
        "days_late_form",
        "penalty_rate",
        "today",
    }
)
"""Every name that a template can use; public."""
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

_environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)
_environment.globals.clear()
_environment.filters.clear()


@lru_cache(maxsize=512)
def compiled(source: str) -> Template:
    """The template, checked node by node before it is compiled; raises TemplateBroken."""
    if len(source) > _LONGEST:
        raise TemplateBroken(f"the template is longer than {_LONGEST} characters")
    try:
        tree = _environment.parse(source)
    except TemplateSyntaxError as wrong:
        raise TemplateBroken(f"line {wrong.lineno}: {wrong.message}") from wrong
    _check(tree)
    return _environment.from_string(source)


def _check(tree: nodes.Template) -> None:
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            raise TemplateBroken(f"line {node.lineno}: {type(node).__name__.lower()} is not allowed in a template")
    for name in _paths(tree):
        if name not in NAMES:
            raise TemplateBroken(f"{name!r} is not known; a template can use: {', '.join(sorted(NAMES))}")


def _paths(node: nodes.Node) -> list[str]:
    """The dotted names below a node, each at its full length."""
    if isinstance(node, nodes.Getattr | nodes.Name):
        return [_path(node)]
    return [path for child in node.iter_child_nodes() for path in _paths(child)]


def _path(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_path(node.node)}.{node.attr}"
    raise TemplateBroken(f"line {node.lineno}: only known names can be used")
