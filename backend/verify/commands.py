"""Every command in the inbox: its bytes, its envelope, its maker's signature, and the one act it became."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid5

import asyncpg
import msgspec
from cryptography.hazmat.primitives.asymmetric import ec

from backend.acts import envelope
from backend.acts.envelope import Envelope, Unreadable
from backend.verify.database import Snapshot
from backend.verify.decisions import Decisions, Reviewed, Word, read_decisions
from backend.verify.outbox import Outboxes, Sent
from backend.verify.report import Key, Report

NAMESPACE = UUID("6d0c2f0e-8f43-5d0c-9a53-7a1e6e9d4b11")
"""Of ids that the centre derives (exceptions, unread commands)."""
_LARGEST = 2**31 - 1

# In the order of three indexes at once, so that nothing is sorted, with the act it became, if it did.
_COMMANDS = """
SELECT i.made_by, i.id, i.source, i.seq, i.fingerprint, i.data, i.signature, i.received_at, i.kind, i.subject_kind,
       i.subject_id, i.case_id, i.standing, i.reason, i.n, i.exceptions, i.after_gap,
       a.id AS act, a.n AS act_n, a.kind AS act_kind, a.actor AS act_actor, a.subject_kind AS act_subject_kind,
       a.subject_id AS act_subject_id, a.rules_made, a.claimed_at, a.occurred_at, a.clock, a.recorded_at,
       a.exceptions AS act_exceptions, a.placed, p.act_id IS NOT NULL AS has_personal, k.id IS NOT NULL AS erased
FROM inbox AS i
LEFT JOIN acts AS a ON a.made_by = i.made_by AND a.id = i.id
LEFT JOIN personal AS p ON p.made_by = i.made_by AND p.act_id = i.id
LEFT JOIN data_keys AS k
    ON k.subject_id = i.subject_id AND k.subject_kind = i.subject_kind AND k.destroyed_at IS NOT NULL
ORDER BY i.made_by, i.id
"""


class Device(msgspec.Struct, frozen=True):
    """What of a row of `devices` its commands are checked with."""

    id: UUID
    person_id: UUID
    public_key: bytes
    enrolled_at: datetime
    gone: bool
    next_seq: int
    last_hash: bytes | None


async def check_commands(snapshot: Snapshot, report: Report) -> None:
    """Codes `inbox.*`, `outbox.*`, `act.*`, `review.*`, `personal.missing`, `personal.extra`."""
    devices = {row["id"]: _device(row) for row in await snapshot.all(_DEVICES)}
    check = _Check(report, devices, await read_decisions(snapshot, report))
    outboxes = Outboxes(report, devices)
    async for rows in snapshot.batches(_COMMANDS):
        report.counted["commands"] += len(rows)
        for row in rows:
            if (sent := check.command(row)) is not None:
                outboxes.add(sent)
    outboxes.end()
    await _acts_without_command(snapshot, report)


_DEVICES = """
SELECT id, person_id, public_key, enrolled_at, revoked_at IS NOT NULL AS gone, next_seq, last_hash FROM devices
"""


def _device(row: asyncpg.Record) -> Device:
    return Device(**dict(row.items()))


class _Check:
    """One command after the other."""

    def __init__(self, report: Report, devices: Mapping[UUID, Device], decisions: Decisions) -> None:
        self._report = report
        self._devices = devices
        self._decisions = decisions

    def command(self, row: asyncpg.Record) -> Sent | None:
        """Checks it; its place in its maker's outbox, if it has one."""
        key = {"made_by": row["made_by"], "id": row["id"]}
        mark = envelope.fingerprint(row["data"])
        if mark != row["fingerprint"]:
            self._report.differs("inbox.fingerprint", "inbox", key, expected=mark, found=row["fingerprint"])
        if row["id"] == derived("unread", row["made_by"].hex, mark.hex()):
            self._stray(row, key)
            return None
        try:
            written = envelope.read(row["data"])
        except Unreadable as error:
            self._report.differs("inbox.unreadable", "inbox", key, expected="an envelope", found=str(error))
            return None
        self._envelope(row, key, written)
        if row["source"] == "device":
            self._signature(row, key)
        self._standing(row, key, written)
        self._decided(row, key, written)
        if row["act"] is not None:
            self._act(row, key, written)
        if row["source"] != "device" or written.seq is None:
            return None
        return self._sent(row, written)

    def _stray(self, row: asyncpg.Record, key: Key) -> None:
        """Bytes that nobody signed, kept under whoever carried them: never an act."""
        if row["standing"] not in ("review", "set_aside") or row["act"] is not None:
            self._report.differs("inbox.stray-applied", "inbox", key, expected="review", found=row["standing"])
        self._set_aside(row, key)

    def _envelope(self, row: asyncpg.Record, key: Key, written: Envelope) -> None:
        expected = {
            "made_by": written.made_by,
            "id": written.id,
            "seq": written.seq,
            "kind": written.kind,
            "subject_kind": written.subject.kind,
            "subject_id": written.subject.id,
            "case_id": written.subject.id if written.subject.kind == "case" else None,
        }
        self._compare("inbox.envelope", "inbox", key, expected, row)
        # A part torn on its way waits with its act: for its turn, then for a person. After an erasure none is kept.
        gone = row["standing"] in ("held", "review", "set_aside") or row["erased"]
        if written.personal_hash is None and row["has_personal"]:
            self._report.differs("personal.extra", "personal", key, found="a personal part")
        elif written.personal_hash is not None and not row["has_personal"] and not gone:
            self._report.differs("personal.missing", "personal", key, expected=written.personal_hash)

    def _signature(self, row: asyncpg.Record, key: Key) -> None:
        self._report.counted["signatures"] += 1
        device = self._devices.get(row["made_by"])
        if device is None:
            self._report.differs("inbox.unknown-device", "inbox", key, expected="a device", found=row["made_by"])
        elif not envelope.is_signed(public_key(device.public_key), row["data"], row["signature"]):
            self._report.differs("inbox.signature", "inbox", key, expected="signed", found=row["signature"])

    def _standing(self, row: asyncpg.Record, key: Key, written: Envelope) -> None:
        if (row["standing"] == "applied") != (row["act"] is not None):
            code = "act.missing" if row["act"] is None else "act.not-applied"
            self._report.differs(code, "acts", key, expected=row["standing"], found=row["act"])
        elif row["act"] is not None:
            expected = {"n": row["act_n"], "exceptions": row["act_exceptions"]}
            self._compare("inbox.answer", "inbox", key, expected, row)
        self._set_aside(row, key)
        device = self._devices.get(row["made_by"])
        strange = device is not None and device.person_id != written.actor
        if row["standing"] == "applied" and strange and self._decision(row) is None:
            self._report.differs("act.actor", "acts", key, expected=device and device.person_id, found=written.actor)

    def _set_aside(self, row: asyncpg.Record, key: Key) -> None:
        if row["standing"] == "set_aside" and self._decision(row) is None:
            self._report.differs("inbox.set-aside", "inbox", key, expected="an act resolve_review")

    def _decision(self, row: asyncpg.Record) -> Word | None:
        return self._decisions.about((row["made_by"], row["id"]))

    def _decided(self, row: asyncpg.Record, key: Key, written: Envelope) -> None:
        if self._decision(row) is None:
            return
        device = self._devices.get(row["made_by"])
        makers = {written.actor} if device is None else {written.actor, device.person_id}
        command = Reviewed(
            key=key,
            kind=written.kind,
            subject=written.subject.id,
            standing=row["standing"],
            makers=frozenset(makers),
            placed=row["placed"],
        )
        self._decisions.check((row["made_by"], row["id"]), command)

    def _act(self, row: asyncpg.Record, key: Key, written: Envelope) -> None:
        decision = self._decision(row)
        subject = written.subject.id
        if decision is not None and decision.resolution == "apply_to" and decision.case is not None:
            subject = decision.case
        occurred_at, clock = self._legal_time(row, written)
        expected = {
            "act_kind": written.kind,
            "act_actor": written.actor,
            "act_subject_kind": written.subject.kind,
            "act_subject_id": subject,
            "rules_made": min(written.rules, _LARGEST),
            "claimed_at": written.occurred_at,
            "occurred_at": occurred_at,
            "clock": clock,
            "recorded_at": row["received_at"],
        }
        self._compare("act.envelope", "acts", key, expected, row)

    def _legal_time(self, row: asyncpg.Record, written: Envelope) -> tuple[datetime, str]:
        """The time claimed, corrected by the measured offset, within enrolment and receipt; unknown: receipt.

        From a paper run sheet, typed in by a named clerk, the time claimed itself.
        """
        received: datetime = row["received_at"]
        device = self._devices.get(row["made_by"])
        if row["source"] == "paper":
            return written.occurred_at, "paper"
        if row["source"] != "device" or device is None:
            return received, "server"
        try:
            corrected = written.occurred_at + timedelta(milliseconds=written.offset_ms or 0)
        except OverflowError:
            return received, "receipt"
        if written.offset_ms is None:
            return received, "receipt"
        bounded = max(device.enrolled_at, corrected) if corrected <= received else received
        return bounded, "corrected" if bounded == corrected else "bounded"

    def _sent(self, row: asyncpg.Record, written: Envelope) -> Sent:
        return Sent(
            made_by=row["made_by"],
            id=row["id"],
            seq=written.seq or 0,
            prev=written.prev,
            fingerprint=row["fingerprint"],
            standing=row["standing"],
            reason=row["reason"],
            received_at=row["received_at"],
            after_gap=row["after_gap"],
            resolved=self._decision(row) is not None,
        )

    def _compare(self, code: str, table: str, key: Key, expected: dict[str, Any], row: asyncpg.Record) -> None:
        wrong = {name: value for name, value in expected.items() if row[name] != value}
        if wrong:
            found = {_column(name): row[name] for name in wrong}
            self._report.differs(
                code, table, key, expected={_column(name): value for name, value in wrong.items()}, found=found
            )


def _column(name: str) -> str:
    return name.removeprefix("act_")


def derived(*parts: str) -> UUID:
    return uuid5(NAMESPACE, "\x1f".join(parts))


@lru_cache(maxsize=4096)
def public_key(point: bytes) -> ec.EllipticCurvePublicKey:
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)


async def _acts_without_command(snapshot: Snapshot, report: Report) -> None:
    """Each act, and the parent of each child, has an applied command with its fingerprint."""
    async for row in snapshot.rows(
        """SELECT a.made_by, a.id, a.parent, a.subject_id, a.fingerprint, i.fingerprint AS command, i.standing
           FROM acts AS a
           LEFT JOIN inbox AS i ON i.made_by = a.made_by AND i.id = coalesce(a.parent, a.id)
           WHERE i.id IS NULL OR i.fingerprint <> a.fingerprint OR a.parent IS NOT NULL"""
    ):
        key = {"made_by": row["made_by"], "id": row["id"]}
        if row["command"] is None:
            report.differs("act.no-command", "acts", key, expected="a command in the inbox")
        elif row["command"] != row["fingerprint"]:
            report.differs("act.fingerprint", "acts", key, expected=row["command"], found=row["fingerprint"])
        if row["parent"] is not None:
            report.counted["child acts"] += 1
            child = uuid5(row["parent"], row["subject_id"].hex)
            if row["id"] != child or row["standing"] != "applied":
                report.differs("act.child", "acts", key, expected=child, found=row["id"])
