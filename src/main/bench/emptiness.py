"""A bench fills its database, so it takes none that holds anything."""

from sqlalchemy import Engine, inspect

from relance.adapters.store.schema import metadata
from relance.core.kernel.errors import BadInput


def prepare_empty(engine: Engine) -> None:
    """Make the tables; raises BadInput where there are tenants, or tables of another version or program."""
    there = set(inspect(engine).get_table_names()) - {"alembic_version"}
    if there - set(metadata.tables):
        raise BadInput("the bench needs an empty database of its own: this one holds other tables")
    metadata.create_all(engine)
    with engine.connect() as connection:
        if connection.exec_driver_sql("select 1 from tenants").first():
            raise BadInput("the bench needs an empty database of its own: it fills it")
