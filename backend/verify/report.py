"""What a verification finds: differences, what waits and is explained, and how much was looked at."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec

from backend.verify.codes import CODES

Key = dict[str, Any]
MOST_SHOWN = 50
"""Rows of one code shown to people; the machine form has them all."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One row that is not as it must be. `expected` and `found` are None where a row is missing on that side."""

    code: str
    table: str
    key: Key
    expected: Any = None
    found: Any = None


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """Something that waits, as it may. `age_seconds`: since when, at the moment of the snapshot."""

    code: str
    table: str
    key: Key
    since: datetime | None = None
    age_seconds: int | None = None
    says: str = ""


class Report:
    """Collects while the checks run."""

    def __init__(self, at: datetime) -> None:
        """`at`: the moment of the snapshot, from which ages count."""
        self.at = at
        self.findings: list[Finding] = []
        self.explained: list[Explained] = []
        self.counted: Counter[str] = Counter()

    def differs(self, code: str, table: str, key: Key, *, expected: Any = None, found: Any = None) -> None:
        """`code`: one of `CODES`."""
        self.findings.append(
            Finding(code=code, table=table, key=plain(key), expected=plain(expected), found=plain(found))
        )

    def explains(self, code: str, table: str, key: Key, *, since: datetime | None = None, says: str = "") -> None:
        # A demonstration's clock may be ahead of the database's.
        age = None if since is None else max(0, int((self.at - since).total_seconds()))
        self.explained.append(
            Explained(code=code, table=table, key=plain(key), since=since, age_seconds=age, says=says)
        )

    def json(self, seconds: float) -> bytes:
        """The machine form, one object."""
        return msgspec.json.format(
            msgspec.json.encode(
                {
                    "differences": len(self.findings),
                    "findings": self.findings,
                    "explained": self.explained,
                    "counted": dict(sorted(self.counted.items())),
                    "seconds": round(seconds, 3),
                }
            ),
            indent=1,
        )

    def lines(self, seconds: float) -> Iterable[str]:
        """The form for people: what was looked at, what waits, what is wrong; Vietnamese before English."""
        looked = ", ".join(f"{name} {number}" for name, number in sorted(self.counted.items()) if number)
        yield f"Đã xem · looked at: {looked or '0'} ({seconds:.1f} s)"
        for code, waiting in _by_code(self.explained).items():
            yield f"Đang chờ, có lý do · waits, explained: {len(waiting)} × {_words(code)} [{code}]"
            oldest = max((one.age_seconds or 0 for one in waiting), default=0)
            if oldest:
                yield f"  lâu nhất · oldest: {oldest // 3600} h {oldest % 3600 // 60:02d} min"
        for code, found in _by_code(self.findings).items():
            yield f"SAI LỆCH · DIFFERENCE: {len(found)} × {_words(code)} [{code}]"
            yield from (f"  {_row(one)}" for one in found[:MOST_SHOWN])
            if len(found) > MOST_SHOWN:
                yield f"  … {len(found) - MOST_SHOWN} (--json)"
        if self.findings:
            yield f"Có {len(self.findings)} sai lệch. · {len(self.findings)} differences."
        else:
            yield "Không có sai lệch. · 0 differences."


def _by_code(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.code, []).append(row)
    return dict(sorted(found.items()))


def _words(code: str) -> str:
    vietnamese, english = CODES[code]
    return f"{vietnamese} · {english}"


def _row(one: Finding) -> str:
    key = " ".join(f"{name}={value}" for name, value in one.key.items())
    return f"{one.table} {key}: expected {_short(one.expected)}, found {_short(one.found)}"


def _short(value: Any) -> str:
    text = "nothing" if value is None else msgspec.json.encode(value).decode()
    return text if len(text) <= 300 else f"{text[:300]}…"


def plain(value: Any) -> Any:
    """As it may stand in JSON and be read: bytes as hex, instants in UTC, everything else as it is written."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, dict):
        return {str(name): plain(one) for name, one in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]  # pyright: ignore[reportUnknownVariableType]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
