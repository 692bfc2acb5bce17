"""SQL of what a desk reads of bags: those of its offices, and what is in one. Reads only."""

from collections.abc import Sequence
from uuid import UUID

from backend.database import Transaction, shaped
from backend.web.bag_views import BagLine, BagParcelView


async def bags_of(tx: Transaction, units: Sequence[UUID], limit: int) -> list[BagLine]:
    """From or to these offices: those still under way first, then the newest."""
    rows = await tx.all(
        """SELECT bag_id FROM bags WHERE unit_id = ANY($units::uuid[]) OR to_unit = ANY($units::uuid[])
           ORDER BY received_at IS NOT NULL, opened_at DESC, bag_id LIMIT $limit""",
        units=list(units),
        limit=limit,
    )
    bags = [row["bag_id"] for row in rows]
    lines = {line.bag_id: line for line in await lines_of(tx, bags, units)}
    return [lines[bag] for bag in bags]


async def lines_of(tx: Transaction, bags: Sequence[UUID], units: Sequence[UUID]) -> list[BagLine]:
    """Without those that neither come from nor go to these offices."""
    rows = await tx.all(
        """SELECT b.bag_id, b.tag, b.unit_id, b.to_unit, b.state, b.holder_kind, b.holder, b.seal_number, b.opened_at,
                  b.closed_at, b.offered_at, b.received_at, b.received_by, b.result, b.giver_signed_by,
                  b.giver_signed_at, b.receiver_signed_by, b.receiver_signed_at, b.settled_by, b.settled_at,
                  b.settled_because, s.n AS version,
                  (SELECT count(*) FROM parcels AS p WHERE p.holder = b.bag_id AND p.holder_kind = 'bag') AS inside,
                  (SELECT count(*) FROM bag_parcels AS m WHERE m.bag_id = b.bag_id AND m.announced) AS announced,
                  (SELECT count(*) FROM bag_parcels AS m WHERE m.bag_id = b.bag_id AND m.found) AS found
           FROM bags AS b JOIN subjects AS s ON s.id = b.bag_id AND s.kind = 'bag'
           WHERE b.bag_id = ANY($bags::uuid[])
             AND (b.unit_id = ANY($units::uuid[]) OR b.to_unit = ANY($units::uuid[]))""",
        bags=list(bags),
        units=list(units),
    )
    return [shaped(row, BagLine) for row in rows]


async def parcels_of(tx: Transaction, bag: UUID) -> list[BagParcelView]:
    """What is in it, what the manifest names, and what the receiver took out of it, in order of number."""
    rows = await tx.all(
        """WITH named AS (
               SELECT case_id, parcel_id FROM parcels WHERE holder = $bag AND holder_kind = 'bag'
               UNION SELECT case_id, parcel_id FROM bag_parcels WHERE bag_id = $bag
               UNION SELECT h.case_id, t.parcel_id FROM hand_overs AS h CROSS JOIN unnest(h.parcel_ids) AS t (parcel_id)
               WHERE h.offer_id = $bag AND h.received_at IS NOT NULL
           )
           SELECT p.case_id, p.parcel_id, l.number, l.item_number, p.seal_number,
                  p.holder = $bag AND p.holder_kind = 'bag' AS inside,
                  coalesce(m.announced, false) AS announced, coalesce(m.found, false) AS found,
                  (SELECT max(h.received_at) FROM hand_overs AS h
                   WHERE h.case_id = p.case_id AND p.parcel_id = ANY(h.parcel_ids) AND h.received_at IS NOT NULL
                     AND (h.offer_id = $bag OR h.received_at > b.closed_at)
                     AND NOT (p.holder = $bag AND p.holder_kind = 'bag')) AS received_at,
                  (SELECT count(*) FROM papers AS a
                   WHERE a.case_id = p.case_id AND a.parcel_id = p.parcel_id) AS papers,
                  (SELECT coalesce(sum(c.amount), 0) FROM charges AS c
                   WHERE c.case_id = p.case_id AND c.settled_by IS NOT NULL)::bigint AS fees
           FROM named AS n
           JOIN parcels AS p ON p.case_id = n.case_id AND p.parcel_id = n.parcel_id
           JOIN bags AS b ON b.bag_id = $bag
           LEFT JOIN label_sets AS l ON l.label = p.label
           LEFT JOIN bag_parcels AS m ON m.bag_id = $bag AND m.parcel_id = p.parcel_id
           ORDER BY l.number NULLS LAST, p.parcel_id""",
        bag=bag,
    )
    return [shaped(row, BagParcelView) for row in rows]


async def holder_of(tx: Transaction, case: UUID, parcel: UUID) -> tuple[str, UUID] | None:
    """By the book. None for a parcel nobody has heard of."""
    row = await tx.first(
        "SELECT holder_kind, holder FROM parcels WHERE case_id = $case AND parcel_id = $parcel",
        case=case,
        parcel=parcel,
    )
    return None if row is None else (row["holder_kind"], row["holder"])
