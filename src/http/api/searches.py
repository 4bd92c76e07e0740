"""Searches kept under a name."""

from typing import Any

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from relance.core.customers.saved_searches import Target
from relance.core.customers.search_language import parse, written
from relance.http.api.access import caller_of, doing, editing, reading, removing
from relance.http.api.once import Once
from relance.usecases.customers.list_searches import ListSearches
from relance.usecases.customers.remove_search import RemoveSearch, SearchToRemove
from relance.usecases.customers.save_search import SaveSearch, SearchToSave

AnyRequest = Request[Any, Any, Any]


class SearchAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A saved search and how much it finds now."""

    number: int
    name: str
    target: Target
    search: str
    shared: bool
    columns: tuple[str, ...]
    sort: str
    count: int


class SearchesAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The caller's own and the shared ones, by name."""

    rows: list[SearchAnswer]


class SearchWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A search to keep, in the search language; with columns and `sort` it is a view of the list of customers."""

    name: str
    search: str
    target: Target = "customers"
    shared: bool = False
    columns: tuple[str, ...] = ()
    sort: str = ""


class SearchKept(msgspec.Struct, frozen=True, kw_only=True):
    """The number that it was saved under."""

    number: int


@reading("/searches", summary="Saved searches with live counts")
def searches(request: AnyRequest, list_searches: NamedDependency[ListSearches]) -> SearchesAnswer:
    """Own and shared searches."""
    return SearchesAnswer(
        rows=[
            SearchAnswer(
                number=one.saved.number,
                name=one.saved.name,
                target=one.saved.target,
                search=written(one.saved.search),
                shared=one.saved.shared,
                columns=one.saved.columns,
                sort=one.saved.sort,
                count=one.count,
            )
            for one in list_searches(caller_of(request).actor)
        ]
    )


@doing("/searches", "read", summary="Keep a search under a name")
def save_search(
    request: AnyRequest,
    data: JSONBody[SearchWanted],
    save_search: NamedDependency[SaveSearch],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """The number of the search."""
    wanted = _wanted(request, data)
    return once(request, msgspec.json.encode(data), lambda: SearchKept(number=save_search(wanted).number))


@editing("/searches/{number:int}", "read", summary="Change a saved search of one's own")
def change_search(
    request: AnyRequest, number: FromPath[int], data: JSONBody[SearchWanted], save_search: NamedDependency[SaveSearch]
) -> SearchKept:
    """The search as the request says it, whole; tasks that follow it follow the change."""
    return SearchKept(number=save_search(_wanted(request, data, number)).number)


@removing("/searches/{number:int}", "read", summary="Forget a saved search")
def remove_search(request: AnyRequest, number: FromPath[int], remove_search: NamedDependency[RemoveSearch]) -> None:
    """Gone."""
    remove_search(SearchToRemove(actor=caller_of(request).actor, number=number))


def _wanted(request: AnyRequest, data: SearchWanted, number: int | None = None) -> SearchToSave:
    return SearchToSave(
        actor=caller_of(request).actor,
        name=data.name,
        search=parse(data.search),
        target=data.target,
        shared=data.shared,
        columns=data.columns,
        sort=data.sort,
        number=number,
    )


HANDLERS = [searches, save_search, change_search, remove_search]
