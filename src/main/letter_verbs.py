"""The verbs of letters on paper, as the container hands them out."""

from dependency_injector import providers

from relance.main.outside import Outside
from relance.usecases.collection.fetch_letters import FetchLetters
from relance.usecases.collection.hand_over_letters import HandOverLetters
from relance.usecases.collection.list_print_batches import ListPrintBatches
from relance.usecases.collection.seal_letters import SealLetters
from relance.usecases.collection.show_print_batch import ShowPrintBatch
from relance.usecases.collection.track_letter import TrackLetter
from relance.usecases.collection.withdraw_letters import WithdrawLetters


class LetterVerbs(Outside):
    """Print batches: sealed, fetched, handed over."""

    list_print_batches = providers.Factory(ListPrintBatches, Outside.work)
    show_print_batch = providers.Factory(ShowPrintBatch, Outside.work, Outside.plugins.provided.channels)
    seal_letters = providers.Factory(
        SealLetters,
        Outside.work,
        Outside.clock,
        Outside.calendars,
        Outside.renderer,
        Outside.plugins.provided.channels,
        Outside.fence,
        Outside.archive,
        Outside.print_files,
    )
    fetch_letters = providers.Factory(FetchLetters, Outside.work, Outside.archive, Outside.print_files)
    hand_over_letters = providers.Factory(
        HandOverLetters,
        Outside.work,
        Outside.clock,
        Outside.calendars,
        Outside.plugins.provided.channels,
        Outside.archive,
        Outside.print_files,
    )
    withdraw_letters = providers.Factory(WithdrawLetters, Outside.work, Outside.clock, Outside.calendars)
    track_letter = providers.Factory(TrackLetter, Outside.work)
