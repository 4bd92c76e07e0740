"""What the audit trail says happened, and to what: words for its codes, and the page of its subject."""

import re

from relance.http.i18n.speech import gettext, marked

EVENTS = {
    # people and keys
    "signed-in": marked("Signed in"),
    "signed-out": marked("Signed out"),
    "sign-in-link-made": marked("Sign-in link made"),
    "password-changed": marked("Password changed"),
    "user-added": marked("Person added"),
    "user-changed": marked("Person changed"),
    "user-invited": marked("Person invited"),
    "deputy-named": marked("Deputy named"),
    "deputy-began": marked("Deputy began"),
    "deputy-ended": marked("Deputy ended"),
    "deputy-stopped": marked("Deputy stopped"),
    "address-asked": marked("Address to be confirmed"),
    "address-confirmed": marked("Address confirmed"),
    "profile-saved": marked("Own profile changed"),
    "key-added": marked("API key added"),
    # settings
    "setting-changed": marked("Setting changed"),
    "entity-added": marked("Legal entity added"),
    "entity-changed": marked("Legal entity changed"),
    "sender-domain-added": marked("Sender domain added"),
    "sender-domain-checked": marked("Sender domain checked"),
    "sender-domain-removed": marked("Sender domain removed"),
    "tenant-founded": marked("Company set up"),
    # the day, actions and messages
    "day-decided": marked("Day decided"),
    "actions-confirmed": marked("Confirmed"),
    "action-recalled": marked("Confirmation taken back"),
    "action-moved": marked("Sending went on"),
    "action-cancelled": marked("Action cancelled"),
    "action-skipped": marked("Step skipped"),
    "action-snoozed": marked("Action put off"),
    "action-unsnoozed": marked("Action due again"),
    "action-edited": marked("Action changed"),
    "action-resolved": marked("Sending resolved"),
    "call-logged": marked("Call noted"),
    "note-written": marked("Note written"),
    "specific-begun": marked("Specific action begun"),
    "specific-repeated": marked("Specific action repeated"),
    "letters-sealed": marked("Letters sealed"),
    "letters-handed-over": marked("Letters handed over"),
    "letters-withdrawn": marked("Letters withdrawn"),
    "address-suppressed": marked("Address suppressed"),
    "suppression-lifted": marked("Suppression lifted"),
    "fence-opened": marked("Sending opened again"),
    # customers and items
    "item-held": marked("Item held"),
    "item-released": marked("Hold ended"),
    "promise-judged": marked("Promise judged"),
    "customer-changed": marked("Customer changed"),
    "customers-changed": marked("Customers changed together"),
    "change-undone": marked("Change undone"),
    "contact-removed": marked("Contact removed"),
    "assigned": marked("Assigned"),
    "accounts-grouped": marked("Accounts collected together"),
    "account-ungrouped": marked("Account collected by itself"),
    "group-created": marked("Group created"),
    "group-renamed": marked("Group renamed"),
    "group-removed": marked("Group removed"),
    "search-saved": marked("Search saved"),
    "search-removed": marked("Search removed"),
    "alert-saved": marked("Alert saved"),
    "task-saved": marked("Task of Search & Assign saved"),
    "task-moved": marked("Task of Search & Assign moved"),
    "task-removed": marked("Task of Search & Assign removed"),
    "exported": marked("Table exported"),
    # files, scenarios and texts
    "import-done": marked("Import done"),
    "import-held": marked("Import held"),
    "import-failed": marked("Import failed"),
    "import-undone": marked("Import undone"),
    "source-saved": marked("Source saved"),
    "source-removed": marked("Source removed"),
    "source-fetched": marked("Source fetched"),
    "scenario-published": marked("Scenario published"),
    "scenario-discarded": marked("Scenario draft discarded"),
    "template-drafted": marked("Text drafted"),
    "template-published": marked("Text published"),
    "template-restored": marked("Text restored"),
    "template-discarded": marked("Text draft discarded"),
    "template-tested": marked("Text tried"),
}
"""A code that is not here is shown as it is."""
_SUBJECTS = {
    "action": (marked("action %(named)s"), "deliveries/"),
    "item": (marked("item %(named)s"), "items/"),
    "import": (marked("import %(named)s"), "imports/"),
    "user": (marked("person %(named)s"), "settings/users/"),
    "print-batch": (marked("print batch %(named)s"), "letters/"),
    "scenario": (marked("scenario %(named)s"), "scenarios/"),
    "template": (marked("text %(named)s"), "templates/"),
    "customer": (marked("customer %(named)s"), ""),
    "setting": (marked("setting %(named)s"), ""),
}
_SUBJECT = re.compile(r"([a-z-]+)[: ](.+)")


def event_words(event: str) -> str:
    """What happened, in words."""
    return gettext(EVENTS[event]) if event in EVENTS else event


def subject_words(subject: str) -> str:
    """To what, in words: `action:12` as action 12."""
    found = _SUBJECT.fullmatch(subject)
    if not found or found[1] not in _SUBJECTS:
        return subject
    return gettext(_SUBJECTS[found[1]][0]) % {"named": found[2]}


def subject_page(subject: str) -> str:
    """Where the subject is shown, below the tenant; empty where it has no page of its own."""
    found = _SUBJECT.fullmatch(subject)
    page = _SUBJECTS[found[1]][1] if found and found[1] in _SUBJECTS else ""
    return f"{page}{found[2]}" if found and page and re.fullmatch(r"[\w-]+", found[2]) else ""
