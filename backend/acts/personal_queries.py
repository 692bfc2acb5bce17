"""All SQL on data keys and sealed personal parts. Lists in, lists out."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from backend.database import Transaction, columns, shaped
from backend.ids import uuid7


class SealedPersonal(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `personal`."""

    made_by: UUID
    act_id: UUID
    case_id: UUID | None
    key_id: UUID
    sealed: bytes


class DataKey(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `data_keys`. `wrapped` is None once it is destroyed."""

    id: UUID
    subject_kind: str
    subject_id: UUID
    wrapped: bytes | None
    made_at: datetime
    destroyed_at: datetime | None = None


async def data_keys_of(tx: Transaction, subjects: Sequence[UUID]) -> dict[tuple[str, UUID], DataKey]:
    rows = await tx.all(
        """SELECT id, subject_kind, subject_id, wrapped, made_at, destroyed_at FROM data_keys
           WHERE subject_id = ANY($subjects::uuid[])""",
        subjects=list(subjects),
    )
    return {(row["subject_kind"], row["subject_id"]): shaped(row, DataKey) for row in rows}


async def data_keys_by_id(tx: Transaction, ids: Sequence[UUID]) -> dict[UUID, DataKey]:
    rows = await tx.all(
        """SELECT id, subject_kind, subject_id, wrapped, made_at, destroyed_at FROM data_keys
           WHERE id = ANY($ids::uuid[])""",
        ids=list(ids),
    )
    return {row["id"]: shaped(row, DataKey) for row in rows}


async def add_data_keys(tx: Transaction, rows: Sequence[DataKey]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO data_keys (id, subject_kind, subject_id, wrapped, made_at, destroyed_at)
               SELECT * FROM unnest($id::uuid[], $subject_kind::text[], $subject_id::uuid[], $wrapped::bytea[],
                                    $made_at::timestamptz[], $destroyed_at::timestamptz[])""",
            **columns(rows),
        )


async def destroy_data_key(tx: Transaction, subject_kind: str, subject: UUID, at: datetime) -> None:
    """Also where nothing was sealed so far: nothing will be."""
    await tx.run(
        """INSERT INTO data_keys (id, subject_kind, subject_id, wrapped, made_at, destroyed_at)
           VALUES ($id, $subject_kind, $subject, NULL, $at, $at)
           ON CONFLICT (subject_id, subject_kind) DO UPDATE
           SET wrapped = NULL, destroyed_at = coalesce(data_keys.destroyed_at, EXCLUDED.destroyed_at)""",
        id=uuid7(),
        subject=subject,
        subject_kind=subject_kind,
        at=at,
    )


async def add_personal(tx: Transaction, rows: Sequence[SealedPersonal]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO personal (made_by, act_id, case_id, key_id, sealed)
               SELECT * FROM unnest($made_by::uuid[], $act_id::uuid[], $case_id::uuid[], $key_id::uuid[],
                                    $sealed::bytea[])""",
            **columns(rows),
        )


async def find_personal(tx: Transaction, keys: Sequence[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], SealedPersonal]:
    rows = await tx.all(
        """SELECT p.made_by, p.act_id, p.case_id, p.key_id, p.sealed
           FROM unnest($makers::uuid[], $ids::uuid[]) AS w (made_by, id)
           JOIN personal AS p ON p.made_by = w.made_by AND p.act_id = w.id""",
        makers=[maker for maker, _ in keys],
        ids=[act for _, act in keys],
    )
    return {(row["made_by"], row["act_id"]): shaped(row, SealedPersonal) for row in rows}
