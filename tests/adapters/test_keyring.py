"""Secrets are sealed for one purpose under the installation's secret."""

import pytest

from relance.adapters.keyring import SealingKeyring
from relance.core.kernel.errors import BadInput

RING = SealingKeyring(b"one")


def test_what_is_sealed_opens_for_its_purpose_only() -> None:
    sealed = RING.seal("source 1 erp", "pässword")
    assert RING.open("source 1 erp", sealed) == "pässword"
    assert "ssword" not in sealed
    assert RING.seal("source 1 erp", "pässword") != sealed
    torn = sealed[:-6] + "AAAAAA"
    for ring, purpose, text in (
        (RING, "source 2 erp", sealed),
        (SealingKeyring(b"two"), "source 1 erp", sealed),
        (RING, "source 1 erp", torn),
        (RING, "source 1 erp", "s1."),
        (RING, "source 1 erp", "no base64 é"),
    ):
        with pytest.raises(BadInput, match="RELANCE_SECRET"):
            ring.open(purpose, text)
