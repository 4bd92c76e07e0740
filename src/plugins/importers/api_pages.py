"""Pages of an API: where the list is, and where the next page is. Values stay as they were written."""

import re
from collections.abc import Mapping

import httpx
import msgspec

from relance.plugins import BadInput, TornDownload

_LINK = re.compile(r'<([^<>]*)>\s*;[^,]*\brel="?next"?')
_MOST_STEPS = 8


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """The records of one page, as they were written, and what says where the next one is."""

    records: list[msgspec.Raw]
    next: str = ""


def page_of(body: bytes, link: str, settings: Mapping[str, str], number: int) -> Page:
    """Find the list; raises TornDownload for an answer without one, which may be half an answer."""
    path = settings.get("list", "")
    try:
        found = at_path(body, path)
        records = msgspec.json.decode(found, type=list[msgspec.Raw]) if found is not None else None
    except (msgspec.DecodeError, RecursionError) as bad:
        raise TornDownload(f"page {number} holds no list at {path or 'its top'!r}: {str(bad)[:120]}") from bad
    if records is None:
        raise TornDownload(f"page {number} holds nothing at {path!r}")
    wrong = next((place for place, record in enumerate(records, 1) if bytes(memoryview(record)[:1]) != b"{"), None)
    if wrong is not None:
        raise TornDownload(f"page {number}: record {wrong} is no object with fields")
    return Page(records=records, next=_next(body, link, settings))


def following(page: Page, url: httpx.URL, settings: Mapping[str, str], number: int, count: int) -> httpx.URL | None:
    """The address of the next page, or None after the last; `count` records were read so far."""
    paging, name = settings.get("paging", "none"), settings.get("param", "")
    if paging in {"cursor", "page", "offset"} and not name:
        raise BadInput(f"paging={paging} needs param, the name in the address")
    if paging in {"next", "link-header"} and page.next:
        try:
            return url.join(page.next)
        except (httpx.InvalidURL, ValueError) as bad:
            raise TornDownload(f"page {number} leads to {page.next[:80]!r}, which is no address") from bad
    if paging == "cursor" and page.next:
        return url.copy_set_param(name, page.next)
    if paging == "page" and page.records:
        first = url.params.get(name, "1")
        return url.copy_set_param(name, str((int(first) if first.isdecimal() else 1) + 1))
    if paging == "offset" and page.records:
        return url.copy_set_param(name, str(count))
    return None


def at_path(body: bytes | msgspec.Raw, path: str) -> msgspec.Raw | bytes | None:
    """What lies at `a.b.c` of an object, as it was written; the whole for an empty path."""
    found: bytes | msgspec.Raw = body
    for step in filter(None, path.split(".")[:_MOST_STEPS]):
        inside = msgspec.json.decode(found, type=dict[str, msgspec.Raw])
        if step not in inside:
            return None
        found = inside[step]
    return found


def _next(body: bytes, link: str, settings: Mapping[str, str]) -> str:
    paging = settings.get("paging", "none")
    if paging == "link-header":
        named = _LINK.search(link)
        return named[1] if named else ""
    if paging not in {"next", "cursor"}:
        return ""
    try:
        found = at_path(body, settings.get("next", ""))
        value = msgspec.json.decode(found, type=str | int | None) if found is not None else None
    except msgspec.DecodeError:
        return ""
    return "" if value is None else str(value)
