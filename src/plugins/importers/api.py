"""APIs: pull a list page by page, and read the JSON that they and others write."""

from typing import Any

import msgspec

from relance.plugins import Fetcher, Importer, hookimpl
from relance.plugins.importers.api_pull import ApiPull
from relance.plugins.importers.json_records import JsonRecords

api = 1


class ApiSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`env` is RELANCE_ENV: where it is `test`, plain http to this machine is allowed."""

    env: str = "production"


settings_type = ApiSettings


@hookimpl
def provide_importers() -> list[Importer]:
    """JSON."""
    return [JsonRecords()]


@hookimpl
def provide_fetchers(settings: dict[str, Any]) -> list[Fetcher]:
    """The pull."""
    return [ApiPull(in_test=settings.get("env") == "test")]
