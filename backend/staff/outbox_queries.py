"""SQL on what a phone's outbox needs: the lock and the place in the line of many devices, the roles of many people."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from backend.database import Transaction, columns, shaped
from backend.staff.model import Health, RoleHeld


class Outbox(msgspec.Struct, frozen=True, kw_only=True):
    """What of a row of `devices` its acts are checked and numbered with."""

    id: UUID
    person_id: UUID
    public_key: bytes
    enrolled_at: datetime
    revoked_at: datetime | None
    lost_at: datetime | None
    next_seq: int
    last_hash: bytes | None


async def lock_outboxes(tx: Transaction, devices: Sequence[UUID]) -> dict[UUID, Outbox]:
    """The first lock of a batch, in order of id."""
    rows = await tx.all(
        """SELECT id, person_id, public_key, enrolled_at, revoked_at, lost_at, next_seq, last_hash
           FROM devices WHERE id = ANY($devices::uuid[]) ORDER BY id FOR UPDATE""",
        devices=list(devices),
    )
    return {row["id"]: shaped(row, Outbox) for row in rows}


async def save_outboxes(tx: Transaction, outboxes: Sequence[Outbox]) -> None:
    if outboxes:
        await tx.run(
            """UPDATE devices AS d SET next_seq = w.next_seq, last_hash = w.last_hash
               FROM unnest($id::uuid[], $next_seq::bigint[], $last_hash::bytea[]) AS w (id, next_seq, last_hash)
               WHERE d.id = w.id""",
            **columns(outboxes),
        )


async def save_contact(tx: Transaction, device: UUID, health: Health | None, at: datetime) -> None:
    """The phone spoke to us; what it said of itself is kept until it says something newer."""
    await tx.run(
        """UPDATE devices SET last_contact_at = $at, health = coalesce($health::jsonb, health) WHERE id = $device""",
        device=device,
        health=msgspec.json.encode(health).decode() if health is not None else None,
        at=at,
    )


async def roles_of_all(tx: Transaction, people: Sequence[UUID]) -> dict[UUID, list[RoleHeld]]:
    """All roles ever, so that a late act is judged by the roles of its own day."""
    rows = await tx.all(
        """SELECT id, person_id, unit_id, role, lower(valid) AS since, upper(valid) - 1 AS until, given_by,
                  recorded_at, taken_at
           FROM roles_held WHERE person_id = ANY($people::uuid[])""",
        people=list(people),
    )
    held: dict[UUID, list[RoleHeld]] = {person: [] for person in people}
    for row in rows:
        held[row["person_id"]].append(shaped(row, RoleHeld))
    return held


async def next_seq(tx: Transaction, device: UUID) -> int:
    """The number the centre waits for: everything before it is here."""
    return await tx.value("SELECT next_seq FROM devices WHERE id = $device", device=device)
