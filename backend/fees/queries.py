"""All SQL on charges, collections, the ledger and shifts."""

from collections.abc import Sequence
from uuid import UUID

from backend.database import Transaction, columns, shaped
from backend.fees.model import Balance, Charge, Collection, Entry, Shift


async def charges_of(tx: Transaction, cases: Sequence[UUID]) -> list[Charge]:
    rows = await tx.all(
        """SELECT case_id, charge_id, line, amount, payee, due_at, state, settled_by, counted,
                  unpaid_because, relief_claimed, released_by
           FROM charges WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, Charge) for row in rows]


async def save_charges(tx: Transaction, rows: Sequence[Charge]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO charges (case_id, charge_id, line, amount, payee, due_at, state, settled_by, counted,
                                 unpaid_because, relief_claimed, released_by)
               SELECT * FROM unnest($case_id::uuid[], $charge_id::uuid[], $line::text[], $amount::bigint[],
                                    $payee::text[], $due_at::text[], $state::text[], $settled_by::uuid[],
                                    $counted::bigint[], $unpaid_because::text[], $relief_claimed::text[],
                                    $released_by::uuid[])
               ON CONFLICT (case_id, charge_id) DO UPDATE
               SET line = EXCLUDED.line, amount = EXCLUDED.amount, payee = EXCLUDED.payee,
                   due_at = EXCLUDED.due_at, state = EXCLUDED.state, settled_by = EXCLUDED.settled_by,
                   counted = EXCLUDED.counted, unpaid_because = EXCLUDED.unpaid_because,
                   relief_claimed = EXCLUDED.relief_claimed, released_by = EXCLUDED.released_by""",
            **columns(rows),
        )


async def collections_of(tx: Transaction, cases: Sequence[UUID]) -> list[Collection]:
    rows = await tx.all(
        """SELECT case_id, collection_id, visit_id, slip_number, courier, means, total, tendered, change_given,
                  state, collected_at, order_id, order_total
           FROM collections WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, Collection) for row in rows]


async def save_collections(tx: Transaction, rows: Sequence[Collection]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO collections (case_id, collection_id, visit_id, slip_number, courier, means, total, tendered,
                           change_given, state, collected_at, order_id, order_total)
               SELECT * FROM unnest($case_id::uuid[], $collection_id::uuid[], $visit_id::uuid[],
                                    $slip_number::bigint[], $courier::uuid[], $means::text[],
                                    $total::bigint[], $tendered::bigint[], $change_given::bigint[],
                                    $state::text[], $collected_at::timestamptz[], $order_id::uuid[],
                                    $order_total::bigint[])
               ON CONFLICT (case_id, collection_id) DO UPDATE
               SET visit_id = EXCLUDED.visit_id, slip_number = EXCLUDED.slip_number,
                   courier = EXCLUDED.courier, means = EXCLUDED.means, total = EXCLUDED.total,
                   tendered = EXCLUDED.tendered, change_given = EXCLUDED.change_given, state = EXCLUDED.state,
                   collected_at = EXCLUDED.collected_at, order_id = EXCLUDED.order_id,
                   order_total = EXCLUDED.order_total""",
            **columns(rows),
        )


async def save_shifts(tx: Transaction, rows: Sequence[Shift]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO shifts (shift_id, courier, unit_id, day, state, float_amount, begun_at, closed_at,
                                   difference, counted, awaited, reason, counted_at, countersigned_by,
                                   countersigned_at)
               SELECT * FROM unnest($shift_id::uuid[], $courier::uuid[], $unit_id::uuid[], $day::date[],
                                    $state::text[], $float_amount::bigint[], $begun_at::timestamptz[],
                                    $closed_at::timestamptz[], $difference::bigint[], $counted::bigint[],
                                    $awaited::bigint[], $reason::text[], $counted_at::timestamptz[],
                                    $countersigned_by::uuid[], $countersigned_at::timestamptz[])
               ON CONFLICT (shift_id) DO UPDATE
               SET courier = EXCLUDED.courier, unit_id = EXCLUDED.unit_id, day = EXCLUDED.day,
                   state = EXCLUDED.state, float_amount = EXCLUDED.float_amount,
                   begun_at = EXCLUDED.begun_at, closed_at = EXCLUDED.closed_at,
                   difference = EXCLUDED.difference, counted = EXCLUDED.counted,
                   awaited = EXCLUDED.awaited, reason = EXCLUDED.reason, counted_at = EXCLUDED.counted_at,
                   countersigned_by = EXCLUDED.countersigned_by,
                   countersigned_at = EXCLUDED.countersigned_at""",
            **columns(rows),
        )


async def add_entries(tx: Transaction, rows: Sequence[Entry]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO entries (case_id, transfer_id, line, account, amount, day, occurred_at, recorded_at)
               SELECT * FROM unnest($case_id::uuid[], $transfer_id::uuid[], $line::smallint[], $account::text[],
                                    $amount::bigint[], $day::date[], $occurred_at::timestamptz[],
                                    $recorded_at::timestamptz[])""",
            **columns(rows),
        )


async def move_balances(tx: Transaction, rows: Sequence[Balance]) -> None:
    """Adds to running balances, locking in order of account."""
    if rows:
        await tx.run(
            """INSERT INTO balances AS b (account, amount)
               SELECT w.account, w.amount FROM unnest($account::text[], $amount::bigint[]) AS w (account, amount)
               ORDER BY w.account
               ON CONFLICT (account) DO UPDATE SET amount = b.amount + EXCLUDED.amount""",
            **columns(rows),
        )


async def shifts_by_id(tx: Transaction, shifts: Sequence[UUID]) -> list[Shift]:
    rows = await tx.all(
        """SELECT shift_id, courier, unit_id, day, state, float_amount, begun_at, closed_at, difference, counted,
                  awaited, reason, counted_at, countersigned_by, countersigned_at
           FROM shifts WHERE shift_id = ANY($shifts::uuid[])""",
        shifts=list(shifts),
    )
    return [shaped(row, Shift) for row in rows]


async def arrived_since(tx: Transaction, shifts: Sequence[UUID]) -> dict[UUID, int]:
    """By shift: đồng of slips made in it of which the centre heard only after the count."""
    rows = await tx.all(
        """SELECT s.shift_id, coalesce(sum(c.total), 0)::bigint AS arrived
           FROM shifts AS s JOIN collections AS c
             ON c.courier = s.courier AND c.collected_at >= s.begun_at AND c.collected_at <= s.closed_at
           WHERE s.shift_id = ANY($shifts::uuid[]) AND EXISTS (
               SELECT FROM entries AS e
               WHERE e.transfer_id = c.collection_id AND e.case_id = c.case_id AND e.recorded_at > s.counted_at)
           GROUP BY s.shift_id""",
        shifts=list(shifts),
    )
    return {row["shift_id"]: row["arrived"] for row in rows}


async def shifts_awaiting(tx: Transaction, limit: int) -> list[Shift]:
    """Those counted provisionally and signed by a second person, the oldest first."""
    rows = await tx.all(
        """SELECT shift_id, courier, unit_id, day, state, float_amount, begun_at, closed_at, difference, counted,
                  awaited, reason, counted_at, countersigned_by, countersigned_at
           FROM shifts WHERE state = 'provisional' AND countersigned_at IS NOT NULL ORDER BY shift_id LIMIT $limit""",
        limit=limit,
    )
    return [shaped(row, Shift) for row in rows]


async def balance_of(tx: Transaction, account: str) -> int:
    """Đồng on a bounded account; 0 for one that never moved."""
    return await tx.value("SELECT coalesce((SELECT amount FROM balances WHERE account = $account), 0)", account=account)


async def slip_blocks_of(tx: Transaction, maker: UUID) -> list[tuple[int, int]]:
    """`maker`: a phone, or a courier for the slips of run sheets."""
    rows = await tx.all(
        "SELECT first_number, last_number FROM slip_blocks WHERE maker = $maker ORDER BY first_number",
        maker=maker,
    )
    return [(row["first_number"], row["last_number"]) for row in rows]


async def give_slip_block(tx: Transaction, maker: UUID, size: int) -> tuple[int, int]:
    """The next numbers nobody has, for ever this maker's."""
    await tx.run("SELECT pg_advisory_xact_lock(7007)")
    first: int = await tx.value(
        "SELECT coalesce((SELECT last_number FROM slip_blocks ORDER BY first_number DESC LIMIT 1), 0) + 1"
    )
    await tx.run(
        """INSERT INTO slip_blocks (maker, first_number, last_number, given_at)
           VALUES ($maker, $first, $last, now())""",
        maker=maker,
        first=first,
        last=first + size - 1,
    )
    return first, first + size - 1
