"""Message texts in their versions and drafts."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, select

from relance.adapters.store.tables.collection import templates
from relance.adapters.store.tables.templates import template_drafts, template_versions
from relance.adapters.store.upsert import upsert
from relance.core.collection.templates import Template, TextDraft, TextVersion
from relance.core.kernel.identifiers import TenantId
from relance.ports.store.templates import TextLine

_KEYS = ("tenant_id", "code", "language")


class SqlTemplates:
    """One tenant's texts as they were, are, and may become."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def lines(self) -> list[TextLine]:
        """Every text that is published or drafted, by code and language."""
        v, d = template_versions.c, template_drafts.c
        newest = select(v.code, v.language, func.max(v.version)).where(v.tenant_id == self._tenant)
        versions = {(code, tag): n for code, tag, n in self._connection.execute(newest.group_by(v.code, v.language))}
        live = select(templates.c.code, templates.c.language).where(templates.c.tenant_id == self._tenant)
        published = {(code, tag): versions.get((code, tag), 1) for code, tag in self._connection.execute(live)}
        drafts = select(d.code, d.language).where(d.tenant_id == self._tenant)
        drafted = {(code, tag) for code, tag in self._connection.execute(drafts)}
        return [
            TextLine(code=code, language=tag, version=published.get((code, tag), 0), drafted=(code, tag) in drafted)
            for code, tag in sorted(published.keys() | drafted)
        ]

    def published(self, code: str, language: str) -> Template | None:
        """What is sent now."""
        columns = (templates.c.code, templates.c.language, templates.c.subject, templates.c.body)
        row = self._connection.execute(select(*columns).where(*self._this(templates, code, language))).first()
        return Template(*row) if row else None

    def draft(self, code: str, language: str) -> TextDraft | None:
        """What is being written."""
        d = template_drafts.c
        query = select(d.subject, d.body, d.author, d.at).where(*self._this(template_drafts, code, language))
        row = self._connection.execute(query).first()
        if row is None:
            return None
        return TextDraft(text=Template(code, language, row.subject, row.body), author=row.author, at=row.at)

    def versions(self, code: str, language: str) -> list[TextVersion]:
        """All publications, the newest first."""
        v = template_versions.c
        query = select(v.version, v.author, v.at, v.subject, v.body)
        query = query.where(*self._this(template_versions, code, language)).order_by(v.version.desc())
        return [TextVersion(**row._mapping) for row in self._connection.execute(query)]

    def save_draft(self, draft: TextDraft) -> None:
        """Keep a draft in the place of the one before."""
        row = self._row(draft.text) | {"author": draft.author, "at": draft.at}
        self._connection.execute(upsert(self._connection, template_drafts, _KEYS), [row])

    def discard(self, code: str, language: str) -> None:
        """Forget the draft."""
        self._connection.execute(delete(template_drafts).where(*self._this(template_drafts, code, language)))

    def publish(self, text: Template, author: str, at: datetime) -> int:
        """Keep it as what is sent from now on, and return the number of the version."""
        before = self.published(text.code, text.language)
        kept = self.versions(text.code, text.language)
        if before and not kept:
            self.supply([before])
        version = kept[0].version + 1 if kept else 1 + bool(before)
        row = self._row(text)
        self._connection.execute(upsert(self._connection, templates, _KEYS), [row])
        said = {"version": version, "author": author, "at": at}
        self._connection.execute(insert(template_versions), [row | said])
        self.discard(text.code, text.language)
        return version

    def supply(self, texts: Sequence[Template]) -> None:
        """Keep texts that came with the installation as their first version."""
        rows = [self._row(text) for text in texts]
        if not rows:
            return
        self._connection.execute(upsert(self._connection, templates, _KEYS), rows)
        first = [row | {"version": 1} for row in rows]
        self._connection.execute(upsert(self._connection, template_versions, (*_KEYS, "version")), first)

    def _row(self, text: Template) -> dict[str, object]:
        return {"tenant_id": self._tenant} | msgspec.structs.asdict(text)

    def _this(self, table: Table, code: str, language: str) -> tuple[ColumnElement[bool], ...]:
        return table.c.tenant_id == self._tenant, table.c.code == code, table.c.language == language
