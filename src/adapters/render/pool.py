"""Words of many messages, from children that are kept warm; a message that ends its child is alone in it (T7)."""

import os
import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import msgspec

from relance.adapters.render.child import Child, ChildLost
from relance.adapters.render.renderer import JinjaRenderer
from relance.core.collection.composing import Content
from relance.core.collection.templates import Template
from relance.ports.render import Rendered, TemplateBroken

_LONGEST_DATA = 8 << 20
"""Bytes of one message's data: more is no account, but a file gone wrong."""
_TOGETHER = 64
"""Messages of one batch."""
_MEMORY = 128 << 20
"""Of a child, beyond what it has when it is warm (T7)."""
_SECONDS = 20.0
"""How long a batch may take on a busy machine; how much of the processor it may take, the child knows."""
_TRIES = 2
"""For a message alone: its first child may have been ended by something else."""
_answers = msgspec.msgpack.Decoder(list[Rendered | str])


class RenderPool:
    """At most so many children at once; each is started when it is first needed, and ends with the pool."""

    def __init__(self, seconds: float = _SECONDS, memory: int = _MEMORY) -> None:
        self._free = threading.BoundedSemaphore(os.cpu_count() or 1)
        self._seconds, self._memory = seconds, memory
        self._warm: list[Child] = []
        self.close = weakref.finalize(self, _end_all, self._warm)
        """Ends the children; called by itself when the pool is forgotten, or the process ends."""

    @property
    def warm(self) -> tuple[int, ...]:
        """The children that wait for work, by their number in the system."""
        return tuple(child.pid for child in self._warm)

    def render_all(self, wanted: Sequence[tuple[Template, Content]]) -> list[Rendered | TemplateBroken]:
        """The words of each message, or why it has none."""
        packed = [_packed(template, content) for template, content in wanted]
        able = [one for one in packed if one is not None]
        batches = (able[at : at + _TOGETHER] for at in range(0, len(able), _TOGETHER))
        answers = (answer for batch in batches for answer in self._batch(batch))
        return [_said(next(answers) if one is not None else "its data is too long") for one in packed]

    def _batch(self, batch: Sequence[msgspec.Raw]) -> list[Rendered | str]:
        """Together first; where the child is lost each by itself, so that only what loses it again is spoilt."""
        try:
            return self._asked(batch)
        except ChildLost:
            return [self._alone(one) for one in batch]

    def _alone(self, one: msgspec.Raw) -> Rendered | str:
        why = ""
        for _ in range(_TRIES):
            try:
                return self._asked([one])[0]
            except ChildLost as lost:
                why = str(lost)
        return f"rendering it ended the process that did it: {why}"

    def _asked(self, batch: Sequence[msgspec.Raw]) -> list[Rendered | str]:
        with self._child() as child:
            try:
                answers = _answers.decode(child.ask(msgspec.msgpack.encode(batch), self._seconds))
            except msgspec.MsgspecError as garbled:
                child.end()
                raise ChildLost("it said what it cannot mean") from garbled
            if len(answers) != len(batch):
                child.end()
                raise ChildLost("it answered something else")
            self._warm.append(child)
        return answers

    @contextmanager
    def _child(self) -> Iterator[Child]:
        """A warm child or a new one; whoever uses it gives it back."""
        with self._free:
            try:
                child = self._warm.pop()
            except IndexError:
                child = Child(self._memory)
            yield child


class PooledRenderer(JinjaRenderer):
    """Renders many messages in children; a single one, for somebody who looks at it, here."""

    def __init__(self, pool: RenderPool | None = None) -> None:
        self._pool = pool or RenderPool()

    def render_all(self, wanted: Sequence[tuple[Template, Content]]) -> list[Rendered | TemplateBroken]:
        """The words of each message, or why it has none."""
        return self._pool.render_all(wanted)


def _packed(template: Template, content: Content) -> msgspec.Raw | None:
    packed = msgspec.msgpack.encode((template, content))
    return msgspec.Raw(packed) if len(packed) <= _LONGEST_DATA else None


def _said(answer: Rendered | str) -> Rendered | TemplateBroken:
    return TemplateBroken(answer) if isinstance(answer, str) else answer


def _end_all(children: list[Child]) -> None:
    while children:
        children.pop().end()
