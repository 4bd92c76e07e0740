"""Copies of invoices that lie beside a source's data: after the items, each once, and the rest later."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from relance.adapters.store.engine import engine_for
from relance.core.intake.sources import SourcePlan
from relance.plugins.importers.folder import Folder
from tests.usecases.intake.fetching import FetchingDesk
from tests.usecases.intake.kit import HEADER, Desk

PDF = b"%PDF-1.4\n%fake\n"


@pytest.fixture
def engine(empty_sqlite: Path, tmp_path: Path) -> Iterator[Engine]:
    """A copy is a copy: one database is enough."""
    shutil.copyfile(empty_sqlite, tmp_path / "relance.db")
    engine = engine_for(f"sqlite:///{tmp_path}/relance.db")
    yield engine
    engine.dispose()


def test_copies_beside_the_data_go_to_their_items_and_the_rest_waits(desk: Desk, tmp_path: Path) -> None:
    place = tmp_path / "inbox" / "acme" / "out"
    place.mkdir(parents=True)
    (place / "items.csv").write_text(f"{HEADER}\nC1,Acme,F-1,2026-01-05,2026-02-05,10.00\n")
    for name in ("F-1.pdf", "F-2.PDF"):
        (place / name).write_bytes(PDF + name.encode())
    fetching = FetchingDesk(desk, Folder(str(tmp_path / "inbox")))
    fetching.save(SourcePlan(name="erp", way="folder", folder="out", pattern="*", archive_folder="done"))
    run = fetching.fetch()
    assert (run.state, run.files, run.message) == ("done", 1, "copies of invoices: 1 added, 1 left")
    assert [row[0] for row in desk.select("select file_name from documents")] == ["F-1.pdf"]
    assert os.listdir(place) == ["F-2.PDF"]
    assert fetching.fetch().state == "nothing-new"
    (place / "more.csv").write_text(f"{HEADER}\nC1,Acme,F-2,2026-01-05,2026-02-05,10.00\n")
    assert fetching.fetch().message == "copies of invoices: 1 added, 0 left"
    assert not os.listdir(place)
