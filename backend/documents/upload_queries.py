"""All SQL on uploads that are done, and on what each device has sent."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from backend.database import Transaction, columns, shaped
from backend.documents.model import Done


async def find_upload(tx: Transaction, upload_id: UUID) -> Done | None:
    row = await tx.first(
        "SELECT upload_id, device_id, sha256, bytes, done_at FROM uploads WHERE upload_id = $upload_id",
        upload_id=upload_id,
    )
    return None if row is None else shaped(row, Done)


async def add_uploads(tx: Transaction, rows: Sequence[Done]) -> dict[UUID, Done]:
    """Returns what stands under these ids: an id that was used before keeps its first upload."""
    await tx.run(
        """INSERT INTO uploads (upload_id, device_id, sha256, bytes, done_at)
           SELECT * FROM unnest($upload_id::uuid[], $device_id::uuid[], $sha256::bytea[], $bytes::bigint[],
                                $done_at::timestamptz[])
           ON CONFLICT (upload_id) DO NOTHING""",
        **columns(rows),
    )
    found = await tx.all(
        """SELECT upload_id, device_id, sha256, bytes, done_at FROM uploads
           WHERE upload_id = ANY($uploads::uuid[])""",
        uploads=[row.upload_id for row in rows],
    )
    return {row["upload_id"]: shaped(row, Done) for row in found}


async def sent_on(tx: Transaction, device_id: UUID, day: date) -> int:
    """Bytes this device has sent on a day."""
    sent = await tx.value(
        "SELECT bytes FROM upload_days WHERE device_id = $device_id AND day = $day", device_id=device_id, day=day
    )
    return sent or 0


async def count_sent(tx: Transaction, sent: dict[UUID, int], day: date) -> dict[UUID, int]:
    """Adds bytes to the devices' day. Returns the day's sums."""
    rows = await tx.all(
        """INSERT INTO upload_days (device_id, day, bytes)
           SELECT given.device_id, $day::date, given.bytes
           FROM unnest($devices::uuid[], $bytes::bigint[]) AS given (device_id, bytes) ORDER BY given.device_id
           ON CONFLICT (device_id, day) DO UPDATE SET bytes = upload_days.bytes + EXCLUDED.bytes
           RETURNING device_id, bytes""",
        day=day,
        devices=list(sent),
        bytes=list(sent.values()),
    )
    return {row["device_id"]: row["bytes"] for row in rows}


async def forget_uploads(tx: Transaction, *, before: datetime) -> None:
    """A phone that asks later sends again: the bytes are known by their hash, nothing is doubled."""
    await tx.run("DELETE FROM uploads WHERE done_at < $before", before=before)
    await tx.run("DELETE FROM upload_days WHERE day < $before::timestamptz::date", before=before)
