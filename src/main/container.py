"""Who gets what. If you wonder which class runs, it is written here and in the part before, top to bottom."""

from dependency_injector import providers

from relance.adapters.job_runner import JobRunner
from relance.adapters.run_notes import RunNotes
from relance.adapters.supplied.scenario_yaml import YamlScenarios
from relance.main.jobs import Deeds
from relance.main.ledger_verbs import LedgerVerbs
from relance.usecases.collection.begin_specific import BeginSpecific
from relance.usecases.collection.browse_deliveries import BrowseDeliveries
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
from relance.usecases.collection.lift_suppression import LiftSuppression
from relance.usecases.collection.list_actions import ListActions
from relance.usecases.collection.list_ended import ListEnded
from relance.usecases.collection.list_groupings import ListGroupings
from relance.usecases.collection.list_outbox import ListOutbox
from relance.usecases.collection.list_specifics import ListSpecifics
from relance.usecases.collection.list_suppressions import ListSuppressions
from relance.usecases.collection.log_call import LogCall
from relance.usecases.collection.open_delivery import OpenDelivery
from relance.usecases.collection.open_fence import OpenFence
from relance.usecases.collection.prepare_specific import PrepareSpecific
from relance.usecases.collection.preview_action import PreviewAction
from relance.usecases.collection.queue_mailbox import QueueMailbox
from relance.usecases.collection.read_bounces import ReadBounces
from relance.usecases.collection.recall_action import RecallAction
from relance.usecases.collection.repeat_specific import RepeatSpecific
from relance.usecases.collection.resolve_action import ResolveAction
from relance.usecases.collection.review_actions import ReviewActions
from relance.usecases.collection.run_day import RunDay
from relance.usecases.collection.show_action import ShowAction
from relance.usecases.collection.show_agenda import ShowAgenda
from relance.usecases.collection.show_channels import ShowChannels
from relance.usecases.collection.show_recipients import ShowRecipients
from relance.usecases.collection.skip_action import SkipAction
from relance.usecases.collection.snooze_actions import SnoozeActions
from relance.usecases.collection.stop_sending import StopSending
from relance.usecases.collection.suppress_address import SuppressAddress
from relance.usecases.collection.take_bounces import TakeBounces
from relance.usecases.collection.take_reply import TakeReply
from relance.usecases.collection.take_report import TakeReport
from relance.usecases.intake.start_import import StartImport
from relance.usecases.intake.start_source import StartSource
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
from relance.usecases.tenancy.add_domain import AddDomain
from relance.usecases.tenancy.add_entity import AddEntity
from relance.usecases.tenancy.add_key import AddKey
from relance.usecases.tenancy.add_user import AddUser
from relance.usecases.tenancy.ask_address import AskAddress
from relance.usecases.tenancy.change_entity import ChangeEntity
from relance.usecases.tenancy.change_password import ChangePassword
from relance.usecases.tenancy.change_settings import ChangeSettings
from relance.usecases.tenancy.change_user import ChangeUser
from relance.usecases.tenancy.check_domain import CheckDomain
from relance.usecases.tenancy.check_ready import CheckReady
from relance.usecases.tenancy.confirm_address import ConfirmAddress
from relance.usecases.tenancy.end_deputy import EndDeputy
from relance.usecases.tenancy.found_tenant import FoundTenant
from relance.usecases.tenancy.invite_user import InviteUser
from relance.usecases.tenancy.list_deputies import ListDeputies
from relance.usecases.tenancy.list_domains import ListDomains
from relance.usecases.tenancy.list_entities import ListEntities
from relance.usecases.tenancy.list_jobs import ListJobs
from relance.usecases.tenancy.list_users import ListUsers
from relance.usecases.tenancy.make_sign_in_link import MakeSignInLink
from relance.usecases.tenancy.name_deputy import NameDeputy
from relance.usecases.tenancy.open_link import OpenLink
from relance.usecases.tenancy.open_with_id import OpenWithId
from relance.usecases.tenancy.open_with_key import OpenWithKey
from relance.usecases.tenancy.read_audit import ReadAudit
from relance.usecases.tenancy.remove_domain import RemoveDomain
from relance.usecases.tenancy.resume_session import ResumeSession
from relance.usecases.tenancy.retry_job import RetryJob
from relance.usecases.tenancy.save_profile import SaveProfile
from relance.usecases.tenancy.show_settings import ShowSettings
from relance.usecases.tenancy.sign_in import SignIn
from relance.usecases.tenancy.sign_out import SignOut
from relance.usecases.tenancy.verify_audit import VerifyAudit


class House(LedgerVerbs):
    """The whole application, unstarted."""

    # What verbs are given
    environment = LedgerVerbs.environment
    clock = LedgerVerbs.clock
    reference_key = LedgerVerbs.reference_key
    work = LedgerVerbs.work
    directory = LedgerVerbs.directory
    sign_in_directory = LedgerVerbs.sign_in_directory
    key_directory = LedgerVerbs.key_directory
    passwords = LedgerVerbs.passwords
    standards = LedgerVerbs.standards
    plugins = LedgerVerbs.plugins
    letters = LedgerVerbs.letters
    postman = LedgerVerbs.postman
    mailbox = LedgerVerbs.mailbox
    reports = LedgerVerbs.reports
    names = LedgerVerbs.names
    signing_keys = LedgerVerbs.signing_keys
    keyring = LedgerVerbs.keyring
    archive = LedgerVerbs.archive
    supplied = LedgerVerbs.supplied
    calendars = LedgerVerbs.calendars
    renderer = LedgerVerbs.renderer
    workers = LedgerVerbs.workers
    fence = LedgerVerbs.fence

    # tenancy
    found_tenant = providers.Factory(FoundTenant, work, clock, standards, supplied)
    change_settings = providers.Factory(ChangeSettings, work, clock, standards, calendars, reference_key)
    add_user = providers.Factory(AddUser, work, passwords)
    add_key = providers.Factory(AddKey, work, clock)
    verify_audit = providers.Factory(VerifyAudit, work)
    open_with_key = providers.Factory(OpenWithKey, work, clock)
    open_with_id = providers.Factory(OpenWithId, work, clock, key_directory)
    show_settings = providers.Factory(ShowSettings, work)
    change_user = providers.Factory(ChangeUser, work, clock)
    invite_user = providers.Factory(InviteUser, work, clock, letters, postman, environment.provided.url)
    ask_address = providers.Factory(AskAddress, work, clock, letters, postman, environment.provided.url)
    confirm_address = providers.Factory(ConfirmAddress, work, clock)
    name_deputy = providers.Factory(NameDeputy, work, clock)
    end_deputy = providers.Factory(EndDeputy, work, clock)
    list_deputies = providers.Factory(ListDeputies, work, clock)
    read_audit = providers.Factory(ReadAudit, work)
    list_users = providers.Factory(ListUsers, work)
    list_domains = providers.Factory(ListDomains, work)
    add_domain = providers.Factory(AddDomain, work, clock, signing_keys, keyring)
    check_domain = providers.Factory(CheckDomain, work, clock, names)
    remove_domain = providers.Factory(RemoveDomain, work)
    list_entities = providers.Factory(ListEntities, work)
    add_entity = providers.Factory(AddEntity, work, standards)
    change_entity = providers.Factory(ChangeEntity, work, standards)

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
    show_recipients = providers.Factory(ShowRecipients, work, clock, calendars)
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
    show_agenda = providers.Factory(ShowAgenda, work, clock, calendars)
    list_ended = providers.Factory(ListEnded, work, clock, calendars)
    show_action = providers.Factory(ShowAction, work, clock)
    review_actions = providers.Factory(ReviewActions, work, clock)
    list_outbox = providers.Factory(ListOutbox, work)
    browse_deliveries = providers.Factory(BrowseDeliveries, work)
    open_delivery = providers.Factory(OpenDelivery, work, archive)

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
    preview_action = providers.Factory(PreviewAction, work, clock, calendars, renderer, archive)
    confirm_actions = providers.Factory(ConfirmActions, work, clock, calendars, renderer)
    recall_action = providers.Factory(RecallAction, work)
    resolve_action = providers.Factory(ResolveAction, work, clock, calendars, renderer, reference_key)
    show_channels = providers.Factory(
        ShowChannels, work, plugins.provided.channels, reference_key, environment.provided.url
    )
    list_suppressions = providers.Factory(ListSuppressions, work)
    suppress_address = providers.Factory(SuppressAddress, work, clock)
    lift_suppression = providers.Factory(LiftSuppression, work)
    take_bounces = providers.Factory(TakeBounces, directory, work, clock, calendars, reference_key)
    read_bounces = providers.Factory(ReadBounces, directory, work, clock, calendars, reports, reference_key, mailbox)
    open_fence = providers.Factory(OpenFence, directory, work, clock, fence)
    take_reply = providers.Factory(TakeReply, directory, work, clock, plugins.provided.channels, reference_key)
    take_report = providers.Factory(TakeReport, directory, work, clock, plugins.provided.channels, reference_key)
    dispatch = providers.Factory(
        Dispatch, work, clock, calendars, renderer, workers, plugins.provided.channels, fence, keyring, archive
    )

    # background work
    queue_mailbox = providers.Factory(QueueMailbox, work)
    run_notes = providers.Singleton(RunNotes, LedgerVerbs.keep_notes)
    deeds = providers.Singleton(
        Deeds,
        work,
        LedgerVerbs.perform_run,
        run_notes,
        LedgerVerbs.resume_run.provider,
        LedgerVerbs.source_runner.provider,
        LedgerVerbs.fetch_copies.provider,
        run_day.provider,
        read_bounces.provider,
    )
    background = providers.Singleton(
        JobRunner, LedgerVerbs.job_queue, LedgerVerbs.runners, deeds.provided.by_kind.call()
    )
    start_import = providers.Factory(StartImport, work, clock, LedgerVerbs.archive, background)
    start_source = providers.Factory(StartSource, work, LedgerVerbs.source_runner, background)
    list_jobs = providers.Factory(ListJobs, work)
    retry_job = providers.Factory(RetryJob, work, background)
