"""Promises: what a case is told of its visit is when the visit is, and the courier who comes has the case on the phone.

What each appointment and visit must be is computed by the replay; here stands what must be true at any time.
"""

from backend.verify.database import Snapshot
from backend.verify.report import Report


async def check_promises(snapshot: Snapshot, report: Report) -> None:
    """Codes `promise.*`."""
    async for row in snapshot.rows(
        """SELECT a.case_id, a.appointment_id, a.unit_id, a.day, a.time_window, v.unit_id AS visit_unit,
                  v.day AS visit_day, v.time_window AS visit_window
           FROM appointments AS a JOIN visits AS v ON v.visit_id = a.visit_id
           WHERE a.live AND (a.unit_id, a.day, a.time_window) <> (v.unit_id, v.day, v.time_window)"""
    ):
        key = {"case_id": row["case_id"], "appointment_id": row["appointment_id"]}
        expected = {"unit_id": row["visit_unit"], "day": row["visit_day"], "time_window": row["visit_window"]}
        found = {name: row[name] for name in expected}
        report.differs("promise.apart", "appointments", key, expected=expected, found=found)
    async for row in snapshot.rows(
        """SELECT a.case_id, a.visit_id, v.courier FROM appointments AS a JOIN visits AS v ON v.visit_id = a.visit_id
           WHERE a.live AND NOT EXISTS (
               SELECT FROM bundle AS b
               WHERE b.person_id = v.courier AND b.case_id = a.case_id AND b.visit_id = a.visit_id AND b.present
           )"""
    ):
        key = {"person_id": row["courier"], "case_id": row["case_id"], "visit_id": row["visit_id"]}
        report.differs("promise.not-carried", "bundle", key, expected="present")
