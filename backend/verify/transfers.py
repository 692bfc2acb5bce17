"""Money by transfer: what the bank said is in the ledger once, and every đồng that is a citizen's has a refund."""

from backend.verify.database import Snapshot
from backend.verify.report import Report


async def check_transfers(snapshot: Snapshot, report: Report) -> None:
    """Codes `money.bank`, `.suspense`, `.parts`, `.payment`, `.credit`, `.no-refund`, `.refund-approved`."""
    await _bank(snapshot, report)
    await _suspense(snapshot, report)
    await _parts(snapshot, report)
    await _payments(snapshot, report)
    await _credits(snapshot, report)
    await _approved(snapshot, report)


async def _bank(snapshot: Snapshot, report: Report) -> None:
    """What came into a unit's account is the sum of the entries that its bank told of."""
    async for row in snapshot.rows(
        """SELECT coalesce(b.account, e.account) AS account, coalesce(b.sum, 0) AS told, coalesce(e.sum, 0) AS sum
           FROM (SELECT 'bank:' || unit_id AS account, sum(amount) AS sum FROM bank_credits
                 WHERE part_of IS NULL GROUP BY unit_id) AS b
           FULL JOIN (SELECT account, sum(amount) AS sum FROM entries
                      WHERE account LIKE 'bank:%' AND amount > 0 GROUP BY account) AS e ON e.account = b.account
           WHERE coalesce(b.sum, 0) <> coalesce(e.sum, 0)"""
    ):
        key = {"account": row["account"]}
        report.differs("money.bank", "bank_credits", key, expected=int(row["sum"]), found=int(row["told"]))


async def _suspense(snapshot: Snapshot, report: Report) -> None:
    async for row in snapshot.rows(
        """SELECT coalesce(b.account, e.account) AS account, coalesce(b.sum, 0) AS told, coalesce(e.sum, 0) AS sum
           FROM (SELECT 'suspense:' || unit_id AS account,
                        sum(CASE WHEN part_of IS NULL THEN amount ELSE -amount END) AS sum FROM bank_credits
                 WHERE case_id IS NULL OR part_of IS NOT NULL GROUP BY unit_id) AS b
           FULL JOIN (SELECT account, -sum(amount) AS sum FROM entries
                      WHERE account LIKE 'suspense:%' GROUP BY account) AS e ON e.account = b.account
           WHERE coalesce(b.sum, 0) <> coalesce(e.sum, 0)"""
    ):
        key = {"account": row["account"]}
        report.differs("money.suspense", "bank_credits", key, expected=int(row["sum"]), found=int(row["told"]))


async def _parts(snapshot: Snapshot, report: Report) -> None:
    """Parts are of money that came, and together no more than came."""
    async for row in snapshot.rows(
        """SELECT w.credit_id, w.amount, sum(p.amount)::bigint AS parts FROM bank_credits AS p
           JOIN bank_credits AS w ON w.credit_id = p.part_of GROUP BY w.credit_id, w.amount
           HAVING sum(p.amount) > w.amount OR bool_or(w.case_id IS NOT NULL OR w.part_of IS NOT NULL
               OR (w.account_id, w.unit_id, w.entry) IS DISTINCT FROM (p.account_id, p.unit_id, p.entry))"""
    ):
        key = {"credit_id": row["credit_id"]}
        report.differs("money.parts", "bank_credits", key, expected=row["amount"], found=row["parts"])


async def _payments(snapshot: Snapshot, report: Report) -> None:
    """An order has received its credits, and used what the charges settled by them were."""
    async for row in snapshot.rows(
        """SELECT p.case_id, p.payment_id, p.received, p.used, c.came, c.paid
           FROM payments AS p
           CROSS JOIN LATERAL (
               SELECT coalesce(sum(b.amount), 0)::bigint AS came,
                      coalesce(sum((SELECT sum(h.amount) FROM charges AS h
                                    WHERE h.case_id = b.case_id AND h.settled_by = b.placed_by)), 0)::bigint AS paid
               FROM bank_credits AS b WHERE b.case_id = p.case_id AND b.payment_id = p.payment_id
           ) AS c
           WHERE (p.received, p.used) <> (c.came, c.paid)"""
    ):
        key = {"case_id": row["case_id"], "payment_id": row["payment_id"]}
        found = {"received": row["received"], "used": row["used"]}
        report.differs(
            "money.payment", "payments", key, expected={"received": row["came"], "used": row["paid"]}, found=found
        )


async def _credits(snapshot: Snapshot, report: Report) -> None:
    """A citizen's credit is what slips and transfers left beyond the charges as counted, less what went back. What of
    it no open refund speaks of, an approver has dropped."""
    async for row in snapshot.rows(
        """SELECT t.case_id, t.left, t.open, t.dropped, coalesce(-e.sum, 0)::bigint AS credit
           FROM (SELECT case_id, sum(left_)::bigint AS left, sum(open)::bigint AS open, sum(dropped)::bigint AS dropped
                 FROM (
                     SELECT c.case_id, c.total - coalesce((SELECT sum(h.amount) FROM charges AS h
                         WHERE h.case_id = c.case_id AND h.settled_by = c.collection_id), 0) AS left_, 0 AS open,
                         0 AS dropped FROM collections AS c
                     UNION ALL SELECT case_id, received - used, 0, 0 FROM payments
                     UNION ALL SELECT case_id, amount - counted, 0, 0 FROM charges WHERE counted IS NOT NULL
                     UNION ALL SELECT case_id, -paid, CASE WHEN state IN ('due', 'approved') THEN amount ELSE 0 END,
                         CASE WHEN state = 'dropped' THEN amount ELSE 0 END FROM refunds
                 ) AS parts GROUP BY case_id) AS t
           LEFT JOIN (SELECT account, sum(amount) AS sum FROM entries
                      WHERE account LIKE 'credit:%' GROUP BY account) AS e ON e.account = 'credit:' || t.case_id
           WHERE t.left <> coalesce(-e.sum, 0) OR t.left > t.open + t.dropped"""
    ):
        key = {"case_id": row["case_id"]}
        if row["left"] != row["credit"]:
            report.differs("money.credit", "entries", key, expected=row["left"], found=row["credit"])
        else:
            report.differs("money.no-refund", "refunds", key, expected=row["left"], found=row["open"])


async def _approved(snapshot: Snapshot, report: Report) -> None:
    async for row in snapshot.rows(
        """SELECT case_id, refund_id, collected_by, approved_by FROM refunds
           WHERE collected_by = ANY(approved_by) OR (state = 'approved' AND cardinality(approved_by) = 0)"""
    ):
        key = {"case_id": row["case_id"], "refund_id": row["refund_id"]}
        report.differs("money.refund-approved", "refunds", key, expected="somebody else", found=row["approved_by"])
