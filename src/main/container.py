"""Who gets what. If you wonder which class runs, it is written here, top to bottom."""

import os

from dependency_injector import containers, providers

from relance.adapters.calendars import HolidayCalendars
from relance.adapters.clock import SystemClock
from relance.adapters.export.files import FileExports
from relance.adapters.passwords import Argon2Passwords
from relance.adapters.plugin_host.host import TomlPlugins
from relance.adapters.standards import CldrStandards
from relance.adapters.store.engine import engine_for
from relance.adapters.store.sessions import SqlSignInDirectory
from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.adapters.store.work import SqlWork
from relance.adapters.supplied.files import SuppliedFiles
from relance.main.settings import from_environment
from relance.usecases.collection.count_agenda import CountAgenda
from relance.usecases.insight.show_aged_balance import ShowAgedBalance
from relance.usecases.tenancy.add_key import AddKey
from relance.usecases.tenancy.add_user import AddUser
from relance.usecases.tenancy.change_password import ChangePassword
from relance.usecases.tenancy.change_settings import ChangeSettings
from relance.usecases.tenancy.check_ready import CheckReady
from relance.usecases.tenancy.found_tenant import FoundTenant
from relance.usecases.tenancy.make_sign_in_link import MakeSignInLink
from relance.usecases.tenancy.open_link import OpenLink
from relance.usecases.tenancy.resume_session import ResumeSession
from relance.usecases.tenancy.save_profile import SaveProfile
from relance.usecases.tenancy.sign_in import SignIn
from relance.usecases.tenancy.sign_out import SignOut
from relance.usecases.tenancy.verify_audit import VerifyAudit


class House(containers.DeclarativeContainer):
    """The whole application, unstarted."""

    # What the process is told
    environment = providers.Singleton(from_environment)
    clock = providers.Singleton(SystemClock, environment.provided.now)

    # Adapters
    engine = providers.Singleton(engine_for, environment.provided.database)
    work = providers.Singleton(SqlWork, engine)
    directory = providers.Singleton(SqlTenantDirectory, engine)
    sign_in_directory = providers.Singleton(SqlSignInDirectory, engine)
    passwords = providers.Singleton(Argon2Passwords)

    standards = providers.Singleton(CldrStandards)
    plugins = providers.Singleton(TomlPlugins, environment.provided.plugins_file, os.environ)

    exports = providers.Singleton(FileExports)

    supplied = providers.Singleton(SuppliedFiles)
    calendars = providers.Singleton(HolidayCalendars)

    # Verbs, by word
    # insight
    show_aged_balance = providers.Factory(ShowAgedBalance, work, clock)
    # tenancy
    found_tenant = providers.Factory(FoundTenant, work, clock, standards, supplied)
    change_settings = providers.Factory(ChangeSettings, work, clock, standards)
    add_user = providers.Factory(AddUser, work, passwords)
    add_key = providers.Factory(AddKey, work, clock)
    verify_audit = providers.Factory(VerifyAudit, work)

    # Tenancy: who may come in
    sign_in = providers.Factory(SignIn, work, sign_in_directory, passwords, clock)
    open_link = providers.Factory(OpenLink, work, clock)
    make_sign_in_link = providers.Factory(MakeSignInLink, work, clock)
    resume_session = providers.Factory(ResumeSession, work, clock)
    sign_out = providers.Factory(SignOut, work)
    change_password = providers.Factory(ChangePassword, work, passwords, clock)
    save_profile = providers.Factory(SaveProfile, work)
    check_ready = providers.Factory(CheckReady, sign_in_directory)

    # collection: the agenda's screen
    count_agenda = providers.Factory(CountAgenda, work, clock)
