"""Log lines: JSON on standard error under `serve`, readable in the demo. What a line may say is a closed list.

A line carries codes, ids, counts and times; never a name, a number of a person, an address, a token, a body or a query.
So a field is shown only if it stands in `FIELDS`; an exception is shown as its classes and the places it passed, never
by its text, which may quote a row; what a library says is shown only where it is known to say nothing of a person.
"""

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from traceback import walk_tb
from typing import Any, TextIO, cast

import structlog
from structlog.typing import EventDict, Processor

from backend.config import CannotRun

FIELDS = frozenset(
    {"event", "at", "level", "logger", "withheld", "error", "places", "reason"}
    | {"request_id", "method", "route", "kind", "status", "ms", "shed", "device", "person"}
    | {"job", "attempt", "standing", "count", "bytes"}
)
"""What may stand in a line. Whoever adds a field answers for it: no value of it may ever tell of a person."""
TRUSTED = ("tannha", "granian", "_granian")
"""Loggers of the standard library whose texts are shown: they speak of processes."""
LONGEST = 4000
_FIRST = ("at", "level", "event", "request_id")
_MOST_PLACES = 16
_OURS = Path(__file__).parents[1].as_posix() + "/"

GRANIAN: dict[str, Any] = {
    "formatters": {},
    "handlers": {},
    "loggers": {name: {"handlers": [], "propagate": True} for name in ("_granian", "granian.access")},
}
"""For granian, which would else write lines of its own: they go to our handler."""


def configure(*, readable: bool, stream: TextIO | None = None) -> None:
    """Whatever this process logs, we or a library. `readable`: for people. `stream`: standard error unless given."""
    out = stream or sys.stderr
    chain: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        without_text,
        admitted,
    ]
    shown: Processor = structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
    if readable:
        shown = structlog.dev.ConsoleRenderer(colors=out.isatty(), timestamp_key="at")
    structlog.configure(
        processors=[*chain, shown],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(_Line(chain, shown))
    handler.addFilter(_worth_a_line)
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)


def say_uncaught() -> None:
    """What nobody caught becomes a line too, without its text, in place of Python's own account of it."""
    sys.excepthook = lambda _kind, error, _trace: _uncaught("uncaught", error)
    sys.unraisablehook = lambda told: _uncaught("ignored", told.exc_value)
    threading.excepthook = lambda told: _uncaught("thread-ended", told.exc_value)


def _uncaught(reason: str, error: BaseException | None) -> None:
    if isinstance(error, CannotRun):
        # A sentence for whoever runs the system; it speaks of settings.
        logging.getLogger("tannha").critical("%s", error)
    elif not isinstance(error, KeyboardInterrupt | SystemExit):
        structlog.get_logger().critical("uncaught", reason=reason, exc_info=error)


def request_id() -> str | None:
    """Of the request being answered, if one is."""
    return structlog.contextvars.get_contextvars().get("request_id")


def without_text(_logger: object, _method: str, line: EventDict) -> EventDict:
    """Processor: an exception as `error` (classes, outermost first) and `places` (innermost last), no texts."""
    line.pop("stack_info", None)
    line.pop("stack", None)
    found: Any = line.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    error: object = cast("tuple[object, ...]", found)[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        chain = list(_chain(error))
        line["error"] = [_class(one) for one in chain]
        line["places"] = [place for one in reversed(chain) for place in _places(one)][-_MOST_PLACES:]
    return line


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An exception, then what caused it or what was being handled, and all members of a group."""
    seen: list[BaseException] = []
    waiting = [error]
    while waiting and len(seen) < 8:
        one = waiting.pop(0)
        if any(one is other for other in seen):
            continue
        seen.append(one)
        yield one
        before = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
        members = cast("tuple[BaseException, ...]", getattr(one, "exceptions", ()))
        waiting += [*members, *([before] if before is not None else [])]


def _class(error: BaseException) -> str:
    """Its class; of the database's errors also the state and the constraint, which are ours."""
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    known = [getattr(error, field, None) for field in ("sqlstate", "constraint_name")]
    return " ".join([name, *(word for word in known if isinstance(word, str))])


def _places(error: BaseException) -> Iterator[str]:
    for frame, number in walk_tb(error.__traceback__):
        code = frame.f_code
        path = code.co_filename.removeprefix(_OURS).rpartition("site-packages/")[2]
        yield f"{path}:{number} {code.co_qualname}"


def admitted(_logger: object, _method: str, line: EventDict) -> EventDict:
    """Processor: only the fields of the list, and no value longer than a line. Names what was left out."""
    kept: dict[str, Any] = {}
    for name in (*_FIRST, *line):
        if name in FIELDS and name in line:
            value: object = line[name]
            kept[name] = value[:LONGEST] if isinstance(value, str) else value
    if left_out := sorted(set(line) - FIELDS):
        kept["withheld"] = left_out
    return kept


def _trusted(name: str) -> bool:
    return name.partition(".")[0] in TRUSTED


def _worth_a_line(record: logging.LogRecord) -> bool:
    return record.levelno >= (logging.INFO if _trusted(record.name) else logging.WARNING)


class _Line(logging.Formatter):
    """A record of the standard library in the same form. Of a library not known to be discreet, only where it spoke."""

    def __init__(self, chain: list[Processor], shown: Processor) -> None:
        super().__init__()
        self.chain = [*chain, shown]

    def format(self, record: logging.LogRecord) -> str:
        line: Any = {"event": record.getMessage() if _trusted(record.name) else "library", "logger": record.name}
        if not _trusted(record.name):
            line["places"] = [f"{record.module}:{record.lineno} {record.funcName}"]
        if record.exc_info:
            line["exc_info"] = record.exc_info
        for process in self.chain:
            line = process(None, record.levelname.lower(), line)
        return str(line)
