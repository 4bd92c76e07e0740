"""Who gets what. If you wonder which class runs, it is written here, top to bottom."""

from dependency_injector import providers

from relance.adapters.background import ThreadedRuns
from relance.adapters.supplied.scenario_yaml import YamlScenarios
from relance.main.import_runs import KeepNotes, PerformRun
from relance.main.outside import Outside
from relance.usecases.collection.begin_specific import BeginSpecific
from relance.usecases.collection.cancel_action import CancelAction
from relance.usecases.collection.collect_alone import CollectAlone
from relance.usecases.collection.collect_together import CollectTogether
from relance.usecases.collection.confirm_actions import ConfirmActions
from relance.usecases.collection.count_agenda import CountAgenda
from relance.usecases.collection.dispatch import Dispatch
from relance.usecases.collection.edit_action import EditAction
from relance.usecases.collection.end_specific import EndSpecific
from relance.usecases.collection.finish_action import FinishAction
from relance.usecases.collection.foresee_day import ForeseeDay
from relance.usecases.collection.list_actions import ListActions
from relance.usecases.collection.list_groupings import ListGroupings
from relance.usecases.collection.list_outbox import ListOutbox
from relance.usecases.collection.list_specifics import ListSpecifics
from relance.usecases.collection.log_call import LogCall
from relance.usecases.collection.open_fence import OpenFence
from relance.usecases.collection.prepare_specific import PrepareSpecific
from relance.usecases.collection.preview_action import PreviewAction
from relance.usecases.collection.recall_action import RecallAction
from relance.usecases.collection.repeat_specific import RepeatSpecific
from relance.usecases.collection.resolve_action import ResolveAction
from relance.usecases.collection.review_actions import ReviewActions
from relance.usecases.collection.run_day import RunDay
from relance.usecases.collection.show_action import ShowAction
from relance.usecases.collection.show_agenda import ShowAgenda
from relance.usecases.collection.skip_action import SkipAction
from relance.usecases.collection.snooze_actions import SnoozeActions
from relance.usecases.collection.stop_sending import StopSending
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
from relance.usecases.intake.fetch_document import FetchDocument
from relance.usecases.intake.fetch_due_sources import FetchDueSources
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
from relance.usecases.intake.return_rejects import ReturnRejects
from relance.usecases.intake.save_source import SaveSource
from relance.usecases.intake.show_import import ShowImport
from relance.usecases.intake.show_run import ShowRun
from relance.usecases.intake.show_source import ShowSource
from relance.usecases.intake.show_source_troubles import ShowSourceTroubles
from relance.usecases.intake.source_run import SourceRunner
from relance.usecases.intake.start_import import StartImport
from relance.usecases.intake.start_source import StartSource
from relance.usecases.intake.try_source import TrySource
from relance.usecases.intake.undo_import import UndoImport
from relance.usecases.ledger.sum_items import SumItems
from relance.usecases.qualification.hold_items import HoldItems
from relance.usecases.qualification.release_items import ReleaseItems
from relance.usecases.scenarios.begin_scenario import BeginScenario
from relance.usecases.scenarios.change_draft import ChangeDraft
from relance.usecases.scenarios.discard_draft import DiscardDraft
from relance.usecases.scenarios.export_scenario import ExportScenario
from relance.usecases.scenarios.import_scenario import ImportScenario
from relance.usecases.scenarios.list_scenarios import ListScenarios
from relance.usecases.scenarios.open_scenario import OpenScenario
from relance.usecases.scenarios.publish_scenario import PublishScenario
from relance.usecases.scenarios.restore_version import RestoreVersion
from relance.usecases.scenarios.simulate_scenario import SimulateScenario
from relance.usecases.scenarios.undo_draft import UndoDraft
from relance.usecases.templates.check_templates import CheckTemplates
from relance.usecases.templates.discard_template import DiscardTemplate
from relance.usecases.templates.draft_template import DraftTemplate
from relance.usecases.templates.list_templates import ListTemplates
from relance.usecases.templates.preview_template import PreviewTemplate
from relance.usecases.templates.publish_template import PublishTemplate
from relance.usecases.templates.restore_template import RestoreTemplate
from relance.usecases.templates.show_template import ShowTemplate
from relance.usecases.templates.supply_templates import SupplyTemplates
from relance.usecases.templates.try_template import TryTemplate
from relance.usecases.tenancy.add_key import AddKey
from relance.usecases.tenancy.add_user import AddUser
from relance.usecases.tenancy.ask_address import AskAddress
from relance.usecases.tenancy.change_password import ChangePassword
from relance.usecases.tenancy.change_settings import ChangeSettings
from relance.usecases.tenancy.change_user import ChangeUser
from relance.usecases.tenancy.check_ready import CheckReady
from relance.usecases.tenancy.confirm_address import ConfirmAddress
from relance.usecases.tenancy.end_deputy import EndDeputy
from relance.usecases.tenancy.found_tenant import FoundTenant
from relance.usecases.tenancy.invite_user import InviteUser
from relance.usecases.tenancy.list_deputies import ListDeputies
from relance.usecases.tenancy.list_users import ListUsers
from relance.usecases.tenancy.make_sign_in_link import MakeSignInLink
from relance.usecases.tenancy.name_deputy import NameDeputy
from relance.usecases.tenancy.open_link import OpenLink
from relance.usecases.tenancy.open_with_id import OpenWithId
from relance.usecases.tenancy.open_with_key import OpenWithKey
from relance.usecases.tenancy.read_audit import ReadAudit
from relance.usecases.tenancy.resume_session import ResumeSession
from relance.usecases.tenancy.save_profile import SaveProfile
from relance.usecases.tenancy.show_settings import ShowSettings
from relance.usecases.tenancy.sign_in import SignIn
from relance.usecases.tenancy.sign_out import SignOut
from relance.usecases.tenancy.verify_audit import VerifyAudit


class House(Outside):
    """The whole application, unstarted."""

    # What verbs are given
    environment = Outside.environment
    clock = Outside.clock
    reference_key = Outside.reference_key
    work = Outside.work
    directory = Outside.directory
    sign_in_directory = Outside.sign_in_directory
    key_directory = Outside.key_directory
    passwords = Outside.passwords
    standards = Outside.standards
    plugins = Outside.plugins
    letters = Outside.letters
    postman = Outside.postman
    archive = Outside.archive
    importers = Outside.importers
    fetchers = Outside.fetchers
    keyring = Outside.keyring
    reader = Outside.reader
    exports = Outside.exports
    returns = Outside.returns
    copy_files = Outside.copy_files
    supplied = Outside.supplied
    calendars = Outside.calendars
    renderer = Outside.renderer
    statements = Outside.statements
    workers = Outside.workers
    fence = Outside.fence

    # Verbs, by word
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
    fetch_document = providers.Factory(FetchDocument, work, archive)
    undo_import = providers.Factory(UndoImport, work, clock, calendars, reference_key)
    show_import = providers.Factory(ShowImport, work, clock)
    end_run = providers.Factory(EndRun, work, clock)
    note_progress = providers.Factory(NoteProgress, work, clock)
    perform_run = providers.Singleton(PerformRun, import_file.provider, end_run.provider, archive)
    keep_notes = providers.Singleton(KeepNotes, note_progress.provider)
    background = providers.Singleton(ThreadedRuns, perform_run, keep_notes)
    start_import = providers.Factory(StartImport, work, clock, archive, background)
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
    start_source = providers.Factory(StartSource, work, source_runner, background)
    fetch_due_sources = providers.Factory(FetchDueSources, work, clock, source_runner)

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
    edit_customer = providers.Factory(EditCustomer, work, clock, standards)
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
    save_task = providers.Factory(SaveTask, work, clock)
    list_tasks = providers.Factory(ListTasks, work)
    remove_task = providers.Factory(RemoveTask, work)
    run_tasks = providers.Factory(RunTasks, work, clock, plugins.provided.assigners.call(), calendars, reference_key)
    list_groups = providers.Factory(ListGroups, work)
    show_group = providers.Factory(ShowGroup, work)
    create_group = providers.Factory(CreateGroup, work, clock)
    rename_group = providers.Factory(RenameGroup, work)
    remove_group = providers.Factory(RemoveGroup, work, clock)
    show_assignment = providers.Factory(ShowAssignment, work, clock)
    move_task = providers.Factory(MoveTask, work, clock)
    show_alerts = providers.Factory(ShowAlerts, work, clock)

    # tenancy
    found_tenant = providers.Factory(FoundTenant, work, clock, standards, supplied)
    change_settings = providers.Factory(ChangeSettings, work, clock, standards, calendars, reference_key)
    add_user = providers.Factory(AddUser, work, passwords)
    add_key = providers.Factory(AddKey, work, clock)
    verify_audit = providers.Factory(VerifyAudit, work)
    open_with_key = providers.Factory(OpenWithKey, work, clock)
    open_with_id = providers.Factory(OpenWithId, work, clock, key_directory)
    show_settings = providers.Factory(ShowSettings, work)
    change_user = providers.Factory(ChangeUser, work)
    invite_user = providers.Factory(InviteUser, work, clock, letters, postman, environment.provided.url)
    ask_address = providers.Factory(AskAddress, work, clock, letters, postman, environment.provided.url)
    confirm_address = providers.Factory(ConfirmAddress, work, clock)
    name_deputy = providers.Factory(NameDeputy, work, clock)
    end_deputy = providers.Factory(EndDeputy, work, clock)
    list_deputies = providers.Factory(ListDeputies, work, clock)
    read_audit = providers.Factory(ReadAudit, work)
    list_users = providers.Factory(ListUsers, work)

    # Tenancy: who may come in
    sign_in = providers.Factory(SignIn, work, sign_in_directory, passwords, clock)
    open_link = providers.Factory(OpenLink, work, clock)
    make_sign_in_link = providers.Factory(MakeSignInLink, work, clock)
    resume_session = providers.Factory(ResumeSession, work, clock)
    sign_out = providers.Factory(SignOut, work)
    change_password = providers.Factory(ChangePassword, work, passwords, clock)
    save_profile = providers.Factory(SaveProfile, work)
    check_ready = providers.Factory(CheckReady, sign_in_directory)

    # qualification
    hold_items = providers.Factory(HoldItems, work, clock, calendars, reference_key)
    release_items = providers.Factory(ReleaseItems, work, clock, calendars, reference_key)

    # collection: the day
    run_day = providers.Factory(
        RunDay,
        work,
        clock,
        calendars,
        reference_key,
        environment.provided.in_test,
        plugins.provided.assigners.call(),
    )
    list_actions = providers.Factory(ListActions, work)
    collect_together = providers.Factory(CollectTogether, work, clock, calendars, reference_key)
    collect_alone = providers.Factory(CollectAlone, work, clock, calendars, reference_key)
    list_groupings = providers.Factory(ListGroupings, work)
    skip_action = providers.Factory(SkipAction, work, clock, calendars)
    cancel_action = providers.Factory(CancelAction, work, clock, calendars)
    finish_action = providers.Factory(FinishAction, work, clock, calendars)

    # collection: what persons begin
    begin_specific = providers.Factory(BeginSpecific, work, clock, calendars, renderer, supplied, reference_key)
    stop_sending = providers.Factory(StopSending, work, clock)
    log_call = providers.Factory(LogCall, work, clock, calendars, renderer, reference_key)
    snooze_actions = providers.Factory(SnoozeActions, work, clock, calendars)
    edit_action = providers.Factory(EditAction, work, clock, calendars, renderer)
    prepare_specific = providers.Factory(PrepareSpecific, work, clock, calendars, renderer, supplied)
    list_specifics = providers.Factory(ListSpecifics, work)
    repeat_specific = providers.Factory(RepeatSpecific, work, clock, calendars, renderer, reference_key)
    end_specific = providers.Factory(EndSpecific, work, clock, calendars, reference_key)

    # scenarios
    foresee_day = providers.Singleton(ForeseeDay, work, clock, calendars, reference_key)
    scenario_texts = providers.Singleton(YamlScenarios)
    list_scenarios = providers.Factory(ListScenarios, work)
    open_scenario = providers.Factory(OpenScenario, work)
    begin_scenario = providers.Factory(BeginScenario, work, clock)
    change_draft = providers.Factory(ChangeDraft, work, clock)
    undo_draft = providers.Factory(UndoDraft, work)
    discard_draft = providers.Factory(DiscardDraft, work)
    simulate_scenario = providers.Factory(SimulateScenario, work, clock, calendars)
    restore_version = providers.Factory(RestoreVersion, work, clock)
    publish_scenario = providers.Factory(PublishScenario, work, clock, calendars, reference_key)
    export_scenario = providers.Factory(ExportScenario, work, scenario_texts)
    import_scenario = providers.Factory(ImportScenario, work, clock, scenario_texts)

    # collection: the agenda's screen
    count_agenda = providers.Factory(CountAgenda, work, clock)
    show_agenda = providers.Factory(ShowAgenda, work, clock)
    show_action = providers.Factory(ShowAction, work, clock)
    review_actions = providers.Factory(ReviewActions, work, clock)
    list_outbox = providers.Factory(ListOutbox, work)

    # message texts
    list_templates = providers.Factory(ListTemplates, work, supplied)
    check_templates = providers.Factory(CheckTemplates, work, renderer)
    show_template = providers.Factory(ShowTemplate, work, supplied)
    draft_template = providers.Factory(DraftTemplate, work, clock, renderer)
    publish_template = providers.Factory(PublishTemplate, work, clock, renderer)
    restore_template = providers.Factory(RestoreTemplate, work, clock, supplied)
    discard_template = providers.Factory(DiscardTemplate, work)
    supply_templates = providers.Factory(SupplyTemplates, work, supplied)
    preview_template = providers.Factory(PreviewTemplate, work, clock, calendars, renderer)
    try_template = providers.Factory(TryTemplate, work, clock, calendars, renderer, postman)

    # Messages
    preview_action = providers.Factory(PreviewAction, work, clock, calendars, renderer)
    confirm_actions = providers.Factory(ConfirmActions, work, clock, calendars, renderer)
    recall_action = providers.Factory(RecallAction, work)
    resolve_action = providers.Factory(ResolveAction, work, clock, calendars, renderer, reference_key)
    open_fence = providers.Factory(OpenFence, directory, work, clock, fence)
    dispatch = providers.Factory(Dispatch, work, clock, calendars, renderer, workers, plugins.provided.channels, fence)
