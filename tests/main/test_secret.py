"""The secret: given, or made once and kept beside an SQLite database; PostgreSQL asks for one."""

from pathlib import Path

import pytest

from relance.core.kernel.errors import BadInput
from relance.main.secret import secret_of
from relance.main.settings import Environment


def beside(folder: Path, **more: str) -> Environment:
    return Environment(database=f"sqlite:///{folder}/relance.db", **more)


def test_a_given_secret_is_used_as_it_is(tmp_path: Path) -> None:
    assert secret_of(beside(tmp_path, secret="told")) == b"told"
    assert list(tmp_path.iterdir()) == []


def test_without_one_it_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = secret_of(beside(tmp_path))
    assert len(first) == 64
    assert [file.name for file in tmp_path.iterdir()] == ["secret"]
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600
    assert secret_of(beside(tmp_path)) == first


def test_two_installations_have_two_secrets(tmp_path: Path) -> None:
    assert secret_of(beside(tmp_path / "one")) != secret_of(beside(tmp_path / "two"))


def test_an_empty_file_is_no_secret(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("")
    with pytest.raises(BadInput, match="is empty"):
        secret_of(beside(tmp_path))


def test_postgresql_without_a_secret_is_refused(tmp_path: Path) -> None:
    environment = Environment(database="postgresql://127.0.0.1/relance", state=str(tmp_path))
    with pytest.raises(BadInput, match="RELANCE_SECRET"):
        secret_of(environment)
    assert list(tmp_path.iterdir()) == []
