"""Who gets what. If you wonder which class runs, it is written here, top to bottom."""

from dependency_injector import containers, providers

from relance.adapters.clock import SystemClock
from relance.adapters.store.engine import engine_for
from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.adapters.store.work import SqlWork
from relance.main.settings import from_environment


class House(containers.DeclarativeContainer):
    """The whole application, unstarted."""

    # What the process is told
    environment = providers.Singleton(from_environment)
    clock = providers.Singleton(SystemClock, environment.provided.now)

    # Adapters
    engine = providers.Singleton(engine_for, environment.provided.database)
    work = providers.Singleton(SqlWork, engine)
    directory = providers.Singleton(SqlTenantDirectory, engine)

    # Verbs, by word
