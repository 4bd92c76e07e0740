"""The public door for plugin authors: everything a plugin may need of Relance, and all that is promised to it.

A plugin is a module with `api = 1` and one function for each hook it implements, marked with `hookimpl`. Built-in
plugins come through this door too. What is not here may change without notice.
"""

import importlib
import typing

from relance.core.intake.arrivals import RemoteFile
from relance.core.intake.header_words import name_worth
from relance.core.intake.reports import Note
from relance.core.intake.terms import parse_terms
from relance.core.intake.typed import TYPED, typed_number
from relance.core.intake.understanding import Guess
from relance.core.kernel.addresses import is_mailbox
from relance.core.kernel.encodings import base64_lines, quoted_printable
from relance.core.kernel.errors import BadInput, RelanceError
from relance.plugins.tabular import Amount, Day, TabularImporter, Text
from relance.ports.assigners import AccountToAssign, Assigner, Attribute, Batch, Candidate, NoSettings, Proposal
from relance.ports.channels import (
    Address,
    Attachment,
    Capabilities,
    Channel,
    Message,
    Outcome,
    OutcomeKind,
    Reply,
    Report,
    Signature,
)
from relance.ports.failpoints import failpoint
from relance.ports.fetchers import (
    LARGEST_FILE,
    MOST_ENTRIES,
    Fetcher,
    FetcherSetting,
    HostChanged,
    Identity,
    Place,
    Session,
    TooLarge,
    TornDownload,
    UnknownHost,
    Unreachable,
)
from relance.ports.hooks import API_VERSION, hookimpl
from relance.ports.importers import Importer, LooksInside, Recognised, Rejected, Table
from relance.ports.web_copies import CopyTroubled

if typing.TYPE_CHECKING:
    from relance.plugins.public_hosts import Resolver, checked_transport, checked_url, resolve, same_host

__all__ = [
    "API_VERSION",
    "LARGEST_FILE",
    "MOST_ENTRIES",
    "TYPED",
    "AccountToAssign",
    "Address",
    "Amount",
    "Assigner",
    "Attachment",
    "Attribute",
    "BadInput",
    "Batch",
    "Candidate",
    "Capabilities",
    "Channel",
    "CopyTroubled",
    "Day",
    "Fetcher",
    "FetcherSetting",
    "Guess",
    "HostChanged",
    "Identity",
    "Importer",
    "LooksInside",
    "Message",
    "NoSettings",
    "Note",
    "Outcome",
    "OutcomeKind",
    "Place",
    "Proposal",
    "Recognised",
    "Rejected",
    "RelanceError",
    "RemoteFile",
    "Reply",
    "Report",
    "Resolver",
    "Session",
    "Signature",
    "Table",
    "TabularImporter",
    "Text",
    "TooLarge",
    "TornDownload",
    "UnknownHost",
    "Unreachable",
    "base64_lines",
    "checked_transport",
    "checked_url",
    "failpoint",
    "hookimpl",
    "is_mailbox",
    "name_worth",
    "parse_terms",
    "quoted_printable",
    "resolve",
    "same_host",
    "typed_number",
]


def __getattr__(name: str) -> object:
    """What speaks with the web comes when it is first asked for: most commands never need it."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(importlib.import_module("relance.plugins.public_hosts"), name)
