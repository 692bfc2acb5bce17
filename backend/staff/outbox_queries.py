"""SQL on what a phone's outbox needs: the lock and the place in the line of many devices, the roles of many people."""

from collections.abc import Mapping, Sequence
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
    lent_until: datetime | None
    next_seq: int
    last_hash: bytes | None


async def lock_outboxes(tx: Transaction, devices: Sequence[UUID]) -> dict[UUID, Outbox]:
    """The first lock of a batch, in order of id."""
    rows = await tx.all(
        """SELECT id, person_id, public_key, enrolled_at, revoked_at, lost_at, lent_until, next_seq,
                  last_hash
           FROM devices WHERE id = ANY($devices::uuid[]) ORDER BY id FOR UPDATE""",
        devices=list(devices),
    )
    return {row["id"]: shaped(row, Outbox) for row in rows}


async def save_outboxes(
    tx: Transaction, outboxes: Sequence[Outbox], health: Mapping[UUID, Health | None], at: datetime
) -> None:
    """Where each line stands. `health`: the phones that called, and what they said of themselves, if anything."""
    if outboxes:
        said = [health.get(outbox.id) for outbox in outboxes]
        await tx.run(
            """UPDATE devices AS d
               SET next_seq = w.next_seq, last_hash = w.last_hash,
                   last_contact_at = CASE WHEN w.called THEN $at ELSE d.last_contact_at END,
                   health = coalesce(w.health::jsonb, d.health)
               FROM unnest($id::uuid[], $next_seq::bigint[], $last_hash::bytea[], $called::boolean[], $health::text[])
                    AS w (id, next_seq, last_hash, called, health)
               WHERE d.id = w.id""",
            **columns(outboxes),
            called=[outbox.id in health for outbox in outboxes],
            health=[msgspec.json.encode(one).decode() if one is not None else None for one in said],
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


async def others_called(tx: Transaction, person: UUID, device: UUID) -> datetime | None:
    """When another phone of the same person called last, or was let in or kept signed in: from then on it had the list.
    None: there is none."""
    return await tx.value(
        """SELECT max(greatest(d.last_contact_at, d.enrolled_at, s.refreshed_at))
           FROM devices AS d LEFT JOIN device_sessions AS s ON s.device_id = d.id AND s.revoked_at IS NULL
           WHERE d.person_id = $person AND d.id <> $device""",
        person=person,
        device=device,
    )


async def next_seq(tx: Transaction, device: UUID) -> int:
    """The number the centre waits for: everything before it is here."""
    return await tx.value("SELECT next_seq FROM devices WHERE id = $device", device=device)
