"""The allow-list decides, and a broken plugin is reported while the rest live."""

import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from relance.adapters.plugin_host.host import TomlPlugins
from relance.core.kernel.errors import BadInput, NotFound
from tests.house.tree import ROOT

Install = Callable[[str, str], None]
_GOOD = """
    from relance.plugins import NoSettings, hookimpl
    api = 1
    class Nobody:
        name, label, attribute, settings_type, fallback = "nobody", "Nobody", "collector", NoSettings, True
        def gives(self, settings):
            return ()
        def propose(self, batch):
            return [None] * len(batch.accounts)
    @hookimpl
    def provide_assigners():
        return [Nobody()]
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Installs a module's text as the distribution `other-NAME` 1.0 with the entry point NAME."""
    site, names = tmp_path / "site", []
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))

    def install_one(name: str, text: str) -> None:
        module = f"other_{name}"
        names.append(module)
        (site / f"{module}.py").write_text(textwrap.dedent(text))
        info = site / f"{module}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: other-{name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[relance.plugins]\n{name} = {module}\n")

    yield install_one
    for module in names:
        sys.modules.pop(module, None)


def _host(folder: Path, *names: str, text: str = "", environment: dict[str, str] | None = None) -> TomlPlugins:
    tables = "".join(f'[plugins.{name}]\ndistribution = "other-{name}"\nversion = "1.0"\n' for name in names)
    path = folder / "plugins.toml"
    path.write_text(textwrap.dedent(text) + tables)
    return TomlPlugins(path, environment or {})


def _problem(host: TomlPlugins, name: str) -> str:
    report = host.check(name)
    assert report.state == "refused"
    return report.problem


def test_every_plugin_of_the_shipped_list_loads() -> None:
    for path in (ROOT / "plugins.toml", ROOT / "src/main/plugins.toml"):
        reports = TomlPlugins(path, {}).report()
        assert {report.name for report in reports} >= {"csv", "email", "outbox", "collector", "scenario"}
        assert [report.problem for report in reports if report.state == "refused"] == []


def test_the_list_of_the_checkout_is_the_one_that_is_shipped() -> None:
    assert (ROOT / "plugins.toml").read_bytes() == (ROOT / "src/main/plugins.toml").read_bytes()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("raise RuntimeError('no licence')", "RuntimeError: no licence"),
        ("import nothing_of_this_name", "nothing_of_this_name"),
        ("x = 1", "does not say `api = 1`"),
        ("api = 2", "was made for api 2; this is api 1"),
        ("api = 1", "provides nothing"),
        (_GOOD.replace("provide_assigners", "provide_asigners"), "unknown hook 'provide_asigners'"),
        (_GOOD.replace("def provide_assigners()", "async def provide_assigners()"), "provide_assigners is async"),
        (_GOOD.replace("provide_assigners()", "provide_assigners(request)"), "request"),
        (_GOOD.replace("return [Nobody()]", "return Nobody()"), "hands over Nobody, not a list"),
        (_GOOD.replace("def propose", "def suggest"), "Nobody has no 'propose'"),
        (_GOOD.replace('"nobody", ', '"No Body", '), "'No Body' is no name"),
        (_GOOD.replace("return [Nobody()]", "return [1 / 0]"), "ZeroDivisionError"),
    ],
)
def test_a_broken_plugin_is_reported_in_its_authors_words_and_the_rest_live(
    tmp_path: Path, install: Install, text: str, words: str
) -> None:
    install("broken", text)
    install("good", _GOOD)
    host = _host(tmp_path, "broken", "good")
    assert words in _problem(host, "broken")
    assert [assigner.name for assigner in host.assigners()] == ["nobody"]


def test_a_name_is_provided_once(tmp_path: Path, install: Install) -> None:
    install("first", _GOOD)
    install("second", _GOOD)
    host = _host(tmp_path, "first", "second")
    assert "assigner nobody is provided by first already" in _problem(host, "second")


def test_no_distribution_takes_the_name_of_a_built_in_plugin(tmp_path: Path, install: Install) -> None:
    install("csv", _GOOD)
    assert "a distribution cannot take it" in _problem(_host(tmp_path, "csv"), "csv")


def test_a_plugin_that_is_not_there_is_named_with_its_line(tmp_path: Path) -> None:
    host = _host(tmp_path, text="[plugins.csv]\n\n[plugins.smss]\n")
    assert _problem(host, "smss").startswith(f"{tmp_path}/plugins.toml:3: plugins.smss: no built-in plugin 'smss'")
    assert [importer.name for importer in host.importers()] == ["csv"]


_WITH_SETTINGS = """
    import msgspec
    from relance.plugins import hookimpl
    api = 1
    class Wanted(msgspec.Struct, forbid_unknown_fields=True):
        folder: str
        size: int = 3
    settings_type = Wanted
    class Carrier:
        label = capabilities = ""
        def __init__(self, settings): self.name, self.settings = "carrier", settings
        def ready(self): return None
        async def carry(self, message, about_to_send): ...
        async def close(self): ...
    @hookimpl
    def provide_channels(settings):
        return [Carrier(settings)]
"""


def test_settings_come_checked_with_defaults_and_values_of_the_environment(tmp_path: Path, install: Install) -> None:
    install("pigeon", _WITH_SETTINGS)
    text = '[plugins.pigeon.settings]\nfolder = "$$cash"\nsize = "$SIZE"\n'
    for environment, size in (({"SIZE": "7"}, 7), ({}, 3)):
        (channel,) = _host(tmp_path, "pigeon", text=text, environment=environment).channels()
        assert channel.settings == {"folder": "$cash", "size": size}  # type: ignore[attr-defined] # its own


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[plugins.pigeon.settings]\nfolder = 3\n", ":2: plugins.pigeon.settings.folder: Expected `str`, got `int`"),
        ('[plugins.pigeon.settings]\nfolder = "a"\nsize = "x"\n', ":3: plugins.pigeon.settings.size: Expected `int`"),
        (
            '[plugins.pigeon.settings]\nfolder = "a"\nsise = 1\n',
            ":3: plugins.pigeon.settings.sise: Object contains unknown",
        ),
        (
            "[plugins.pigeon.settings]\nsize = 1\n",
            ":1: plugins.pigeon.settings: Object missing required field `folder`",
        ),
    ],
)
def test_a_wrong_setting_is_named_with_file_line_and_field(
    tmp_path: Path, install: Install, text: str, words: str
) -> None:
    install("pigeon", _WITH_SETTINGS)
    assert f"{tmp_path}/plugins.toml{words}" in _problem(_host(tmp_path, "pigeon", text=text), "pigeon")


def test_a_disabled_plugin_is_not_imported(tmp_path: Path, install: Install) -> None:
    install("good", _GOOD)
    host = _host(tmp_path, text='[plugins.good]\nenabled = false\ndistribution = "other-good"\nversion = "1.0"\n')
    assert host.check("good").state == "disabled"
    assert "other_good" not in sys.modules


@pytest.mark.parametrize("text", ["[plugins.csv", "[plugin.csv]", "csv = 1"])
def test_a_file_that_is_no_allow_list_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInput, match=r"plugins\.toml"):
        _host(tmp_path, text=text).importers()


def test_an_unknown_name_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        _host(tmp_path).check("nothing")
