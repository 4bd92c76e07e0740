"""The example of an external importer works as its README says: suite, allow-list, distribution and version."""

import importlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from relance.adapters.plugin_host.host import TomlPlugins
from relance.plugins.testing import importer_suite
from tests.house.tree import ROOT

EXAMPLE = ROOT / "examples/relance-sage100"
_MODULE = "relance_sage100"


def _sage100() -> object:
    sys.path.insert(0, str(EXAMPLE))
    try:
        return importlib.import_module(_MODULE).Sage100()
    finally:
        sys.path.remove(str(EXAMPLE))
        sys.modules.pop(_MODULE, None)


TestSage100 = importer_suite(_sage100(), examples=EXAMPLE / "examples")  # type: ignore[arg-type] # loaded by path


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The example as an installed distribution of version 1.0.0."""
    site = tmp_path / "site"
    info = site / "relance_sage100-1.0.0.dist-info"
    info.mkdir(parents=True)
    shutil.copy(EXAMPLE / f"{_MODULE}.py", site)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: relance-sage100\nVersion: 1.0.0\n")
    (info / "entry_points.txt").write_text(f"[relance.plugins]\nsage100 = {_MODULE}\n")
    monkeypatch.syspath_prepend(str(site))
    yield site
    sys.modules.pop(_MODULE, None)


def _host(folder: Path, text: str) -> TomlPlugins:
    path = folder / "plugins.toml"
    path.write_text(text)
    return TomlPlugins(path, {})


def test_an_installed_plugin_loads_only_when_it_is_allowed(tmp_path: Path, installed: Path) -> None:
    assert _host(tmp_path, "").check("sage100").state == "not-listed"
    assert _MODULE not in sys.modules
    allowed = _host(tmp_path, '[plugins.sage100]\ndistribution = "relance-sage100"\nversion = "1.0.0"\n')
    assert allowed.check("sage100").provides == ("importer sage100",)
    assert [importer.name for importer in allowed.importers()] == ["sage100"]


def test_another_version_than_the_allowed_one_does_not_load(tmp_path: Path, installed: Path) -> None:
    report = _host(tmp_path, '[plugins.sage100]\ndistribution = "relance-sage100"\nversion = "2.0.0"\n').check(
        "sage100"
    )
    assert report.state == "refused"
    assert "relance-sage100 1.0.0 is installed, 2.0.0 is allowed" in report.problem
