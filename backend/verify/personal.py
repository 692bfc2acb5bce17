"""Personal parts: each is under the data key of its subject; opened, it is what the envelope's hash says."""

from collections.abc import Mapping
from uuid import UUID

from backend.acts import envelope
from backend.acts.envelope import Unreadable
from backend.verify.database import Snapshot
from backend.verify.keys import CannotOpen, Keys, sealed_under, unsealed
from backend.verify.report import Key, Report


class Opener:
    """Opens personal parts with the data keys that are not destroyed."""

    def __init__(self, data_keys: Mapping[UUID, bytes]) -> None:
        self._data_keys = data_keys

    def __call__(self, made_by: UUID, act_id: UUID, key_id: UUID, sealed: bytes) -> bytes | None:
        """None where no key opens it."""
        if key_id not in self._data_keys:
            return None
        try:
            return _opened(sealed, key_id, self._data_keys, made_by.bytes + act_id.bytes)
        except CannotOpen:
            return None


async def check_personal(snapshot: Snapshot, report: Report, keys: Keys) -> Opener:
    """Codes `personal.*`, and `replay.differs` of an incident. Without keys, nothing is opened. What waits may wait for
    being torn."""
    await _erased(snapshot, report)
    await _blank_messages(snapshot, report)
    await _blank_incidents(snapshot, report)
    if not keys.wrapping:
        return Opener({})
    data_keys = await _data_keys(snapshot, report, keys)
    async for row in snapshot.rows(
        """SELECT p.made_by, p.act_id, p.key_id, p.sealed, i.data FROM personal AS p
           JOIN inbox AS i ON i.made_by = p.made_by AND i.id = p.act_id
           JOIN data_keys AS k ON k.id = p.key_id AND k.destroyed_at IS NULL
           WHERE i.standing NOT IN ('held', 'review', 'set_aside')"""
    ):
        report.counted["personal parts"] += 1
        key = {"made_by": row["made_by"], "act_id": row["act_id"]}
        if row["key_id"] in data_keys:
            _part(report, key, row["sealed"], row["data"], row["key_id"], data_keys)
    return Opener(data_keys)


async def _erased(snapshot: Snapshot, report: Report) -> None:
    """Of an erased case the data key is destroyed; no other is."""
    async for row in snapshot.rows(
        """SELECT c.case_id, c.erased_at, k.destroyed_at FROM cases AS c
           JOIN data_keys AS k ON k.subject_id = c.case_id AND k.subject_kind = 'case'
           WHERE (c.erased_at IS NULL) <> (k.destroyed_at IS NULL)"""
    ):
        key = {"case_id": row["case_id"]}
        expected = {"erased_at": row["erased_at"]}
        report.differs("personal.erased", "data_keys", key, expected=expected, found=row["destroyed_at"])


async def _blank_messages(snapshot: Snapshot, report: Report) -> None:
    """What was said to an erased applicant is gone too, and in which browsers."""
    async for row in snapshot.rows(
        """SELECT n.case_id, n.notice_id FROM notices AS n JOIN cases AS c ON c.case_id = n.case_id
           WHERE c.erased_at IS NOT NULL AND (n.sealed IS NOT NULL OR n.state = 'waiting')"""
    ):
        key = {"case_id": row["case_id"], "notice_id": row["notice_id"]}
        report.differs("personal.notice", "notices", key, expected="blank", found="sealed or waiting")
    async for row in snapshot.rows(
        """SELECT p.case_id, p.endpoint_sha256 FROM push_subscriptions AS p JOIN cases AS c ON c.case_id = p.case_id
           WHERE c.erased_at IS NOT NULL"""
    ):
        key = {"case_id": row["case_id"], "endpoint_sha256": row["endpoint_sha256"]}
        report.differs("personal.notice", "push_subscriptions", key, expected="none", found="a browser")


async def _blank_incidents(snapshot: Snapshot, report: Report) -> None:
    """So is what was written of an incident that touched the case when it was erased, or was reported of it afterwards:
    both stand in its chain."""
    async for row in snapshot.rows(
        """SELECT DISTINCT i.incident_id, i.place IS NOT NULL AS place, i.note IS NOT NULL AS note FROM acts AS e
           JOIN acts AS a ON a.subject_kind = e.subject_kind AND a.subject_id = e.subject_id
           JOIN acts AS b ON b.made_by = a.made_by AND b.id = a.parent AND b.subject_kind = 'incident'
               AND (a.n < e.n OR (b.kind = 'report_incident' AND b.n = 1))
           JOIN incidents AS i ON i.incident_id = b.subject_id
           WHERE e.subject_kind = 'case' AND e.kind = 'erase' AND (i.place IS NOT NULL OR i.note IS NOT NULL)"""
    ):
        found = [name for name in ("place", "note") if row[name]]
        report.differs(
            "replay.differs", "incidents", {"incident_id": row["incident_id"]}, expected="blank", found=found
        )


async def _data_keys(snapshot: Snapshot, report: Report, keys: Keys) -> dict[UUID, bytes]:
    opened: dict[UUID, bytes] = {}
    async for row in snapshot.rows("SELECT id, wrapped FROM data_keys WHERE wrapped IS NOT NULL"):
        try:
            wrapping = keys.wrapping[sealed_under(row["wrapped"])]
            opened[row["id"]] = unsealed(wrapping, row["wrapped"], row["id"].bytes)
        except (CannotOpen, KeyError) as broken:
            found = f"no such key: {broken}" if isinstance(broken, KeyError) else str(broken)
            report.differs("personal.data-key", "data_keys", {"id": row["id"]}, expected="opens", found=found)
    return opened


def _part(report: Report, key: Key, sealed: bytes, data: bytes, key_id: UUID, data_keys: Mapping[UUID, bytes]) -> None:
    try:
        plain = _opened(sealed, key_id, data_keys, key["made_by"].bytes + key["act_id"].bytes)
        found, expected = envelope.fingerprint(plain).hex(), envelope.read(data).personal_hash
    except CannotOpen as broken:
        report.differs("personal.sealed", "personal", key, expected="opens", found=str(broken))
    except Unreadable:
        return  # Said already, of the command itself.
    else:
        if found != expected:
            report.differs("personal.hash", "personal", key, expected=expected, found=found)


def _opened(sealed: bytes, key_id: UUID, data_keys: Mapping[UUID, bytes], context: bytes) -> bytes:
    """Raises CannotOpen."""
    if sealed_under(sealed) != key_id:
        raise CannotOpen("sealed under another key than its row says")
    return unsealed(data_keys[key_id], sealed, context)
