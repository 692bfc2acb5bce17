"""All SQL on uploads that are done, and on what each device has sent."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from backend.database import Transaction, shaped
from backend.documents.model import Done, File


class Recorded(NamedTuple):
    """What stands under each id, each device's bytes of the day, whether a file is new, which files pages wait for."""

    standing: dict[UUID, Done]
    sent: dict[UUID, int]
    new: bool
    awaited: list[bytes]


async def find_upload(tx: Transaction, upload_id: UUID) -> Done | None:
    row = await tx.first(
        "SELECT upload_id, device_id, sha256, bytes, done_at FROM uploads WHERE upload_id = $upload_id",
        upload_id=upload_id,
    )
    return None if row is None else shaped(row, Done)


async def sent_on(tx: Transaction, device_id: UUID, day: date) -> int:
    """Bytes this device has sent on a day."""
    sent = await tx.value(
        "SELECT bytes FROM upload_days WHERE device_id = $device_id AND day = $day", device_id=device_id, day=day
    )
    return sent or 0


async def record(
    tx: Transaction, files: Sequence[File], done: Sequence[Done], sent: Mapping[UUID, int], day: date
) -> Recorded:
    """Files that are here, uploads that are done, bytes that devices have sent on a day: one statement for all.

    A file that is known stays as it is, and so does an upload under an id that was used before. Hashes are locked
    before. `files` and `done` name each hash and each id once.
    """
    # `awaited` is asked row by row: as an EXISTS, a database that has not yet counted its tables reads all pages.
    rows = await tx.all(
        """WITH new_files AS (
             INSERT INTO files (sha256, bytes, media_type, sealed, received_from, received_at)
             SELECT * FROM unnest($sha256::bytea[], $sizes::bigint[], $media_type::text[], $sealed::boolean[],
                                  $received_from::uuid[], $received_at::timestamptz[])
             ON CONFLICT (sha256) DO NOTHING
             RETURNING sha256),
           these AS (
             INSERT INTO uploads (upload_id, device_id, sha256, bytes, done_at)
             SELECT * FROM unnest($upload_id::uuid[], $device_id::uuid[], $upload_sha256::bytea[],
                                  $upload_sizes::bigint[], $done_at::timestamptz[])
             ON CONFLICT (upload_id) DO UPDATE SET done_at = uploads.done_at
             RETURNING upload_id, device_id, sha256, bytes, done_at),
           days AS (
             INSERT INTO upload_days (device_id, day, bytes)
             SELECT given.device_id, $day::date, given.bytes
             FROM unnest($devices::uuid[], $sent::bigint[]) AS given (device_id, bytes) ORDER BY given.device_id
             ON CONFLICT (device_id, day) DO UPDATE SET bytes = upload_days.bytes + EXCLUDED.bytes
             RETURNING device_id, bytes)
           SELECT t.upload_id, t.device_id, t.sha256, t.bytes, t.done_at, d.bytes AS sent, n.sha256 IS NOT NULL AS new,
                  (SELECT true FROM pages AS p WHERE p.file_sha256 = t.sha256 LIMIT 1) AS awaited
           FROM these AS t LEFT JOIN days AS d USING (device_id) LEFT JOIN new_files AS n ON n.sha256 = t.sha256""",
        sha256=[file.sha256 for file in files],
        sizes=[file.bytes for file in files],
        media_type=[file.media_type for file in files],
        sealed=[file.sealed for file in files],
        received_from=[file.received_from for file in files],
        received_at=[file.received_at for file in files],
        upload_id=[one.upload_id for one in done],
        device_id=[one.device_id for one in done],
        upload_sha256=[one.sha256 for one in done],
        upload_sizes=[one.bytes for one in done],
        done_at=[one.done_at for one in done],
        day=day,
        devices=list(sent),
        sent=list(sent.values()),
    )
    return Recorded(
        standing={row["upload_id"]: shaped(row, Done) for row in rows},
        sent={row["device_id"]: row["sent"] for row in rows if row["sent"] is not None},
        new=any(row["new"] for row in rows),
        awaited=[row["sha256"] for row in rows if row["awaited"]],
    )


async def forget_uploads(tx: Transaction, *, before: datetime) -> None:
    """A phone that asks later sends again: the bytes are known by their hash, nothing is doubled."""
    await tx.run("DELETE FROM uploads WHERE done_at < $before", before=before)
    await tx.run("DELETE FROM upload_days WHERE day < $before::timestamptz::date", before=before)
