"""All SQL on bags and their manifests."""

from collections.abc import Sequence
from uuid import UUID

from backend.database import Transaction, columns, shaped
from backend.parcels.bag_model import Bag, BagParcel
from backend.parcels.model import Parcel


async def lock_bags(tx: Transaction, bags: Sequence[UUID]) -> list[Bag]:
    """Held until the end, in order of id: what is put in and what the manifest names is one after the other."""
    rows = await tx.all(
        """SELECT bag_id, tag, unit_id, to_unit, state, holder_kind, holder, seal_number, opened_at, closed_at,
                  offered_at, received_at, received_by, result, giver_signed_by, giver_signed_at, receiver_signed_by,
                  receiver_signed_at, settled_by, settled_at, settled_because
           FROM bags WHERE bag_id = ANY($bags::uuid[]) ORDER BY bag_id FOR UPDATE""",
        bags=list(bags),
    )
    return [shaped(row, Bag) for row in rows]


async def save_bags(tx: Transaction, rows: Sequence[Bag]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO bags (bag_id, tag, unit_id, to_unit, state, holder_kind, holder, seal_number, opened_at,
                                 closed_at, offered_at, received_at, received_by, result, giver_signed_by,
                                 giver_signed_at, receiver_signed_by, receiver_signed_at, settled_by, settled_at,
                                 settled_because)
               SELECT * FROM unnest($bag_id::uuid[], $tag::text[], $unit_id::uuid[], $to_unit::uuid[], $state::text[],
                                    $holder_kind::text[], $holder::uuid[], $seal_number::text[],
                                    $opened_at::timestamptz[], $closed_at::timestamptz[], $offered_at::timestamptz[],
                                    $received_at::timestamptz[], $received_by::uuid[], $result::text[],
                                    $giver_signed_by::uuid[], $giver_signed_at::timestamptz[],
                                    $receiver_signed_by::uuid[], $receiver_signed_at::timestamptz[],
                                    $settled_by::uuid[], $settled_at::timestamptz[], $settled_because::text[])
               ON CONFLICT (bag_id) DO UPDATE
               SET state = EXCLUDED.state, holder_kind = EXCLUDED.holder_kind, holder = EXCLUDED.holder,
                   seal_number = EXCLUDED.seal_number, closed_at = EXCLUDED.closed_at,
                   offered_at = EXCLUDED.offered_at, received_at = EXCLUDED.received_at,
                   received_by = EXCLUDED.received_by, result = EXCLUDED.result,
                   giver_signed_by = EXCLUDED.giver_signed_by, giver_signed_at = EXCLUDED.giver_signed_at,
                   receiver_signed_by = EXCLUDED.receiver_signed_by,
                   receiver_signed_at = EXCLUDED.receiver_signed_at, settled_by = EXCLUDED.settled_by,
                   settled_at = EXCLUDED.settled_at, settled_because = EXCLUDED.settled_because""",
            **columns(rows),
        )


async def manifests_of(tx: Transaction, bags: Sequence[UUID]) -> list[BagParcel]:
    rows = await tx.all(
        "SELECT bag_id, parcel_id, case_id, announced, found FROM bag_parcels WHERE bag_id = ANY($bags::uuid[])",
        bags=list(bags),
    )
    return [shaped(row, BagParcel) for row in rows]


async def save_bag_parcels(tx: Transaction, rows: Sequence[BagParcel]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO bag_parcels (bag_id, parcel_id, case_id, announced, found)
               SELECT * FROM unnest($bag_id::uuid[], $parcel_id::uuid[], $case_id::uuid[], $announced::boolean[],
                                    $found::boolean[])
               ON CONFLICT (bag_id, parcel_id) DO UPDATE
               SET announced = EXCLUDED.announced, found = EXCLUDED.found""",
            **columns(rows),
        )


async def parcels_concerned(tx: Transaction, bags: Sequence[UUID], cases: Sequence[UUID]) -> list[Parcel]:
    """What is in these bags now, and the parcels of these cases."""
    rows = await tx.all(
        """SELECT case_id, parcel_id, label, seal_number, state, holder_kind, holder FROM parcels
           WHERE (holder = ANY($bags::uuid[]) AND holder_kind = 'bag') OR case_id = ANY($cases::uuid[])""",
        bags=list(bags),
        cases=list(cases),
    )
    return [shaped(row, Parcel) for row in rows]
