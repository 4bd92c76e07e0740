"""The register of pages. Every handler in it declares what it needs; a test walks this list.

A page of a tenant lives below `/t/{tenant}`; add its module's HANDLERS to TENANT_PAGES.
"""

from litestar.types import ControllerRouterHandler

from relance.http import health
from relance.http.pages import (
    agenda,
    agenda_closing,
    agenda_deeds,
    agenda_holds,
    assigning,
    customer_changes,
    customer_edit,
    customer_views,
    customer_file,
    customers,
    documents,
    groups,
    holds,
    home,
    import_columns,
    import_returned,
    import_runs,
    import_undo,
    imports,
    items,
    outbox,
    profile,
    reports,
    scenarios,
    search_forms,
    searches,
    settings,
    sign_in,
    sources,
    users,
)

OPEN_PAGES: list[ControllerRouterHandler] = [*health.HANDLERS, *sign_in.HANDLERS, *profile.HANDLERS, home.root]
TENANT_PAGES: list[ControllerRouterHandler] = [
    *home.HANDLERS,
    *agenda.HANDLERS,
    *agenda_deeds.HANDLERS,
    *agenda_closing.HANDLERS,
    *agenda_holds.HANDLERS,
    *customers.HANDLERS,
    *customer_file.HANDLERS,
    *customer_views.HANDLERS,
    *customer_edit.HANDLERS,
    *customer_changes.HANDLERS,
    *search_forms.HANDLERS,
    *searches.HANDLERS,
    *assigning.HANDLERS,
    *groups.HANDLERS,
    *holds.HANDLERS,
    *items.HANDLERS,
    *outbox.HANDLERS,
    *reports.HANDLERS,
    *imports.HANDLERS,
    *sources.HANDLERS,
    *import_columns.HANDLERS,
    *import_runs.HANDLERS,
    *import_undo.HANDLERS,
    *documents.HANDLERS,
    *import_returned.HANDLERS,
    *scenarios.HANDLERS,
    *settings.HANDLERS,
    *users.HANDLERS,
]
