"""What the process is told, and the adapters that it chose: everything that the verbs are given."""

import os
from pathlib import Path

from dependency_injector import containers, providers

from relance.adapters.archive import DiskArchive
from relance.adapters.calendars import HolidayCalendars
from relance.adapters.clock import SystemClock
from relance.adapters.export.files import FileExports
from relance.adapters.intake.copy_files import DiskCopyFiles
from relance.adapters.intake.fetchers import FetcherShelf
from relance.adapters.intake.reader import ColumnarReader
from relance.adapters.intake.registry import ImporterShelf
from relance.adapters.intake.returns import FileReturns
from relance.adapters.keyring import SealingKeyring
from relance.adapters.mail.imap import ImapMailbox, place_of
from relance.adapters.mail.names import DnsNames
from relance.adapters.mail.reports import MimeReports
from relance.adapters.mail.signing_keys import RsaKeys
from relance.adapters.passwords import Argon2Passwords
from relance.adapters.plugin_host.host import TomlPlugins
from relance.adapters.postman import ChannelPostman
from relance.adapters.render.letters import SuppliedLetters
from relance.adapters.render.pool import PooledRenderer
from relance.adapters.render.print_files import PdfPrintFiles
from relance.adapters.render.statement import TypstStatements
from relance.adapters.standards import CldrStandards
from relance.adapters.store.answers import SqlAnswers
from relance.adapters.store.engine import engine_for
from relance.adapters.store.fence import StateFence
from relance.adapters.store.job_queue import SqlJobQueue
from relance.adapters.store.keys import SqlKeyDirectory
from relance.adapters.store.runners import runners_for
from relance.adapters.store.sessions import SqlSignInDirectory
from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.adapters.store.work import SqlWork
from relance.adapters.store.workers import workers_for
from relance.adapters.supplied.files import SuppliedFiles
from relance.main.secret import secret_of
from relance.main.settings import Environment, from_environment
from relance.plugins.importers.web_copies import HttpsCopies


def _archive_folder(environment: Environment) -> Path:
    return environment.data_folder / "archive"


def _mailbox(environment: Environment) -> ImapMailbox | None:
    return ImapMailbox(place_of(environment.mailbox)) if environment.mailbox else None


class Outside(containers.DeclarativeContainer):
    """Settings, stores, plugins and files, unstarted."""

    # What the process is told
    environment = providers.Singleton(from_environment)
    clock = providers.Singleton(SystemClock, environment.provided.now)

    reference_key = providers.Singleton(secret_of, environment)

    # Adapters
    engine = providers.Singleton(engine_for, environment.provided.database)
    work = providers.Singleton(SqlWork, engine)
    directory = providers.Singleton(SqlTenantDirectory, engine)
    sign_in_directory = providers.Singleton(SqlSignInDirectory, engine)
    key_directory = providers.Singleton(SqlKeyDirectory, engine)
    passwords = providers.Singleton(Argon2Passwords)

    standards = providers.Singleton(CldrStandards)
    plugins = providers.Singleton(TomlPlugins, environment.provided.plugins_file, os.environ)

    letters = providers.Singleton(SuppliedLetters)
    own_plugins = providers.Factory(TomlPlugins, environment.provided.plugins_file, os.environ)
    mailbox = providers.Singleton(_mailbox, environment)
    reports = providers.Singleton(MimeReports)
    names = providers.Singleton(DnsNames)
    signing_keys = providers.Singleton(RsaKeys)
    postman = providers.Singleton(ChannelPostman, own_plugins.provider)

    archive = providers.Singleton(DiskArchive, providers.Callable(_archive_folder, environment))
    importers = providers.Singleton(ImporterShelf, plugins.provided.importers.call())
    fetchers = providers.Singleton(FetcherShelf, plugins.provided.fetchers.call())
    keyring = providers.Singleton(SealingKeyring, reference_key)
    reader = providers.Singleton(ColumnarReader)
    exports = providers.Singleton(FileExports)
    returns = providers.Singleton(FileReturns)
    copy_files = providers.Singleton(DiskCopyFiles)
    web_copies = providers.Singleton(HttpsCopies, in_test=environment.provided.in_test)

    supplied = providers.Singleton(SuppliedFiles)
    calendars = providers.Singleton(HolidayCalendars)
    renderer = providers.Singleton(PooledRenderer)
    print_files = providers.Singleton(PdfPrintFiles)
    statements = providers.Singleton(TypstStatements)
    workers = providers.Singleton(workers_for, engine)
    runners = providers.Singleton(runners_for, engine)
    job_queue = providers.Singleton(SqlJobQueue, engine)
    fence = providers.Singleton(StateFence, engine, environment.provided.data_folder)

    answers = providers.Singleton(SqlAnswers, engine)
