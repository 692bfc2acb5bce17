"""All SQL on payee accounts, payments, bank credits, refunds and blocks of references."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from backend.database import Transaction, shaped
from backend.fees.payment_model import BankCredit, PayeeAccount, Payment, Refund


async def add_payees(tx: Transaction, rows: Sequence[PayeeAccount]) -> None:
    """A version that is already there (same id) is left alone."""
    for row in rows:
        await tx.run(
            """INSERT INTO payee_accounts (id, unit_id, valid, bank_bin, account, holder, source)
               VALUES ($id, $unit_id, daterange($valid_from, $valid_until), $bank_bin, $account, $holder, $source)
               ON CONFLICT (id) DO NOTHING""",
            **{name: getattr(row, name) for name in row.__struct_fields__},
        )


async def payees_by_id(tx: Transaction, ids: Sequence[UUID]) -> list[PayeeAccount]:
    rows = await tx.all(
        """SELECT id, unit_id, bank_bin, account, holder, source, lower(valid) AS valid_from,
                  upper(valid) AS valid_until
           FROM payee_accounts WHERE id = ANY($ids::uuid[])""",
        ids=list(ids),
    )
    return [shaped(row, PayeeAccount) for row in rows]


async def payees_of_device(tx: Transaction, device: UUID, on: date) -> list[PayeeAccount]:
    """The account of the phone's unit on that day, and those that are to follow: a phone changes over by itself."""
    rows = await tx.all(
        """SELECT id, unit_id, bank_bin, account, holder, source, lower(valid) AS valid_from,
                  upper(valid) AS valid_until
           FROM payee_accounts
           WHERE unit_id = (SELECT d.unit_id FROM devices AS d WHERE d.id = $device)
             AND (upper_inf(valid) OR upper(valid) > $on)
           ORDER BY lower(valid) NULLS FIRST""",
        device=device,
        on=on,
    )
    return [shaped(row, PayeeAccount) for row in rows]


async def find_payee(tx: Transaction, bank_bin: str, account: str, on: date) -> PayeeAccount | None:
    """Whose account it is on that day; of one that was given up, whose it was last: money still comes there."""
    row = await tx.first(
        """SELECT id, unit_id, bank_bin, account, holder, source, lower(valid) AS valid_from,
                  upper(valid) AS valid_until
           FROM payee_accounts WHERE bank_bin = $bank_bin AND account = $account
           ORDER BY valid @> $on::date DESC, upper(valid) DESC NULLS FIRST LIMIT 1""",
        bank_bin=bank_bin,
        account=account,
        on=on,
    )
    return shaped(row, PayeeAccount) if row is not None else None


async def payments_of(tx: Transaction, cases: Sequence[UUID]) -> list[Payment]:
    rows = await tx.all(
        """SELECT case_id, payment_id, visit_id, account_id, reference, charge_ids, total, received, used, state,
                  shown_by, shown_at, said_at, order_id, order_total
           FROM payments WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, Payment) for row in rows]


async def payments_by_reference(tx: Transaction, references: Sequence[str]) -> list[Payment]:
    rows = await tx.all(
        """SELECT case_id, payment_id, visit_id, account_id, reference, charge_ids, total, received, used, state,
                  shown_by, shown_at, said_at, order_id, order_total
           FROM payments WHERE reference = ANY($references::text[])""",
        references=list(references),
    )
    return [shaped(row, Payment) for row in rows]


async def payments_waiting_since(tx: Transaction, before: datetime, most: int) -> list[Payment]:
    """Shown before that time, and nothing has come."""
    rows = await tx.all(
        """SELECT case_id, payment_id, visit_id, account_id, reference, charge_ids, total, received, used, state,
                  shown_by, shown_at, said_at, order_id, order_total
           FROM payments WHERE state IN ('waiting_transfer', 'said_sent') AND shown_at < $before
           ORDER BY shown_at LIMIT $most""",
        before=before,
        most=most,
    )
    return [shaped(row, Payment) for row in rows]


async def save_payments(tx: Transaction, rows: Sequence[Payment]) -> None:
    for row in rows:  # lists of lists would have to be of one length
        await tx.run(
            """INSERT INTO payments (case_id, payment_id, visit_id, account_id, reference, charge_ids, total, received,
                                     used, state, shown_by, shown_at, said_at, order_id, order_total)
               VALUES ($case_id, $payment_id, $visit_id, $account_id, $reference, $charge_ids, $total, $received,
                       $used, $state, $shown_by, $shown_at, $said_at, $order_id, $order_total)
               ON CONFLICT (case_id, payment_id) DO UPDATE
               SET received = EXCLUDED.received, used = EXCLUDED.used, state = EXCLUDED.state,
                   said_at = EXCLUDED.said_at""",
            **{name: getattr(row, name) for name in row.__struct_fields__},
        )


async def lock_bank_credits(tx: Transaction, ids: Sequence[UUID]) -> None:
    """In order of id: two who say whose money it is wait for each other."""
    await tx.all(
        """SELECT credit_id FROM bank_credits WHERE credit_id = ANY($ids::uuid[])
           ORDER BY credit_id FOR NO KEY UPDATE""",
        ids=list(ids),
    )


async def bank_credits_by_id(tx: Transaction, ids: Sequence[UUID]) -> list[BankCredit]:
    rows = await tx.all(
        """SELECT credit_id, account_id, unit_id, entry, amount, credited_at, reference, said, state, case_id,
                  payment_id, placed_by, part_of
           FROM bank_credits WHERE credit_id = ANY($ids::uuid[])""",
        ids=list(ids),
    )
    return [shaped(row, BankCredit) for row in rows]


async def find_bank_credit(tx: Transaction, credit: UUID) -> BankCredit | None:
    row = await tx.first(
        """SELECT credit_id, account_id, unit_id, entry, amount, credited_at, reference, said, state, case_id,
                  payment_id, placed_by, part_of
           FROM bank_credits WHERE credit_id = $credit""",
        credit=credit,
    )
    return shaped(row, BankCredit) if row is not None else None


async def unmatched_with_order(tx: Transaction, most: int) -> list[tuple[BankCredit, UUID, UUID]]:
    """Money in suspense whose order, of one case, has become known since: with its case and payment."""
    rows = await tx.all(
        """SELECT b.credit_id, b.account_id, b.unit_id, b.entry, b.amount, b.credited_at, b.reference, b.said, b.state,
                  b.case_id, b.payment_id, b.placed_by, b.part_of, p.case_id AS case_of, p.payment_id AS payment_of
           FROM bank_credits AS b JOIN payments AS p ON p.reference = b.reference
           WHERE b.case_id IS NULL AND p.order_id IS NULL ORDER BY b.credit_id LIMIT $most""",
        most=most,
    )
    return [(shaped(row, BankCredit), row["case_of"], row["payment_of"]) for row in rows]


async def parts_of(tx: Transaction, wholes: Sequence[UUID]) -> list[BankCredit]:
    """What cases have had of money that came for several."""
    rows = await tx.all(
        """SELECT credit_id, account_id, unit_id, entry, amount, credited_at, reference, said, state, case_id,
                  payment_id, placed_by, part_of
           FROM bank_credits WHERE part_of = ANY($wholes::uuid[])""",
        wholes=list(wholes),
    )
    return [shaped(row, BankCredit) for row in rows]


async def to_be_divided(tx: Transaction, most: int) -> list[BankCredit]:
    """Money in suspense for several cases of which some is left, and more of them are known than have had their part:
    what waits for a person does not keep others waiting."""
    rows = await tx.all(
        """SELECT credit_id, account_id, unit_id, entry, amount, credited_at, reference, said, state, case_id,
                  payment_id, placed_by, part_of
           FROM bank_credits AS b
           WHERE b.case_id IS NULL
             AND (SELECT count(*) FROM payments AS p WHERE p.reference = b.reference AND p.order_id IS NOT NULL)
                 > (SELECT count(*) FROM bank_credits AS o WHERE o.part_of = b.credit_id)
             AND b.amount > (SELECT coalesce(sum(o.amount), 0) FROM bank_credits AS o WHERE o.part_of = b.credit_id)
           ORDER BY credit_id LIMIT $most""",
        most=most,
    )
    return [shaped(row, BankCredit) for row in rows]


async def paid_back(tx: Transaction, orders: Sequence[Payment]) -> dict[UUID, int]:
    """By payment: đồng of it that went back to the citizen."""
    rows = await tx.all(
        """SELECT payment_id, sum(paid)::bigint AS paid FROM refunds
           WHERE case_id = ANY($cases::uuid[]) AND payment_id IS NOT NULL GROUP BY payment_id""",
        cases=[one.case_id for one in orders],
    )
    return {row["payment_id"]: row["paid"] for row in rows}


async def save_bank_credits(tx: Transaction, rows: Sequence[BankCredit]) -> None:
    for row in rows:
        await tx.run(
            """INSERT INTO bank_credits (credit_id, account_id, unit_id, entry, amount, credited_at, reference, said,
                                         state, case_id, payment_id, placed_by, part_of)
               VALUES ($credit_id, $account_id, $unit_id, $entry, $amount, $credited_at, $reference, $said, $state,
                       $case_id, $payment_id, $placed_by, $part_of)
               ON CONFLICT (credit_id) DO UPDATE
               SET said = EXCLUDED.said, state = EXCLUDED.state, case_id = EXCLUDED.case_id,
                   payment_id = EXCLUDED.payment_id, placed_by = EXCLUDED.placed_by""",
            **{name: getattr(row, name) for name in row.__struct_fields__},
        )


async def refunds_of(tx: Transaction, cases: Sequence[UUID]) -> list[Refund]:
    rows = await tx.all(
        """SELECT case_id, refund_id, payment_id, amount, cause, state, owner_unit, due_on, opened_at, collected_by,
                  approved_by, paid
           FROM refunds WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, Refund) for row in rows]


async def save_refunds(tx: Transaction, rows: Sequence[Refund]) -> None:
    for row in rows:
        await tx.run(
            """INSERT INTO refunds (case_id, refund_id, payment_id, amount, cause, state, owner_unit, due_on, opened_at,
                                    collected_by, approved_by, paid)
               VALUES ($case_id, $refund_id, $payment_id, $amount, $cause, $state, $owner_unit, $due_on, $opened_at,
                       $collected_by, $approved_by, $paid)
               ON CONFLICT (case_id, refund_id) DO UPDATE
               SET state = EXCLUDED.state, approved_by = EXCLUDED.approved_by, paid = EXCLUDED.paid""",
            **{name: getattr(row, name) for name in row.__struct_fields__},
        )


async def reference_blocks_of(tx: Transaction, maker: UUID) -> list[tuple[int, int]]:
    rows = await tx.all(
        "SELECT first_number, last_number FROM reference_blocks WHERE maker = $maker ORDER BY first_number",
        maker=maker,
    )
    return [(row["first_number"], row["last_number"]) for row in rows]


async def give_reference_block(tx: Transaction, maker: UUID, size: int) -> tuple[int, int]:
    """The next numbers nobody has, for ever this phone's or this desk's."""
    await tx.run("SELECT pg_advisory_xact_lock(7011)")
    first: int = await tx.value(
        "SELECT coalesce((SELECT last_number FROM reference_blocks ORDER BY first_number DESC LIMIT 1), 0) + 1"
    )
    await tx.run(
        """INSERT INTO reference_blocks (maker, first_number, last_number, given_at)
           VALUES ($maker, $first, $last, now())""",
        maker=maker,
        first=first,
        last=first + size - 1,
    )
    return first, first + size - 1
