"""Every subject's acts: n = 1..N without a gap, each hash computed anew over the one before, the head as stored."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import asyncpg

from backend.acts import chain
from backend.verify.database import Snapshot
from backend.verify.report import Report

# The fields of `chain.Link` in its order, as text, then what they are compared with. Casts, because the database writes
# text several times faster than Python does.
_ACTS = """
SELECT a.subject_kind, a.subject_id::text AS subject_id, a.n, a.made_by::text AS made_by, a.id::text AS id,
       a.parent::text AS parent, a.kind, a.actor::text AS actor, a.rules_made, a.rules_judged,
       a.claimed_at::text AS claimed_at, a.occurred_at::text AS occurred_at, a.clock,
       a.recorded_at::text AS recorded_at, encode(a.fingerprint, 'hex') AS fingerprint, a.outcome, a.exceptions,
       a.previous, a.hash, a.case_id::text AS case_id, s.n AS subject_n, s.head
FROM acts AS a
LEFT JOIN subjects AS s ON s.id = a.subject_id AND s.kind = a.subject_kind
ORDER BY a.subject_id, a.subject_kind, a.n
"""
HASHED = len(chain.Link.__struct_fields__)
_PREVIOUS, _HASH, _CASE, _SUBJECT_N, _HEAD = range(HASHED, HASHED + 5)
_CLAIMED, _OCCURRED, _RECORDED = (
    chain.Link.__struct_fields__.index(name) for name in ("claimed_at", "occurred_at", "recorded_at")
)
_WHOLE = len("2026-03-02 01:00:00.000000+00")


async def check_chains(snapshot: Snapshot, report: Report) -> None:
    """Codes `chain.*`, `act.case`."""
    walk = _Walk(report)
    async for rows in snapshot.batches(_ACTS):
        report.counted["acts"] += len(rows)
        walk.over(rows)
    walk.end()
    await _without_acts(snapshot, report)


class _Walk:
    """Goes along all chains in one pass; remembers only the act before. A broken link is named once: the next one is
    measured against what is stored."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._subject: tuple[str, str] = ("", "")
        self._n = 0
        self._before = b""
        self._stored: tuple[int | None, bytes | None] = (None, None)

    def over(self, rows: Sequence[asyncpg.Record]) -> None:
        for row in rows:
            values = as_text(row)
            subject = values[0], values[1]
            if subject != self._subject:
                self.end()
                self._begin(subject, values)
            if values[2] != self._n + 1:
                self._differs("chain.gap", self._n + 1, self._n + 1, values[2])
            if values[_PREVIOUS] != self._before:
                self._differs("chain.previous", values[2], self._before, values[_PREVIOUS])
            computed = chain.digest(values[_PREVIOUS], values[:HASHED])
            if values[_HASH] != computed:
                self._differs("chain.hash", values[2], computed, values[_HASH])
            if values[_CASE] != (values[1] if values[0] == "case" else None):
                self._differs("act.case", values[2], values[1] if values[0] == "case" else None, values[_CASE])
            self._n, self._before = values[2], values[_HASH]

    def _begin(self, subject: tuple[str, str], values: Sequence[Any]) -> None:
        self._subject = subject
        self._n, self._before = 0, chain.genesis(subject[0], UUID(subject[1]))
        self._stored = values[_SUBJECT_N], values[_HEAD]
        self._report.counted["chains"] += 1

    def end(self) -> None:
        """What `subjects` says of the chain that is over."""
        if not self._n:
            return
        n, head = self._stored
        key = {"kind": self._subject[0], "id": self._subject[1]}
        if n is None:
            self._report.differs("chain.no-subject", "subjects", key, expected={"n": self._n, "head": self._before})
        elif n != self._n:
            self._report.differs("chain.length", "subjects", key, expected={"n": self._n}, found={"n": n})
        elif head != self._before:
            self._report.differs("chain.head", "subjects", key, expected={"head": self._before}, found={"head": head})

    def _differs(self, code: str, n: int, expected: object, found: object) -> None:
        key = {"subject_kind": self._subject[0], "subject_id": self._subject[1], "n": n}
        self._report.differs(code, "acts", key, expected=expected, found=found)


def as_text(row: asyncpg.Record) -> list[Any]:
    """A row whose first columns are the fields of a Link, cast to text, as the hash wants them."""
    values = list(row)
    values[_CLAIMED] = instant(values[_CLAIMED])
    values[_OCCURRED] = instant(values[_OCCURRED])
    values[_RECORDED] = instant(values[_RECORDED])
    return values


def instant(written: str) -> str:
    """`2026-03-02 01:00:00.5+00`, as PostgreSQL writes it in UTC, as `2026-03-02T01:00:00.500000+00:00`."""
    if len(written) == _WHOLE:
        return f"{written[:10]}T{written[11:]}:00"
    moment = written[:-3]
    fraction = moment[20:].ljust(6, "0")
    return f"{moment[:10]}T{moment[11:19]}.{fraction}+00:00"


async def _without_acts(snapshot: Snapshot, report: Report) -> None:
    """A subject whose first act was refused has no chain; one that says it has acts has lost them all."""
    async for row in snapshot.rows(
        """SELECT s.kind, s.id, s.n, s.head FROM subjects AS s
           WHERE NOT EXISTS (SELECT FROM acts AS a WHERE a.subject_id = s.id AND a.subject_kind = s.kind)"""
    ):
        key = {"kind": row["kind"], "id": row["id"]}
        if row["n"]:
            report.differs("chain.length", "subjects", key, expected={"n": 0}, found={"n": row["n"]})
        elif row["head"] != chain.genesis(row["kind"], row["id"]):
            expected = {"head": chain.genesis(row["kind"], row["id"])}
            report.differs("chain.head", "subjects", key, expected=expected, found={"head": row["head"]})
