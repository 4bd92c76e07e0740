"""Words for the public codes: states, reasons, refusals. The core says codes; here they become sentences."""

from relance.http.i18n.speech import gettext, marked

WORDS = {
    # refusals
    "not-found": marked("This page does not exist, or you cannot see it."),
    "not-allowed": marked("Your role does not include this."),
    "sign-in-needed": marked("Please sign in."),
    "sign-in-refused": marked("The address or the password is not right."),
    "too-many-tries": marked("Too many tries. Wait a quarter of an hour, or ask for a sign-in link."),
    "report-refused": marked("This report is not signed."),
    "foreign-form": marked("This page is too old or came from another site. Load it again."),
    "action-moved": marked("This action changed meanwhile. Load the page again."),
    "conflict": marked("This changed meanwhile. Load the page again."),
    "unexpected": marked("Something went wrong on our side. It is noted; try again."),
    "method-not-allowed": marked("This address does not take that."),
    "too-large": marked("This file is too large."),
    # kinds of actions
    "email": marked("Email"),
    "sms": marked("SMS"),
    "letter": marked("Letter"),
    "call": marked("Call"),
    "task": marked("Task"),
    # states
    "planned": marked("Planned"),
    "to-confirm": marked("To confirm"),
    "confirmed": marked("Confirmed"),
    "sending": marked("Leaving now"),
    "sent": marked("Sent"),
    "failed": marked("Refused"),
    "unknown": marked("Unknown"),
    "held": marked("Held"),
    "cancelled": marked("Cancelled"),
    "done": marked("Done"),
    # why an action is held (A16)
    "no-collection-contact": marked("No collection contact"),
    "no-collector": marked("No collector"),
    "no-sender": marked("No sender address"),
    "no-template": marked("No text for this step"),
    "no-relay": marked("No mail relay is set up"),
    "no-mobile-number": marked("No mobile number"),
    "no-recipient": marked("Nobody of those chosen can be reached"),
    "chosen-contact-gone": marked("A contact chosen for this message is not in the file any more"),
    "no-postal-address": marked("No postal address"),
    "no-sms-account": marked("No SMS account is set up"),
    "no-letter-channel": marked("Nothing is set up that prints letters"),
    "no-site": marked("The operator has not said where these pages are"),
    "own": marked("Their own customers"),
    "all": marked("All customers"),
    "suppressed": marked("The address refuses our messages"),
    "stale-data": marked("The ledger is too old"),
    "capped": marked("The day's limit is reached"),
    # what a contact does at the customer's
    "accounting": marked("Accounting"),
    "purchasing": marked("Purchasing"),
    "sales": marked("Sales"),
    "logistics": marked("Logistics"),
    "legal": marked("Legal"),
    "management": marked("Management"),
    # why Search & Assign gives a value that no task gives
    "tenant-default": marked("The tenant's default"),
    # why a message waits for a person again
    "late-step": marked("The step is long past its day, so it asks first"),
    "first-day": marked("On the first day of a source everything asks first"),
    "changed-since-confirmed": marked("Something changed since it was confirmed"),
    "recalled": marked("Its confirmation was taken back"),
    "restored": marked("The database came back from a backup: it may have left already"),
    # why an action was cancelled
    "settled": marked("Nothing is left to ask for"),
    "in-credit": marked("The account is in credit"),
    "leader-gone": marked("The invoice that it was about is settled or held"),
    "below-minimum": marked("Too little is left for a reminder"),
    "step-done": marked("The step was done elsewhere meanwhile"),
    "condition-not-met": marked("The step's condition is not met"),
    "scenario-changed": marked("The customer follows another scenario"),
    "scenario-without-action": marked("The customer's scenario has no steps"),
    "no-scenario": marked("The customer's scenario is no more"),
    "blocked": marked("Collection is stopped for this customer"),
    "grouped": marked("The account is collected together with others"),
    "paused": marked("The customer is paused"),
    "skipped": marked("Skipped"),
    "cancelled-by-person": marked("Cancelled by a person"),
    "reached": marked("Spoke with them"),
    "promise": marked("They promised to pay"),
    "dispute": marked("They dispute it"),
    "call-back": marked("Call back"),
    "no-answer": marked("No answer"),
    "wrong-number": marked("Wrong number"),
    "specific-ended": marked("The specific action was ended"),
    "occurrence-open": marked("An action of it still waits. Send, date or cancel that one first."),
    "in-specific-action": marked("An item is already in another specific action."),
    # why a message failed, or nobody can tell
    "render": marked("The text could not be filled in"),
    "crash": marked("The program stopped while the message was leaving"),
    "copy-changed": marked("A copy of an invoice is not what was frozen with the message"),
    "bad-message": marked("An address or a header of the message is not valid"),
    # mail that came back
    "hard-bounce": marked("Mail came back for good"),
    "complaint": marked("The reader complained"),
    "by-hand": marked("A person said so"),
    "bounce-hard": marked("The address takes no mail"),
    "bounce-soft": marked("The address takes no mail at present"),
    "bounce-complaint": marked("The reader complained"),
    "contact-suppressed": marked("An address is suppressed"),
    "returned-mail": marked("Returned mail"),
    "signature-refused": marked("The signature or its time is not right."),
    "sender-domain-unverified": marked("The sender's domain is not verified"),
    "names-silent": marked("The name servers do not answer. Try again later."),
    # what became of an attempt
    "no-clear-answer": marked("The other side gave no clear answer"),
    "relay-busy": marked("The relay was busy"),
    "opted-out": marked("Whoever has this number asked for no more SMS"),
    "gateway-busy": marked("The SMS gateway was busy"),
    "refused-by-gateway": marked("The SMS gateway refused it"),
    "reported": marked("The SMS gateway reported it"),
    "refused-by-relay": marked("The relay refused it"),
    "connection": marked("The relay could not be reached"),
    "tls": marked("The connection to the relay was not safe"),
    "gave-up": marked("Tried for a day, then given up"),
    "channel-broke": marked("The channel broke while it was leaving"),
    "stopped": marked("The program was stopped while it was leaving"),
    "recipient-refused": marked("A recipient was refused"),
    "contact-without-address": marked("A contact has no address"),
    "accepted": marked("Taken"),
    "retry-later": marked("Not taken yet"),
    "refused": marked("Refused"),
    # roles
    "administrator": marked("Administrator"),
    "manager": marked("Manager"),
    "collector": marked("Collector"),
    "colleague": marked("Colleague"),
    "viewer": marked("Viewer"),
    # how a customer pays
    "transfer": marked("Transfer"),
    "direct-debit": marked("Direct debit"),
    "draft": marked("Draft"),
    "card": marked("Card"),
    "cheque": marked("Cheque"),
}


_ICONS = {"email": "mail", "sms": "message-square", "letter": "file-text", "call": "phone"}


def icon_of(kind: str) -> str:
    """The icon of a kind of action."""
    return _ICONS.get(kind, "clipboard-list")


def words_of(code: str) -> str:
    """The words of a code in the request's language; a code that is not known stays as it is."""
    return gettext(WORDS[code]) if code in WORDS else code
