"""Who gets what, part one: what comes in, what is owed, and by whom."""

from dependency_injector import providers

from relance.main.import_runs import KeepNotes, PerformRun
from relance.main.letter_verbs import LetterVerbs
from relance.main.outside import Outside
from relance.usecases.customers.assign_customer import AssignCustomer
from relance.usecases.customers.change_many import ChangeMany
from relance.usecases.customers.change_note import ChangeNote
from relance.usecases.customers.choose_columns import ChooseColumns
from relance.usecases.customers.clear_bounce import ClearBounce
from relance.usecases.customers.create_group import CreateGroup
from relance.usecases.customers.edit_contact import EditContact
from relance.usecases.customers.edit_customer import EditCustomer
from relance.usecases.customers.find_codes import FindCodes
from relance.usecases.customers.keep_list import KeepList
from relance.usecases.customers.list_alerts import ListAlerts
from relance.usecases.customers.list_assigners import ListAssigners
from relance.usecases.customers.list_changes import ListChanges
from relance.usecases.customers.list_groups import ListGroups
from relance.usecases.customers.list_searches import ListSearches
from relance.usecases.customers.list_tasks import ListTasks
from relance.usecases.customers.move_task import MoveTask
from relance.usecases.customers.open_search import OpenSearch
from relance.usecases.customers.remove_contact import RemoveContact
from relance.usecases.customers.remove_group import RemoveGroup
from relance.usecases.customers.remove_search import RemoveSearch
from relance.usecases.customers.remove_task import RemoveTask
from relance.usecases.customers.rename_group import RenameGroup
from relance.usecases.customers.run_tasks import RunTasks
from relance.usecases.customers.save_alert import SaveAlert
from relance.usecases.customers.save_search import SaveSearch
from relance.usecases.customers.save_task import SaveTask
from relance.usecases.customers.show_alerts import ShowAlerts
from relance.usecases.customers.show_assignment import ShowAssignment
from relance.usecases.customers.show_details import ShowDetails
from relance.usecases.customers.show_group import ShowGroup
from relance.usecases.customers.suggest_values import SuggestValues
from relance.usecases.customers.undo_changes import UndoChanges
from relance.usecases.customers.write_note import WriteNote
from relance.usecases.insight.browse_customers import BrowseCustomers
from relance.usecases.insight.browse_items import BrowseItems
from relance.usecases.insight.find_anything import FindAnything
from relance.usecases.insight.make_statement import MakeStatement
from relance.usecases.insight.note_export import NoteExport
from relance.usecases.insight.open_customer import OpenCustomer
from relance.usecases.insight.open_item import OpenItem
from relance.usecases.insight.show_aged_balance import ShowAgedBalance
from relance.usecases.intake.add_documents import AddDocuments
from relance.usecases.intake.end_run import EndRun
from relance.usecases.intake.fetch_copies import FetchCopies
from relance.usecases.intake.fetch_document import FetchDocument
from relance.usecases.intake.fetch_file import FetchFile
from relance.usecases.intake.fetch_source import FetchSource
from relance.usecases.intake.foresee_undo import ForeseeUndo
from relance.usecases.intake.give_up_runs import GiveUpRuns
from relance.usecases.intake.import_as import ImportAs
from relance.usecases.intake.import_file import ImportFile
from relance.usecases.intake.keep_file import KeepFile
from relance.usecases.intake.list_checks import ListChecks
from relance.usecases.intake.list_documents import ListDocuments
from relance.usecases.intake.list_imports import ListImports
from relance.usecases.intake.list_profiles import ListProfiles
from relance.usecases.intake.list_sources import ListSources
from relance.usecases.intake.look_at_file import LookAtFile
from relance.usecases.intake.note_progress import NoteProgress
from relance.usecases.intake.remove_source import RemoveSource
from relance.usecases.intake.resume_run import ResumeRun
from relance.usecases.intake.return_rejects import ReturnRejects
from relance.usecases.intake.save_source import SaveSource
from relance.usecases.intake.show_import import ShowImport
from relance.usecases.intake.show_run import ShowRun
from relance.usecases.intake.show_source import ShowSource
from relance.usecases.intake.show_source_troubles import ShowSourceTroubles
from relance.usecases.intake.source_run import SourceRunner
from relance.usecases.intake.try_source import TrySource
from relance.usecases.intake.undo_import import UndoImport
from relance.usecases.ledger.sum_items import SumItems
from relance.usecases.tenancy.queue_due_work import QueueDueWork


class LedgerVerbs(LetterVerbs):
    """Intake, sources, insight and customers, unstarted."""

    # What verbs are given
    clock = Outside.clock
    reference_key = Outside.reference_key
    work = Outside.work
    standards = Outside.standards
    plugins = Outside.plugins
    archive = Outside.archive
    importers = Outside.importers
    fetchers = Outside.fetchers
    keyring = Outside.keyring
    reader = Outside.reader
    exports = Outside.exports
    returns = Outside.returns
    copy_files = Outside.copy_files
    web_copies = Outside.web_copies
    calendars = Outside.calendars
    statements = Outside.statements

    # intake and ledger
    import_as = providers.Factory(ImportAs, work)
    import_file = providers.Factory(
        ImportFile,
        work,
        clock,
        importers,
        reader,
        archive,
        calendars,
        reference_key,
        plugins.provided.assigners.call(),
    )
    keep_file = providers.Factory(KeepFile, archive)
    fetch_file = providers.Factory(FetchFile, archive)
    look_at_file = providers.Factory(LookAtFile, importers, archive, reader, work)
    list_profiles = providers.Factory(ListProfiles, work)
    list_imports = providers.Factory(ListImports, work, clock)
    foresee_undo = providers.Factory(ForeseeUndo, work)
    return_rejects = providers.Factory(ReturnRejects, work, archive, importers, returns, exports)
    add_documents = providers.Factory(AddDocuments, work, clock, archive, copy_files)
    list_documents = providers.Factory(ListDocuments, work)
    fetch_copies = providers.Factory(FetchCopies, work, clock, archive, web_copies)
    fetch_document = providers.Factory(FetchDocument, work, archive)
    undo_import = providers.Factory(UndoImport, work, clock, calendars, reference_key)
    show_import = providers.Factory(ShowImport, work, clock)
    end_run = providers.Factory(EndRun, work, clock)
    note_progress = providers.Factory(NoteProgress, work, clock)
    perform_run = providers.Singleton(PerformRun, import_file.provider, end_run.provider, archive)
    keep_notes = providers.Singleton(KeepNotes, note_progress.provider)
    resume_run = providers.Factory(ResumeRun, work, clock)
    show_run = providers.Factory(ShowRun, work, clock)
    list_checks = providers.Factory(ListChecks, work, clock)
    give_up_runs = providers.Factory(GiveUpRuns, work, clock)
    sum_items = providers.Factory(SumItems, work, clock)

    # where imports are fetched from
    source_runner = providers.Factory(SourceRunner, work, clock, fetchers, keyring, import_file, add_documents)
    save_source = providers.Factory(SaveSource, work, clock, fetchers, keyring)
    list_sources = providers.Factory(ListSources, work, clock, calendars)
    show_source_troubles = providers.Factory(ShowSourceTroubles, work)
    show_source = providers.Factory(ShowSource, work)
    remove_source = providers.Factory(RemoveSource, work)
    try_source = providers.Factory(TrySource, work, fetchers, keyring)
    fetch_source = providers.Factory(FetchSource, work, source_runner)
    queue_due_work = providers.Factory(QueueDueWork, work, clock, source_runner)

    # insight
    show_aged_balance = providers.Factory(ShowAgedBalance, work, clock)
    browse_customers = providers.Factory(BrowseCustomers, work, clock)
    browse_items = providers.Factory(BrowseItems, work, clock)
    open_customer = providers.Factory(OpenCustomer, work, clock)
    open_item = providers.Factory(OpenItem, work, clock)
    find_anything = providers.Factory(FindAnything, work)
    make_statement = providers.Factory(MakeStatement, work, clock, calendars, statements)
    note_export = providers.Factory(NoteExport, work)

    # customers
    change_note = providers.Factory(ChangeNote, work)
    write_note = providers.Factory(WriteNote, work, clock)
    edit_contact = providers.Factory(EditContact, work)
    remove_contact = providers.Factory(RemoveContact, work)
    clear_bounce = providers.Factory(ClearBounce, work)
    show_details = providers.Factory(ShowDetails, work)
    edit_customer = providers.Factory(EditCustomer, work, clock, standards, calendars, reference_key)
    assign_customer = providers.Factory(AssignCustomer, work, clock, calendars, reference_key)
    change_many = providers.Factory(ChangeMany, work, clock, calendars, reference_key)
    undo_changes = providers.Factory(UndoChanges, work, clock, calendars, reference_key)
    save_search = providers.Factory(SaveSearch, work)
    list_searches = providers.Factory(ListSearches, work, clock)
    open_search = providers.Factory(OpenSearch, work)
    choose_columns = providers.Factory(ChooseColumns, work)
    keep_list = providers.Factory(KeepList, work)
    find_codes = providers.Factory(FindCodes, work, clock)
    suggest_values = providers.Factory(SuggestValues, work)
    list_changes = providers.Factory(ListChanges, work)
    remove_search = providers.Factory(RemoveSearch, work)
    list_assigners = providers.Factory(ListAssigners, plugins.provided.assigners.call())
    save_task = providers.Factory(SaveTask, work, clock, plugins.provided.assigners.call())
    list_tasks = providers.Factory(ListTasks, work)
    remove_task = providers.Factory(RemoveTask, work)
    run_tasks = providers.Factory(RunTasks, work, clock, plugins.provided.assigners.call(), calendars, reference_key)
    list_groups = providers.Factory(ListGroups, work, clock)
    show_group = providers.Factory(ShowGroup, work)
    create_group = providers.Factory(CreateGroup, work, clock)
    rename_group = providers.Factory(RenameGroup, work, plugins.provided.assigners.call())
    remove_group = providers.Factory(RemoveGroup, work, clock)
    show_assignment = providers.Factory(ShowAssignment, work, clock, plugins.provided.assigners.call())
    move_task = providers.Factory(MoveTask, work, clock)
    show_alerts = providers.Factory(ShowAlerts, work, clock)
    save_alert = providers.Factory(SaveAlert, work)
    list_alerts = providers.Factory(ListAlerts, work, clock)
