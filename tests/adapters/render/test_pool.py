"""Children that render: the same words, and what one message does to its child spoils no other (T7, matrix row 17)."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from relance.adapters.render.pool import RenderPool
from relance.adapters.render.renderer import JinjaRenderer
from relance.core.collection.composing import Content
from relance.core.collection.templates import Template
from relance.ports.render import Rendered, TemplateBroken
from tests.adapters.render.test_renderer import CONTENT, TEMPLATES

GOOD = (TEMPLATES[0], CONTENT)
LONG = msgspec.structs.replace(CONTENT, lines=CONTENT.lines * 6000)
MEMORY = 24 << 20


@pytest.fixture(scope="module")
def pool() -> Iterator[RenderPool]:
    pool = RenderPool(seconds=5, memory=MEMORY)
    yield pool
    pool.close()


def kinds(answers: list[Rendered | TemplateBroken]) -> list[type]:
    return [type(one) for one in answers]


def test_children_say_the_words_that_this_process_would_say(pool: RenderPool) -> None:
    wanted = [(template, CONTENT) for template in TEMPLATES]
    assert pool.render_all(wanted) == JinjaRenderer().render_all(wanted)


@pytest.mark.parametrize(
    ("poison", "why"),
    [
        ((Template("t", "en", "Hello", "{{ customer.secret }}"), CONTENT), "not known"),
        ((Template("t", "xx-nowhere", "Hello", "Hello"), CONTENT), "it cannot be rendered"),
        ((TEMPLATES[0], msgspec.structs.replace(CONTENT, customer_name="x" * (10 << 20))), "its data is too long"),
        ((TEMPLATES[0], LONG), "ended the process"),
    ],
    ids=["unknown name", "fault of ours", "10 MB name", "out of memory"],
)
def test_what_cannot_be_rendered_spoils_itself_alone(
    pool: RenderPool, poison: tuple[Template, Content], why: str
) -> None:
    answers = pool.render_all([GOOD, poison, GOOD])
    assert kinds(answers) == [Rendered, TemplateBroken, Rendered]
    assert why in str(getattr(answers[1], "detail", ""))


def test_a_text_that_lists_everything_again_and_again_is_refused_wherever_it_is_rendered() -> None:
    endless = Template("t", "en", "Hello", "[items]\n\n" * 2000)
    many = msgspec.structs.replace(CONTENT, lines=CONTENT.lines * 5)
    [answer] = JinjaRenderer().render_all([(endless, many)])
    assert "the tables of the message have more" in str(getattr(answer, "detail", ""))


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "silent"])
def test_no_message_suffers_from_what_befalls_its_child(blow: signal.Signals) -> None:
    pool = RenderPool(seconds=1)
    try:
        said = pool.render_all([GOOD])
        [before] = pool.warm
        os.kill(before, blow)
        assert pool.render_all([GOOD, GOOD]) == said * 2
        assert before not in pool.warm
    finally:
        pool.close()


def test_a_child_stays_warm_sees_no_secret_and_ends_with_its_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELANCE_SECRET", "of nobody's business")
    pool = RenderPool()
    pool.render_all([GOOD])
    [child] = pool.warm
    pool.render_all([GOOD])
    assert pool.warm == (child,)
    about = Path(f"/proc/{child}")
    if about.exists():
        assert b"SECRET" not in (about / "environ").read_bytes()
        limits = {line[:25].strip(): line[26:46].strip() for line in (about / "limits").read_text().splitlines()}
        assert limits["Max file size"] == limits["Max core file size"] == "0"
        assert int(limits["Max cpu time"]) < 10
        assert int(limits["Max address space"]) < 400 << 20
    pool.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
