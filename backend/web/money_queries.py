"""SQL of what a desk is shown about money: charges, orders, refunds, and money that nobody is known to have sent."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from backend.database import Transaction, shaped
from backend.fees.payment_model import PayeeAccount
from backend.web.money_views import (
    ChargeView,
    CreditView,
    HouseholdCharge,
    PaymentCode,
    PaymentView,
    RefundView,
    SlipView,
)


async def charges_of(tx: Transaction, cases: Sequence[UUID]) -> list[ChargeView]:
    rows = await tx.all(
        """SELECT case_id, charge_id, line, amount, payee, due_at, state, counted, unpaid_because, relief_claimed
           FROM charges
           WHERE case_id = ANY($cases::uuid[]) ORDER BY line, charge_id""",
        cases=list(cases),
    )
    return [shaped(row, ChargeView) for row in rows]


async def household_charges(tx: Transaction, visits: Sequence[UUID], wanting: Collection[str]) -> list[HouseholdCharge]:
    """Of all cases of these visits that have not ended for them. `wanting`: states of a charge that wants money."""
    rows = await tx.all(
        """SELECT c.case_id, v.visit_id, c.owner_name, f.charge_id, f.line, f.amount, f.due_at
           FROM case_visits AS v JOIN cases AS c ON c.case_id = v.case_id JOIN charges AS f ON f.case_id = v.case_id
           WHERE v.visit_id = ANY($visits::uuid[]) AND v.outcome IS NULL AND f.state = ANY($wanting::text[])
           ORDER BY c.case_id, f.line, f.charge_id""",
        visits=list(visits),
        wanting=sorted(wanting),
    )
    return [shaped(row, HouseholdCharge) for row in rows]


async def slips_of(tx: Transaction, cases: Sequence[UUID]) -> list[SlipView]:
    rows = await tx.all(
        """SELECT case_id, slip_number, total, change_given, collected_at, order_id, order_total FROM collections
           WHERE case_id = ANY($cases::uuid[]) ORDER BY collected_at, slip_number""",
        cases=list(cases),
    )
    return [shaped(row, SlipView) for row in rows]


async def payments_of(tx: Transaction, cases: Sequence[UUID]) -> list[PaymentView]:
    rows = await tx.all(
        """SELECT case_id, payment_id, reference, total, order_total, received, used, state, shown_at
           FROM payments
           WHERE case_id = ANY($cases::uuid[]) ORDER BY shown_at""",
        cases=list(cases),
    )
    return [shaped(row, PaymentView) for row in rows]


async def refunds_of(tx: Transaction, cases: Sequence[UUID]) -> list[RefundView]:
    rows = await tx.all(
        """SELECT case_id, refund_id, amount, cause, state, owner_unit, due_on, paid, payment_id FROM refunds
           WHERE case_id = ANY($cases::uuid[]) ORDER BY opened_at, refund_id""",
        cases=list(cases),
    )
    return [shaped(row, RefundView) for row in rows]


async def payees_of(tx: Transaction, units: Sequence[UUID], on: date) -> dict[UUID, PayeeAccount]:
    """Where citizens pay these units on that day; nothing for those that have no account."""
    rows = await tx.all(
        """SELECT id, unit_id, bank_bin, account, holder, source, lower(valid) AS valid_from,
                  upper(valid) AS valid_until
           FROM payee_accounts WHERE unit_id = ANY($units::uuid[]) AND valid @> $on::date""",
        units=list(units),
        on=on,
    )
    return {row["unit_id"]: shaped(row, PayeeAccount) for row in rows}


async def find_code(tx: Transaction, case: UUID, payment: UUID) -> PaymentCode | None:
    """An order with the account that it is paid to."""
    row = await tx.first(
        """SELECT p.payment_id, p.reference, coalesce(p.order_total, p.total) AS total, p.state, a.bank_bin,
                  a.account, a.holder
           FROM payments AS p JOIN payee_accounts AS a ON a.id = p.account_id
           WHERE p.case_id = $case AND p.payment_id = $payment""",
        case=case,
        payment=payment,
    )
    return shaped(row, PaymentCode) if row is not None else None


async def unmatched(tx: Transaction, units: Sequence[UUID], most: int) -> list[CreditView]:
    """Of the accounts of these units, the oldest first."""
    rows = await tx.all(
        """SELECT credit_id, unit_id, amount, credited_at, said, left_ AS left
           FROM bank_credits AS b CROSS JOIN LATERAL (
               SELECT b.amount - coalesce(sum(o.amount), 0)::bigint AS left_ FROM bank_credits AS o
               WHERE o.part_of = b.credit_id
           ) AS divided
           WHERE case_id IS NULL AND unit_id = ANY($units::uuid[]) AND left_ > 0
           ORDER BY credited_at LIMIT $most""",
        units=list(units),
        most=most,
    )
    return [shaped(row, CreditView) for row in rows]
