"""A database that is not there, or not prepared, is a refusal with a next step, and never shows a password."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from relance.adapters.store.engine import DatabaseUnreachable, SchemaMissing, engine_for
from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.core.kernel.errors import BadInput


def test_a_server_that_does_not_answer_is_said_without_its_password() -> None:
    with pytest.raises(DatabaseUnreachable) as refused:
        engine_for("postgresql://ann:hidden-word@127.0.0.1:1/ledger").connect()
    assert "hidden-word" not in refused.value.detail


@pytest.mark.parametrize("url", ["", "nothing", "mysql://host/ledger"])
def test_what_is_no_database_of_ours_is_refused(url: str) -> None:
    with pytest.raises(BadInput, match="RELANCE_DATABASE"):
        engine_for(url)


def test_a_file_where_the_folder_should_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseUnreachable):
        engine_for(f"sqlite:///{tmp_path}/file/relance.db")


def test_missing_tables_name_the_command(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("drop table tenants"))
    with pytest.raises(SchemaMissing, match="relance db upgrade"):
        SqlTenantDirectory(engine).by_code("acme")


def test_a_stale_connection_of_the_pool_is_replaced(engine: Engine) -> None:
    if engine.dialect.name != "postgresql":
        return
    with engine.connect() as idle:
        idle.execute(text("select 1"))
        number = idle.connection.driver_connection.info.backend_pid
    second = engine_for(engine.url.render_as_string(hide_password=False).replace("+psycopg", ""))
    with second.connect() as connection:
        connection.execute(text(f"select pg_terminate_backend({number}, 5000)"))
    second.dispose()
    with engine.connect() as again:
        assert again.execute(text("select 1")).scalar() == 1
