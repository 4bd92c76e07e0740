"""Codes of customers inside addresses: any character a file may bring, also a slash."""

from urllib.parse import quote, unquote, urlencode


def segment(code: str) -> str:
    """One segment of a path; slashes and percents are coded twice, because servers decode once before routing."""
    return quote(code.replace("%", "%25").replace("/", "%2F"), safe="")


def code_of(segment_seen: str) -> str:
    """The code that `segment` was made of."""
    return unquote(segment_seen)


def query(**values: object) -> str:
    """A query string of the values that say something: `?q=acme&sort=name`, or nothing."""
    said = {name: value for name, value in values.items() if value is not None and value != ""}
    return f"?{urlencode(said, doseq=True)}" if said else ""


def way_back(said: str, tenant: str) -> str:
    """The place on this tenant's agenda that a form came from; nothing for any other address."""
    agenda = f"/t/{tenant}/agenda"
    rest = said.removeprefix(agenda)
    return said if rest != said and rest[:1] in {"", "?", "/"} and said.isprintable() and len(said) < 300 else ""
