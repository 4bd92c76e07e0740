"""The importers of the loaded plugins, by name and by confidence."""

from collections.abc import Sequence

from relance.core.kernel.errors import BadInput
from relance.ports.importers import Importer


class ImporterShelf:
    """Importers in the order of plugins.toml."""

    def __init__(self, importers: Sequence[Importer]) -> None:
        self._importers = {importer.name: importer for importer in importers}

    def named(self, name: str) -> Importer:
        """The importer of this name; raises BadInput that lists the names."""
        found = self._importers.get(name)
        if found is None:
            raise BadInput(f"no importer {name!r}; there are {', '.join(sorted(self._importers)) or 'none'}")
        return found

    def best_for(self, sample: bytes, file_name: str) -> Importer:
        """The most confident importer; delimited text, which can say why a file is no table, where none is."""
        ranked = [
            (importer.recognises(sample, file_name).confidence, importer) for importer in self._importers.values()
        ]
        confidence, importer = max(ranked, key=lambda pair: pair[0], default=(0, None))
        if importer is None or not confidence:
            return self.named("csv")
        return importer
