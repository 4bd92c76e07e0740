"""The process's settings, read from the environment once; names and defaults are public."""

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from relance.core.kernel.errors import BadInput


class Environment(msgspec.Struct, frozen=True, kw_only=True):
    """What RELANCE_* variables say. `now` and `failpoints` are honoured only where `env` is `test`."""

    database: str = "sqlite:///relance.db"
    plugins: str | None = None
    secret: str | None = None
    smtp_host: str | None = None
    smtp_port: int = 0
    smtp_tls: str = "required"
    smtp_user: str | None = None
    smtp_password: str | None = None
    twilio_account: str | None = None
    twilio_token: str | None = None
    twilio_from: str | None = None
    twilio_url: str | None = None
    mailbox: str | None = None
    outbox: str | None = None
    state: str | None = None
    url: str = ""
    env: str = "production"
    now: datetime | None = None
    failpoints: str = ""

    @property
    def in_test(self) -> bool:
        """Whether test-only settings count."""
        return self.env == "test"

    @property
    def plugins_file(self) -> Path:
        """The allow-list: the one named, else the current folder's, else the one shipped."""
        if self.plugins:
            return Path(self.plugins)
        here = Path("plugins.toml")
        return here if here.is_file() else Path(__file__).with_name("plugins.toml")

    @property
    def data_folder(self) -> Path:
        """Where files are kept: the state folder, else beside an SQLite database, else the current folder."""
        if self.state:
            return Path(self.state)
        if self.database.startswith("sqlite:///"):
            return Path(self.database.removeprefix("sqlite:///")).absolute().parent
        return Path.cwd()


def from_environment(source: Mapping[str, str] = os.environ) -> Environment:
    """Read the settings; raises BadInput that names the variable."""
    env = source.get("RELANCE_ENV", "production")
    if env not in {"production", "test"}:
        raise BadInput(f"RELANCE_ENV: production or test, not {env!r}")
    tls = source.get("RELANCE_SMTP_TLS", "required")
    if tls not in {"required", "starttls", "none"}:
        raise BadInput(f"RELANCE_SMTP_TLS: required, starttls or none, not {tls!r}")
    return Environment(
        database=source.get("RELANCE_DATABASE", "sqlite:///relance.db"),
        plugins=source.get("RELANCE_PLUGINS"),
        secret=source.get("RELANCE_SECRET"),
        smtp_host=source.get("RELANCE_SMTP_HOST"),
        smtp_port=_port(source.get("RELANCE_SMTP_PORT", "")),
        smtp_tls=tls,
        smtp_user=source.get("RELANCE_SMTP_USER"),
        smtp_password=source.get("RELANCE_SMTP_PASSWORD"),
        mailbox=source.get("RELANCE_MAILBOX"),
        twilio_account=source.get("RELANCE_TWILIO_ACCOUNT"),
        twilio_token=source.get("RELANCE_TWILIO_TOKEN"),
        twilio_from=source.get("RELANCE_TWILIO_FROM"),
        twilio_url=source.get("RELANCE_TWILIO_URL"),
        outbox=source.get("RELANCE_OUTBOX"),
        state=source.get("RELANCE_STATE"),
        url=_site(source.get("RELANCE_URL", "")),
        env=env,
        now=_moment(source.get("RELANCE_NOW")) if env == "test" else None,
        failpoints=source.get("RELANCE_FAILPOINTS", "") if env == "test" else "",
    )


def _site(text: str) -> str:
    if text and not text.startswith(("http://", "https://")):
        raise BadInput(f"RELANCE_URL: {text!r} is no address like https://relance.example")
    return text.rstrip("/")


def _port(text: str) -> int:
    if not text:
        return 0
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise BadInput(f"RELANCE_SMTP_PORT: {text!r} is no port")
    return int(text)


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as bad:
        raise BadInput(f"RELANCE_NOW: {text!r} is not ISO 8601, like 2026-11-23T08:00:00Z") from bad
    if moment.tzinfo is None:
        raise BadInput(f"RELANCE_NOW: {text!r} has no zone; add Z or +01:00")
    return moment
