"""Every setting of the system, in one table, read from the environment once per process.

`tannha settings` prints the table. An empty value counts as not given.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import msgspec
from msgspec import Meta

Environment = Mapping[str, str]


class CannotRun(Exception):
    """Something that whoever runs the system can put right; the text is a sentence that says what to do."""


class BadSetting(CannotRun):
    """A setting cannot be used; the text names it and says why."""


@dataclass(frozen=True)
class Setting:
    """One row of the table.

    `default`: as one would write it in the environment, where `{data}` stands for the field above; or how to find it.
    `shown`: the default in words, where it is not just that text.
    """

    env: str
    meaning: str
    default: str | Callable[[Environment], str | None] | None = None
    unit: str = ""
    shown: str | None = None


def _data_folder(environment: Environment) -> str:
    if os.geteuid() == 0:
        return "/var/lib/tannha"
    return (environment.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")) + "/tannha"


def _workers(_: Environment) -> str:
    return str(max(1, min(4, os.cpu_count() or 1)))


def _database_url(environment: Environment) -> str | None:
    return environment.get("DATABASE_URL")


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings in force. What each means stands in its row."""

    host: Annotated[str, Setting("TANNHA_HOST", "address to listen on", "127.0.0.1")]
    port: Annotated[int, Meta(ge=1, le=65535), Setting("TANNHA_PORT", "port to listen on", "8000")]
    public_url: Annotated[
        str,
        Setting("TANNHA_PUBLIC_URL", "how people reach us: for links on paper and in messages", "http://{host}:{port}"),
    ]
    workers: Annotated[
        int,
        Meta(ge=1, le=64),
        Setting("TANNHA_WORKERS", "HTTP worker processes", _workers, "processes", "one per core, at most 4"),
    ]
    data: Annotated[
        Path,
        Setting(
            "TANNHA_DATA",
            "the installation: database, archived log, files",
            _data_folder,
            "folder",
            "as root /var/lib/tannha, else $XDG_DATA_HOME/tannha",
        ),
    ]
    keys: Annotated[
        Path,
        Setting(
            "TANNHA_KEYS",
            "the keys (0700), to be backed up apart from the data",
            "{data}/keys",
            "folder",
            "$TANNHA_DATA/keys",
        ),
    ]
    checkpoints: Annotated[
        Path,
        Setting(
            "TANNHA_CHECKPOINTS",
            "where signed checkpoints go: best a volume that the database's operators cannot write",
            "{data}/checkpoints",
            "folder",
            "$TANNHA_DATA/checkpoints",
        ),
    ]
    checkpoint_url: Annotated[
        Annotated[str, Meta(pattern="^https?://")] | None,
        Setting(
            "TANNHA_CHECKPOINT_URL",
            "a second witness of the checkpoints, at somebody else's: each is sent there with POST",
        ),
    ]
    notice_url: Annotated[
        Annotated[str, Meta(pattern="^https?://")] | None,
        Setting(
            "TANNHA_NOTICE_URL",
            "the gateway that sends SMS, Zalo and e-mail for us: each message is one signed POST (Standard Webhooks)",
            shown="none: people tell citizens what they must know",
        ),
    ]
    push_services: Annotated[
        Annotated[str, Meta(pattern=r"^(((\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+|http://127\.0\.0\.1:\d+)( +|$))+$|^none$")],
        Setting(
            "TANNHA_PUSH_SERVICES",
            "push services that browsers may name, nobody else is called: hosts, with *. all below one; `none`: nobody "
            "is pushed anything (tests: http://127.0.0.1:PORT)",
            "fcm.googleapis.com updates.push.services.mozilla.com *.push.apple.com *.notify.windows.com",
        ),
    ]
    bank_statement_url: Annotated[
        Annotated[str, Meta(pattern="^https?://")] | None,
        Setting(
            "TANNHA_BANK_STATEMENT_URL",
            "where the bank's statement of a day is pulled from, for notices that never came",
            shown="none; in the demo, the pretend bank",
        ),
    ]
    database_url: Annotated[
        str | None,
        Setting("DATABASE_URL", "PostgreSQL server to use, as tannha_app", shown="none: the embedded server runs"),
    ]
    owner_url: Annotated[
        str | None, Setting("TANNHA_OWNER_URL", "the same server, as tannha_owner: for `tannha migrate` only")
    ]
    direct_url: Annotated[
        str | None,
        Setting(
            "TANNHA_DIRECT_URL", "that server past its pooler: LISTEN and locks", _database_url, "", "DATABASE_URL"
        ),
    ]
    pool: Annotated[
        int,
        Meta(ge=1, le=100),
        Setting(
            "TANNHA_POOL", "database connections at most, in each of the four pools of a process", "8", "connections"
        ),
    ]
    jobs: Annotated[int, Meta(ge=2, le=100), Setting("TANNHA_JOBS", "jobs worked on at the same time", "8", "jobs")]
    gap_days: Annotated[
        int,
        Meta(ge=1, le=60),
        Setting(
            "TANNHA_GAP_DAYS",
            "how long acts of a phone wait for one before them that has not come; then they run, marked",
            "5",
            "days",
        ),
    ]
    forward_hours: Annotated[
        int,
        Meta(ge=1, le=240),
        Setting(
            "TANNHA_FORWARD_HOURS",
            "how long a registration by 1022 or a one-stop may wait until the post has acknowledged it; then it is red",
            "4",
            "hours",
        ),
    ]
    lease_hours: Annotated[
        int, Meta(ge=1, le=12), Setting("TANNHA_LEASE_HOURS", "by how long a code lengthens a lease", "4", "hours")
    ]
    in_flight: Annotated[
        int,
        Meta(ge=8, le=10_000),
        Setting(
            "TANNHA_IN_FLIGHT",
            "requests answered at the same time, per HTTP worker; beyond it says that it is busy",
            "256",
            "requests",
        ),
    ]
    disk_free: Annotated[
        int,
        Meta(ge=0),
        Setting("TANNHA_DISK_FREE", "with less room in TANNHA_DATA `/ready` says no", "1000", "megabytes"),
    ]
    duty_token: Annotated[
        Annotated[str, Meta(min_length=16)] | None,
        Setting(
            "TANNHA_DUTY_TOKEN",
            "whoever shows it (Authorization: Bearer) reads `/metrics` and details of `/ready`; set it behind a proxy",
            shown="none: only this machine may",
        ),
    ]
    stop_seconds: Annotated[
        int,
        Meta(ge=1, le=600),
        Setting("TANNHA_STOP_SECONDS", "how long what is in flight may take when we stop", "20", "seconds"),
    ]
    drain_seconds: Annotated[
        int,
        Meta(ge=0, le=600),
        Setting("TANNHA_DRAIN_SECONDS", "how long /ready says no before we stop, for a balancer", "0", "seconds"),
    ]
    wal_days: Annotated[
        int,
        Meta(ge=1, le=3650),
        Setting("TANNHA_WAL_DAYS", "how long the archived log waits for a backup to fetch it", "14", "days"),
    ]
    demo: Annotated[
        bool, Setting("TANNHA_DEMO", "sample data and a clock that can be moved; `tannha demo` sets it", "false")
    ]
    now: Annotated[
        datetime | None,
        Setting("TANNHA_NOW", "demo only: where the clock starts, such as 2026-03-02T08:00:00+07:00", unit="RFC 3339"),
    ]
    demo_appointments: Annotated[
        int,
        Meta(ge=0, le=400),
        Setting("TANNHA_DEMO_APPOINTMENTS", "demo only: appointments of its first day beside the named cases", "300"),
    ]
    postgres_bin: Annotated[
        Path | None,
        Setting(
            "TANNHA_POSTGRES_BIN", "programs of the embedded server", None, "folder", "the wheel's, else the system's"
        ),
    ]
    postgres_account: Annotated[
        str | None,
        Setting(
            "TANNHA_POSTGRES_ACCOUNT", "whom the embedded server runs as under root", None, "", "postgres, else nobody"
        ),
    ]

    @property
    def files(self) -> Path:
        """Folder of photographs and documents, named by their content."""
        return self.data / "files"

    @property
    def stopping(self) -> Path:
        """While this file exists the server is about to stop: `/ready` says no."""
        return self.data / "stopping"


def table() -> dict[str, Setting]:
    """The rows by field name."""
    hints = get_type_hints(Settings, include_extras=True)
    return {
        name: note
        for name in Settings.__struct_fields__
        for note in hints[name].__metadata__
        if isinstance(note, Setting)
    }


def read(environment: Environment = os.environ) -> Settings:
    """Raises BadSetting."""
    values: dict[str, Any] = {}
    for name, setting in table().items():
        if given := environment.get(setting.env, "").strip():
            values[name] = given
        elif callable(setting.default):
            values[name] = setting.default(environment)
        else:
            values[name] = setting.default.format_map(values) if setting.default else None
    try:
        settings = msgspec.convert(values, Settings, strict=False, dec_hook=lambda kind, value: kind(value))
    except msgspec.ValidationError as error:
        text, _, field = str(error).partition(" - at `$.")
        env = table()[field.rstrip("`")].env
        raise BadSetting(f"{env}={environment.get(env)}: {text}") from None
    if settings.now is not None and settings.now.tzinfo is None:
        raise BadSetting(f"TANNHA_NOW={settings.now}: add the zone, such as +07:00")
    if settings.now is not None and not settings.demo:
        raise BadSetting("TANNHA_NOW is for `tannha demo` only: a real installation keeps real time")
    return msgspec.structs.replace(settings, data=settings.data.absolute(), keys=settings.keys.absolute())


def environment(settings: Settings) -> dict[str, str]:
    """The settings as another process reads them back."""
    found: dict[str, str] = {}
    for name, setting in table().items():
        value = getattr(settings, name)
        if value is not None:
            found[setting.env] = value.isoformat() if isinstance(value, datetime) else str(value)
    return found


def markdown() -> str:
    """The table for people."""
    lines = ["| Setting | Meaning | Default | Unit |", "|---|---|---|---|"]
    for setting in table().values():
        default = setting.shown or (setting.default if isinstance(setting.default, str) else "")
        lines.append(f"| `{setting.env}` | {setting.meaning} | {default or 'none'} | {setting.unit} |")
    return "\n".join(lines) + "\n"
