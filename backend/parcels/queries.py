"""All SQL on papers, parcels, hand-overs and label sets."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from backend.database import Transaction, columns, shaped
from backend.parcels.model import CardFound, HandOver, LabelSet, Paper, Parcel


async def parcels_of(tx: Transaction, cases: Sequence[UUID]) -> list[Parcel]:
    rows = await tx.all(
        """SELECT case_id, parcel_id, label, seal_number, state, holder_kind, holder
           FROM parcels WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, Parcel) for row in rows]


async def save_parcels(tx: Transaction, rows: Sequence[Parcel]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO parcels (case_id, parcel_id, label, seal_number, state, holder_kind, holder)
               SELECT * FROM unnest($case_id::uuid[], $parcel_id::uuid[], $label::text[],
                                    $seal_number::text[], $state::text[], $holder_kind::text[],
                                    $holder::uuid[])
               ON CONFLICT (case_id, parcel_id) DO UPDATE
               SET label = EXCLUDED.label, seal_number = EXCLUDED.seal_number, state = EXCLUDED.state,
                   holder_kind = EXCLUDED.holder_kind, holder = EXCLUDED.holder""",
            **columns(rows),
        )


async def papers_of(tx: Transaction, cases: Sequence[UUID]) -> list[Paper]:
    rows = await tx.all(
        """SELECT case_id, paper_id, component, form, originals, copies, condition, is_result, state, parcel_id,
                  holder_kind, holder, seen_by, seen_at, superseded, picture_deferred, goes_with
           FROM papers WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, Paper) for row in rows]


async def save_papers(tx: Transaction, rows: Sequence[Paper]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO papers (case_id, paper_id, component, form, originals, copies, condition, is_result, state,
                           parcel_id, holder_kind, holder, seen_by, seen_at, superseded, picture_deferred,
                           goes_with)
               SELECT * FROM unnest($case_id::uuid[], $paper_id::uuid[], $component::text[], $form::text[],
                                    $originals::integer[], $copies::integer[], $condition::text[],
                                    $is_result::boolean[], $state::text[], $parcel_id::uuid[],
                                    $holder_kind::text[], $holder::uuid[], $seen_by::uuid[],
                                    $seen_at::timestamptz[], $superseded::boolean[], $picture_deferred::text[],
                                    $goes_with::uuid[])
               ON CONFLICT (case_id, paper_id) DO UPDATE
               SET component = EXCLUDED.component, form = EXCLUDED.form, originals = EXCLUDED.originals,
                   copies = EXCLUDED.copies, condition = EXCLUDED.condition,
                   is_result = EXCLUDED.is_result, state = EXCLUDED.state, parcel_id = EXCLUDED.parcel_id,
                   holder_kind = EXCLUDED.holder_kind, holder = EXCLUDED.holder, seen_by = EXCLUDED.seen_by,
                   seen_at = EXCLUDED.seen_at, superseded = EXCLUDED.superseded,
                   picture_deferred = EXCLUDED.picture_deferred, goes_with = EXCLUDED.goes_with""",
            **columns(rows),
        )


async def save_label_sets(tx: Transaction, rows: Sequence[LabelSet]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO label_sets (number, label, item_number, card_token_sha256, look_up_hash, word_hash, unit_id,
                                       state, holder_kind, holder, case_id, parcel_id)
               SELECT * FROM unnest($number::integer[], $label::text[], $item_number::text[],
                                    $card_token_sha256::bytea[], $look_up_hash::bytea[], $word_hash::bytea[],
                                    $unit_id::uuid[], $state::text[], $holder_kind::text[],
                                    $holder::uuid[], $case_id::uuid[], $parcel_id::uuid[])
               ON CONFLICT (number) DO UPDATE
               SET unit_id = EXCLUDED.unit_id, state = EXCLUDED.state, holder_kind = EXCLUDED.holder_kind,
                   holder = EXCLUDED.holder, case_id = EXCLUDED.case_id, parcel_id = EXCLUDED.parcel_id""",
            **columns(rows),
        )


async def label_sets_by_label(tx: Transaction, labels: Sequence[str]) -> list[LabelSet]:
    """Locked, in order of number: a set binds once."""
    rows = await tx.all(
        """SELECT number, label, item_number, card_token_sha256, look_up_hash, word_hash, unit_id, state, holder_kind,
                  holder, case_id, parcel_id
           FROM label_sets WHERE label = ANY($labels::text[]) ORDER BY number FOR UPDATE""",
        labels=list(labels),
    )
    return [shaped(row, LabelSet) for row in rows]


async def label_sets_by_number(tx: Transaction, numbers: Sequence[int]) -> list[LabelSet]:
    """Locked, in order of number: a set has one holder."""
    rows = await tx.all(
        """SELECT number, label, item_number, card_token_sha256, look_up_hash, word_hash, unit_id, state, holder_kind,
                  holder, case_id, parcel_id
           FROM label_sets WHERE number = ANY($numbers::integer[]) ORDER BY number FOR UPDATE""",
        numbers=list(numbers),
    )
    return [shaped(row, LabelSet) for row in rows]


async def next_set_number(tx: Transaction) -> int:
    """Where the installation's series goes on. Held until the end, so that no number is missed or given twice."""
    await tx.run("SELECT pg_advisory_xact_lock(hashtextextended('label_sets', 0))")
    return await tx.value("SELECT coalesce(max(number), 0) + 1 FROM label_sets")


async def cards_of(tx: Transaction, case: UUID) -> list[LabelSet]:
    """Sets whose card a citizen has of this case: it opens the case's page, or did until the link was renewed."""
    rows = await tx.all(
        """SELECT s.number, s.label, s.item_number, s.card_token_sha256, s.look_up_hash, s.word_hash, s.unit_id,
                  s.state, s.holder_kind, s.holder, s.case_id, s.parcel_id
           FROM label_sets AS s JOIN tracking_tokens AS t ON t.token_sha256 = s.card_token_sha256
           WHERE s.case_id = $case AND t.case_id = $case ORDER BY s.number""",
        case=case,
    )
    return [shaped(row, LabelSet) for row in rows]


async def label_sets_in_stock(tx: Transaction, unit: UUID, first: int, last: int) -> list[LabelSet]:
    """Those of an office that nobody has carried away yet, both ends included."""
    rows = await tx.all(
        """SELECT number, label, item_number, card_token_sha256, look_up_hash, word_hash, unit_id, state, holder_kind,
                  holder, case_id, parcel_id
           FROM label_sets
           WHERE unit_id = $unit AND state = 'printed' AND number BETWEEN $first AND $last ORDER BY number""",
        unit=unit,
        first=first,
        last=last,
    )
    return [shaped(row, LabelSet) for row in rows]


async def cards_by_look_up(tx: Transaction, hashes: Sequence[bytes]) -> list[CardFound]:
    """Cards with that number, whoever has them. The case only where the citizen has this very card of it."""
    rows = await tx.all(
        """SELECT s.number, s.state, t.case_id FROM label_sets AS s
           LEFT JOIN tracking_tokens AS t ON t.token_sha256 = s.card_token_sha256 AND t.case_id = s.case_id
           WHERE s.look_up_hash = ANY($hashes::bytea[]) ORDER BY s.number""",
        hashes=list(hashes),
    )
    return [shaped(row, CardFound) for row in rows]


async def add_look_up(
    tx: Transaction, *, look_up_id: UUID, person: UUID, at: datetime, reason: str, case: UUID | None
) -> None:
    """`case`: None when nothing was found."""
    await tx.run(
        """INSERT INTO card_look_ups (look_up_id, person_id, at, reason, case_id)
           VALUES ($look_up_id, $person, $at, $reason, $case)""",
        look_up_id=look_up_id,
        person=person,
        at=at,
        reason=reason,
        case=case,
    )


async def look_ups_since(tx: Transaction, person: UUID, since: datetime) -> list[tuple[datetime, bool]]:
    """When somebody searched, and whether anything was found. One search at a time waits here for the other."""
    await tx.run("SELECT pg_advisory_xact_lock(hashtextextended($key, 0))", key=f"look-ups {person}")
    rows = await tx.all(
        """SELECT at, case_id IS NOT NULL AS found FROM card_look_ups
           WHERE person_id = $person AND at > $since ORDER BY at""",
        person=person,
        since=since,
    )
    return [(row["at"], row["found"]) for row in rows]


async def hand_overs_of(tx: Transaction, cases: Sequence[UUID]) -> list[HandOver]:
    rows = await tx.all(
        """SELECT case_id, offer_id, giver_kind, giver, receiver_kind, receiver, parcel_ids, paper_ids, offered_at,
                  received_at, condition
           FROM hand_overs WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, HandOver) for row in rows]


async def save_hand_overs(tx: Transaction, rows: Sequence[HandOver]) -> None:
    for row in rows:  # arrays of arrays would have to be of one length: a hand-over is rare enough to go by itself
        await tx.run(
            """INSERT INTO hand_overs (case_id, offer_id, giver_kind, giver, receiver_kind, receiver, parcel_ids,
                                       paper_ids, offered_at, received_at, condition)
               VALUES ($case_id, $offer_id, $giver_kind, $giver, $receiver_kind, $receiver, $parcel_ids,
                       $paper_ids, $offered_at, $received_at, $condition)
               ON CONFLICT (case_id, offer_id) DO UPDATE
               SET giver_kind = EXCLUDED.giver_kind, giver = EXCLUDED.giver,
                   receiver_kind = EXCLUDED.receiver_kind, receiver = EXCLUDED.receiver,
                   parcel_ids = EXCLUDED.parcel_ids, paper_ids = EXCLUDED.paper_ids,
                   offered_at = EXCLUDED.offered_at, received_at = EXCLUDED.received_at,
                   condition = EXCLUDED.condition""",
            **{name: getattr(row, name) for name in row.__struct_fields__},
        )


async def papers_with(tx: Transaction, courier: UUID) -> int:
    """How many papers a courier has in hand."""
    return await tx.value(
        "SELECT count(*) FROM papers WHERE holder = $courier AND holder_kind = 'courier'", courier=courier
    )


async def sets_with(tx: Transaction, courier: UUID) -> dict[int, str]:
    """The unbound label sets in a courier's stock: label by number, in the order of the numbers."""
    rows = await tx.all(
        """SELECT number, label FROM label_sets
           WHERE holder = $courier AND holder_kind = 'courier' AND state = 'issued' ORDER BY number""",
        courier=courier,
    )
    return {row["number"]: row["label"] for row in rows}


async def set_numbers_with(tx: Transaction, courier: UUID) -> list[int]:
    """Numbers of the unbound label sets in a courier's stock."""
    rows = await tx.all(
        """SELECT number FROM label_sets
           WHERE holder = $courier AND holder_kind = 'courier' AND state = 'issued' ORDER BY number""",
        courier=courier,
    )
    return [row["number"] for row in rows]


async def reached_agency(tx: Transaction, cases: Sequence[UUID]) -> dict[UUID, datetime]:
    """By case: when the last of the citizen's papers came to a one-stop or an agency, by the receiver's half of the
    hand-over. A result that goes back there is none of them."""
    rows = await tx.all(
        """SELECT h.case_id, max(h.received_at) AS at
           FROM hand_overs AS h JOIN units AS u ON u.id = h.receiver
           WHERE h.case_id = ANY($cases::uuid[]) AND h.receiver_kind = 'unit' AND u.kind IN ('one_stop', 'agency')
             AND NOT EXISTS (
                 SELECT FROM papers AS p
                 WHERE p.case_id = h.case_id AND p.is_result
                   AND (p.paper_id = ANY(h.paper_ids) OR p.parcel_id = ANY(h.parcel_ids)))
           GROUP BY h.case_id HAVING max(h.received_at) IS NOT NULL""",
        cases=list(cases),
    )
    return {row["case_id"]: row["at"] for row in rows}
