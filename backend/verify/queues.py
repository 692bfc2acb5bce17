"""What waits: with a reason and an age it is explained; what could go on and does not is a difference."""

from datetime import timedelta

from backend.verify.database import Snapshot
from backend.verify.report import Report


async def check_queues(snapshot: Snapshot, report: Report, *, patience: timedelta, attended: bool) -> None:
    """`patience`: how old a job may grow while somebody works on the queue (`attended`). Codes `queue.*`, `feed.*`."""
    await _review(snapshot, report)
    await _behind(snapshot, report)
    await _exceptions(snapshot, report)
    await _incidents(snapshot, report)
    await _money(snapshot, report)
    await _followers(snapshot, report)
    await _future(snapshot, report)
    await _jobs(snapshot, report, patience=patience, attended=attended)


async def _review(snapshot: Snapshot, report: Report) -> None:
    async for row in snapshot.rows(
        "SELECT made_by, id, kind, reason, received_at FROM inbox WHERE standing = 'review' ORDER BY received_at"
    ):
        key = {"made_by": row["made_by"], "id": row["id"]}
        says = f"{row['kind'] or 'unread'}: {row['reason']}"
        report.explains("queue.review", "inbox", key, since=row["received_at"], says=says)


async def _behind(snapshot: Snapshot, report: Report) -> None:
    """It waits for an act in review, made before by the same maker on the same subject, or for an open exception."""
    async for row in snapshot.rows(
        """SELECT b.made_by, b.id, b.kind, b.received_at,
                  EXISTS (SELECT FROM inbox AS r
                          WHERE r.made_by = b.made_by AND r.subject_id = b.subject_id AND r.standing = 'review'
                            AND (r.seq < b.seq OR r.seq IS NULL OR b.seq IS NULL))
                  OR EXISTS (SELECT FROM exceptions AS e
                             WHERE e.case_id = b.subject_id AND e.cleared_at IS NULL) AS waits
           FROM inbox AS b WHERE b.standing = 'behind' ORDER BY b.received_at"""
    ):
        key = {"made_by": row["made_by"], "id": row["id"]}
        if row["waits"]:
            report.explains("queue.behind", "inbox", key, since=row["received_at"], says=str(row["kind"]))
        else:
            report.differs("queue.behind-nothing", "inbox", key, expected="decided", found="behind")


async def _exceptions(snapshot: Snapshot, report: Report) -> None:
    async for row in snapshot.rows(
        """SELECT case_id, exception_id, machine, reason, opened_at FROM exceptions
           WHERE cleared_at IS NULL ORDER BY opened_at"""
    ):
        key = {"case_id": row["case_id"], "exception_id": row["exception_id"]}
        says = f"{row['machine']}: {row['reason']}"
        report.explains("queue.exception", "exceptions", key, since=row["opened_at"], says=says)


async def _incidents(snapshot: Snapshot, report: Report) -> None:
    async for row in snapshot.rows(
        "SELECT incident_id, cause, state, reported_at FROM incidents WHERE ended_at IS NULL ORDER BY reported_at"
    ):
        key = {"incident_id": row["incident_id"]}
        says = f"{row['cause']}: {row['state']}"
        report.explains("queue.incident", "incidents", key, since=row["reported_at"], says=says)


async def _money(snapshot: Snapshot, report: Report) -> None:
    """What a person still has to do about money: find whose it is, give it back."""
    async for row in snapshot.rows(
        """SELECT credit_id, left_ AS amount, credited_at FROM bank_credits AS b CROSS JOIN LATERAL (
               SELECT b.amount - coalesce(sum(p.amount), 0)::bigint AS left_ FROM bank_credits AS p
               WHERE p.part_of = b.credit_id
           ) AS divided
           WHERE case_id IS NULL AND left_ > 0 ORDER BY credited_at"""
    ):
        key = {"credit_id": row["credit_id"]}
        report.explains("queue.suspense", "bank_credits", key, since=row["credited_at"], says=f"{row['amount']} đồng")
    async for row in snapshot.rows(
        """SELECT case_id, refund_id, amount, opened_at FROM refunds
           WHERE state IN ('due', 'approved') AND due_on < ((now() AT TIME ZONE 'UTC') + interval '7 hours')::date
           ORDER BY opened_at"""
    ):
        key = {"case_id": row["case_id"], "refund_id": row["refund_id"]}
        report.explains("queue.refund", "refunds", key, since=row["opened_at"], says=f"{row['amount']} đồng")


async def _followers(snapshot: Snapshot, report: Report) -> None:
    """A cursor lies at or before the oldest transaction still open. After a restore it begins anew."""
    epoch = await snapshot.value("SELECT epoch FROM installation")
    for row in await snapshot.all(
        """SELECT name, cursor::text AS cursor, epoch, moved_at, pg_snapshot_xmax(pg_current_snapshot())::text AS next,
                  cursor > pg_snapshot_xmax(pg_current_snapshot()) AS ahead
           FROM followers ORDER BY name"""
    ):
        key = {"name": row["name"]}
        if row["epoch"] != epoch:
            says = "followed the installation before its restore"
            report.explains("feed.other-epoch", "followers", key, since=row["moved_at"], says=says)
        elif row["ahead"]:
            report.differs("feed.ahead", "followers", key, expected={"at most": row["next"]}, found=row["cursor"])


async def _future(snapshot: Snapshot, report: Report) -> None:
    """A row said to be changed by a transaction that has not begun would never be delivered."""
    for table, newest, following in await snapshot.all(
        """SELECT t.name, t.newest, pg_snapshot_xmax(pg_current_snapshot())::text AS following
           FROM (SELECT 'inbox' AS name, (SELECT max(changed::text::bigint) FROM inbox) AS newest
                 UNION ALL SELECT 'acts', (SELECT max(changed::text::bigint) FROM acts)
                 UNION ALL SELECT 'exceptions', (SELECT max(changed::text::bigint) FROM exceptions)
                 UNION ALL SELECT 'cases', (SELECT max(changed::text::bigint) FROM cases)
                 UNION ALL SELECT 'visits', (SELECT max(changed::text::bigint) FROM visits)
                 UNION ALL SELECT 'bundle', (SELECT max(changed::text::bigint) FROM bundle)
                 UNION ALL SELECT 'papers', (SELECT max(changed::text::bigint) FROM papers)
                 UNION ALL SELECT 'parcels', (SELECT max(changed::text::bigint) FROM parcels)
                 UNION ALL SELECT 'charges', (SELECT max(changed::text::bigint) FROM charges)
                 UNION ALL SELECT 'entries', (SELECT max(changed::text::bigint) FROM entries)
                 UNION ALL SELECT 'pages', (SELECT max(changed::text::bigint) FROM pages)) AS t
           WHERE t.newest >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint"""
    ):
        report.differs("feed.future", table, {"changed": newest}, expected={"below": following}, found=newest)


async def _jobs(snapshot: Snapshot, report: Report, *, patience: timedelta, attended: bool) -> None:
    for row in await snapshot.all(
        """SELECT id, entrypoint, status::text AS status, created, attempts,
                  greatest(execute_after, created) AS due, heartbeat
           FROM pgqueuer WHERE status IN ('queued', 'picked', 'exception', 'failed') ORDER BY id"""
    ):
        report.counted["jobs open"] += 1
        key = {"id": row["id"], "entrypoint": row["entrypoint"]}
        waits_since = row["heartbeat"] if row["status"] == "picked" else row["due"]
        if row["status"] in ("exception", "failed"):
            says = f"failed {row['attempts']} times, a person must look"
            report.explains("queue.job-failed", "pgqueuer", key, since=row["created"], says=says)
        elif attended and report.at - waits_since > patience:
            expected = f"done within {int(patience.total_seconds())} s"
            report.differs("queue.job-stuck", "pgqueuer", key, expected=expected, found=row["status"])
        else:
            report.explains("queue.job", "pgqueuer", key, since=row["created"], says=row["status"])
