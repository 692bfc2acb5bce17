"""Custody: one holder for every paper and parcel, the same for what is sealed together, and labels that bind once.

Who holds what after which act is computed by the replay; here stands what must be true of the tables at any time.
"""

from backend.verify.database import Snapshot
from backend.verify.report import Report


async def check_custody(snapshot: Snapshot, report: Report) -> None:
    """Codes `custody.*`."""
    report.counted["papers"] += await snapshot.value("SELECT count(*) FROM papers")
    report.counted["parcels"] += await snapshot.value("SELECT count(*) FROM parcels")
    await _sealed_together(snapshot, report)
    await _frozen(snapshot, report)
    await _holders(snapshot, report)
    await _labels(snapshot, report)
    await _hand_overs(snapshot, report)


async def _sealed_together(snapshot: Snapshot, report: Report) -> None:
    async for row in snapshot.rows(
        """SELECT p.case_id, p.paper_id, q.parcel_id, p.holder_kind, p.holder,
                  q.holder_kind AS parcel_holder_kind, q.holder AS parcel_holder
           FROM papers AS p
           LEFT JOIN parcels AS q ON q.case_id = p.case_id AND q.parcel_id = p.parcel_id
           WHERE p.parcel_id IS NOT NULL AND (p.holder_kind, p.holder) IS DISTINCT FROM (q.holder_kind, q.holder)"""
    ):
        key = {"case_id": row["case_id"], "paper_id": row["paper_id"]}
        expected = f"{row['parcel_holder_kind']}:{row['parcel_holder']}" if row["parcel_id"] else "a parcel"
        found = f"{row['holder_kind']}:{row['holder']}"
        report.differs("custody.sealed-apart", "papers", key, expected=expected, found=found)


async def _frozen(snapshot: Snapshot, report: Report) -> None:
    """What an incident touches is frozen exactly as long as it is open."""
    async for row in snapshot.rows(
        """SELECT t.case_id, t.incident_id, t.thing_id, t.open, i.state
           FROM incident_things AS t JOIN incidents AS i USING (incident_id)
           WHERE t.open <> (i.ended_at IS NULL)"""
    ):
        key = {"case_id": row["case_id"], "incident_id": row["incident_id"], "thing_id": row["thing_id"]}
        report.differs("custody.frozen", "incident_things", key, expected=row["state"], found={"open": row["open"]})


async def _holders(snapshot: Snapshot, report: Report) -> None:
    """A phone may say that somebody took a thing whom we do not know. It stands, and a person asks."""
    async for row in snapshot.rows(
        """SELECT t.item, t.case_id, t.id, t.holder_kind, t.holder
           FROM (SELECT 'papers' AS item, case_id, paper_id AS id, holder_kind, holder FROM papers
                 UNION ALL
                 SELECT 'parcels', case_id, parcel_id, holder_kind, holder FROM parcels) AS t
           WHERE (t.holder_kind = 'citizen' AND t.holder <> t.case_id)
              OR (t.holder_kind = 'courier' AND NOT EXISTS (SELECT FROM people AS p WHERE p.id = t.holder))
              OR (t.holder_kind = 'lost' AND NOT EXISTS (SELECT FROM incidents AS i WHERE i.incident_id = t.holder))
              OR (t.holder_kind = 'bag' AND NOT EXISTS (SELECT FROM bags AS b WHERE b.bag_id = t.holder))
              OR (t.holder_kind = 'unit' AND NOT EXISTS (SELECT FROM units AS u WHERE u.id = t.holder))"""
    ):
        key = {"case_id": row["case_id"], "id": row["id"]}
        says = f"held by {row['holder_kind']} {row['holder']}"
        report.explains("custody.holder-unknown", row["item"], key, says=says)


async def _labels(snapshot: Snapshot, report: Report) -> None:
    """The table keeps both; the constraint that does may have been lost."""
    async for row in snapshot.rows(
        """SELECT label, count(*) AS times FROM parcels WHERE label IS NOT NULL GROUP BY label HAVING count(*) > 1"""
    ):
        report.differs("custody.label-twice", "parcels", {"label": row["label"]}, expected=1, found=row["times"])
    async for row in snapshot.rows(
        """SELECT s.number, s.label, s.state, s.case_id, s.parcel_id FROM label_sets AS s
           LEFT JOIN parcels AS q ON q.case_id = s.case_id AND q.parcel_id = s.parcel_id
           WHERE (s.parcel_id IS NOT NULL AND q.parcel_id IS NULL) OR (s.state = 'bound' AND s.parcel_id IS NULL)"""
    ):
        key = {"number": row["number"], "label": row["label"]}
        report.differs("custody.label-unbound", "label_sets", key, expected="its parcel", found=row["parcel_id"])


async def _hand_overs(snapshot: Snapshot, report: Report) -> None:
    """Things named by a hand-over exist; one that was only offered waits for its other half."""
    async for row in snapshot.rows(
        """SELECT h.case_id, h.offer_id, t.id FROM hand_overs AS h
           CROSS JOIN LATERAL unnest(h.parcel_ids || h.paper_ids) AS t (id)
           WHERE NOT EXISTS (SELECT FROM parcels AS q WHERE q.case_id = h.case_id AND q.parcel_id = t.id)
             AND NOT EXISTS (SELECT FROM papers AS p WHERE p.case_id = h.case_id AND p.paper_id = t.id)"""
    ):
        key = {"case_id": row["case_id"], "offer_id": row["offer_id"]}
        report.differs("custody.hand-over", "hand_overs", key, expected="a paper or parcel", found=row["id"])
    async for row in snapshot.rows(
        "SELECT case_id, offer_id, offered_at, receiver_kind, receiver FROM hand_overs WHERE received_at IS NULL"
    ):
        key = {"case_id": row["case_id"], "offer_id": row["offer_id"]}
        says = f"offered to {row['receiver_kind']} {row['receiver']}"
        report.explains("custody.offered", "hand_overs", key, since=row["offered_at"], says=says)
