"""The ledger: every transfer and the whole sum to zero, and what else is said about money follows from the entries."""

import msgspec

from backend.verify.database import Snapshot
from backend.verify.report import Report
from backend.verify.transfers import check_transfers


async def check_money(snapshot: Snapshot, report: Report) -> None:
    """Codes `money.*`."""
    report.counted["entries"] += await snapshot.value("SELECT count(*) FROM entries")
    await _transfers(snapshot, report)
    await _balances(snapshot, report)
    await _owed(snapshot, report)
    await _collections(snapshot, report)
    await _settled(snapshot, report)
    await _days(snapshot, report)
    await _closed_shifts(snapshot, report)
    await check_transfers(snapshot, report)


async def _transfers(snapshot: Snapshot, report: Report) -> None:
    async for row in snapshot.rows(
        "SELECT transfer_id, sum(amount) AS sum FROM entries GROUP BY transfer_id HAVING sum(amount) <> 0"
    ):
        key = {"transfer_id": row["transfer_id"]}
        report.differs("money.transfer", "entries", key, expected=0, found=int(row["sum"]))
    whole = await snapshot.value("SELECT coalesce(sum(amount), 0) FROM entries")
    if whole:
        report.differs("money.ledger", "entries", {}, expected=0, found=int(whole))


async def _balances(snapshot: Snapshot, report: Report) -> None:
    """Only a courier's cash and a till have a running balance."""
    async for row in snapshot.rows(
        """SELECT coalesce(b.account, e.account) AS account, b.amount AS found, coalesce(e.sum, 0) AS sum
           FROM (SELECT account, sum(amount) AS sum FROM entries
                 WHERE account LIKE 'cash:%' OR account LIKE 'till:%' GROUP BY account) AS e
           FULL JOIN balances AS b ON b.account = e.account
           WHERE b.amount IS DISTINCT FROM e.sum AND (b.amount <> 0 OR e.sum <> 0)"""
    ):
        key = {"account": row["account"]}
        report.differs("money.balance", "balances", key, expected=int(row["sum"]), found=row["found"])


async def _owed(snapshot: Snapshot, report: Report) -> None:
    """What a citizen owes is the sum of the case's charges that nothing has settled."""
    async for row in snapshot.rows(
        """SELECT c.case_id, coalesce(o.owed, 0) AS owed, coalesce(e.sum, 0) AS sum
           FROM (SELECT case_id, sum(amount) AS owed FROM charges
                 WHERE settled_by IS NULL AND released_by IS NULL GROUP BY case_id) AS o
           FULL JOIN (SELECT substr(account, 5)::uuid AS case_id, sum(amount) AS sum FROM entries
                      WHERE account ~ '^due:[0-9a-f-]{36}$' GROUP BY account) AS e ON e.case_id = o.case_id
           CROSS JOIN LATERAL (SELECT coalesce(o.case_id, e.case_id) AS case_id) AS c
           WHERE coalesce(o.owed, 0) <> coalesce(e.sum, 0)"""
    ):
        key = {"account": f"due:{row['case_id']}"}
        report.differs("money.owed", "charges", key, expected=int(row["sum"]), found=int(row["owed"]))


async def _collections(snapshot: Snapshot, report: Report) -> None:
    """What was collected is what came into the courier's hands by the transfer of the same id."""
    async for row in snapshot.rows(
        """SELECT c.case_id, c.collection_id, c.courier, c.total, e.sum
           FROM collections AS c
           LEFT JOIN LATERAL (
               SELECT sum(e.amount) AS sum FROM entries AS e
               WHERE e.transfer_id = c.collection_id AND e.account = 'cash:' || c.courier AND e.case_id = c.case_id
           ) AS e ON true
           WHERE e.sum IS DISTINCT FROM c.total"""
    ):
        key = {"case_id": row["case_id"], "collection_id": row["collection_id"]}
        found = None if row["sum"] is None else int(row["sum"])
        report.differs("money.collection", "entries", key, expected=row["total"], found=found)


async def _settled(snapshot: Snapshot, report: Report) -> None:
    """A charge is settled by a collection of its case, or by money from a bank; neither settles more than it was."""
    async for row in snapshot.rows(
        """SELECT h.case_id, h.charge_id, h.settled_by FROM charges AS h
           WHERE h.settled_by IS NOT NULL AND NOT EXISTS (
               SELECT FROM collections AS c WHERE c.case_id = h.case_id AND c.collection_id = h.settled_by
           ) AND NOT EXISTS (
               SELECT FROM bank_credits AS b WHERE b.case_id = h.case_id AND b.placed_by = h.settled_by
           )"""
    ):
        key = {"case_id": row["case_id"], "charge_id": row["charge_id"]}
        report.differs(
            "money.settled-by", "charges", key, expected="a collection or a bank credit", found=row["settled_by"]
        )
    async for row in snapshot.rows(
        """SELECT e.case_id, e.transfer_id, e.account, e.sum FROM (
               SELECT case_id, transfer_id, account, sum(amount) AS sum FROM entries
               WHERE account LIKE 'due:%' GROUP BY case_id, transfer_id, account
           ) AS e
           WHERE -e.sum <> coalesce((SELECT sum(h.amount) FROM charges AS h
                                     WHERE h.case_id = e.case_id
                                       AND e.transfer_id IN (h.settled_by, h.released_by)), 0)
             AND e.sum <> coalesce((SELECT h.amount FROM charges AS h
                                    WHERE h.case_id = e.case_id AND h.charge_id = e.transfer_id), 0)"""
    ):
        key = {"transfer_id": row["transfer_id"], "account": row["account"]}
        report.differs("money.settled-twice", "entries", key, expected="the charges settled", found=int(row["sum"]))


async def _days(snapshot: Snapshot, report: Report) -> None:
    """The day of an entry is its date in Việt Nam, seven hours before UTC."""
    async for row in snapshot.rows(
        """SELECT transfer_id, line, day, ((occurred_at AT TIME ZONE 'UTC') + interval '7 hours')::date AS local
           FROM entries WHERE day <> ((occurred_at AT TIME ZONE 'UTC') + interval '7 hours')::date"""
    ):
        key = {"transfer_id": row["transfer_id"], "line": row["line"]}
        report.differs("money.day", "entries", key, expected=row["local"], found=row["day"])


COUNTS = ("close_shift", "close_shift_provisionally")


class _Awaited(msgspec.Struct):
    awaited: int


class _Command(msgspec.Struct):
    body: _Awaited


_awaited = msgspec.json.Decoder(_Command).decode


async def _closed_shifts(snapshot: Snapshot, report: Report) -> None:
    """When a shift is closed all the courier's cash leaves the account, and what is awaited beforehand. What comes
    later is a late fact's."""
    account, left = "", 0
    async for row in snapshot.rows(
        """SELECT e.account, e.transfer_id, e.sum, a.kind, a.subject_id, i.data
           FROM (SELECT account, transfer_id, sum(amount) AS sum FROM entries
                 WHERE account LIKE 'cash:%' GROUP BY account, transfer_id) AS e
           LEFT JOIN acts AS a ON a.id = e.transfer_id
           LEFT JOIN inbox AS i ON i.made_by = a.made_by AND i.id = a.id
                               AND a.kind = 'close_shift_provisionally'
           ORDER BY e.account, a.placed"""
    ):
        left = (0 if row["account"] != account else left) + int(row["sum"])
        account = row["account"]
        awaited = 0 if row["data"] is None else _awaited(row["data"]).body.awaited
        if row["kind"] in COUNTS and left != -awaited:
            key = {"shift_id": row["subject_id"], "account": account}
            report.differs("money.shift-cash", "entries", key, expected=-awaited, found=left)
        if row["kind"] is None:
            key = {"transfer_id": row["transfer_id"], "account": account}
            report.differs("money.no-act", "entries", key, expected="an act")
