"""Call-backs: whoever had to be called back is on the list, and the lot fell as the seed of the day says.

What the acts made of each is told again by the replay; here stands which visits must be among them.
"""

import hashlib
from collections.abc import Sequence

from backend.verify.database import Snapshot
from backend.verify.keys import mac
from backend.verify.report import Report


async def check_call_backs(snapshot: Snapshot, report: Report, keys: Sequence[bytes]) -> None:
    """Codes `call-back.*`. `keys`: that lots are made with, as far as they are at hand."""
    for row in await snapshot.all("SELECT day, seed FROM call_back_draws ORDER BY day"):
        said = b"call-back draw" + row["day"].isoformat().encode()
        if keys and row["seed"] not in {mac(key, said) for key in keys}:
            report.differs("call-back.seed", "call_back_draws", {"day": row["day"]}, found=row["seed"])
    async for row in snapshot.rows(
        """SELECT p.case_id, p.visit_id, p.grade, p.outcome, d.seed, d.per_mille, b.causes,
                  p.graded_at < d.looked_at - interval '5 minutes' AND k.erased_at IS NULL AS due
           FROM presence AS p
           JOIN cases AS k ON k.case_id = p.case_id
           JOIN call_back_draws AS d ON d.day = ((p.ended_at + interval '7 hours') AT TIME ZONE 'UTC')::date
           LEFT JOIN call_backs AS b ON b.case_id = p.case_id AND b.visit_id = p.visit_id
           WHERE p.grade IS NOT NULL"""
    ):
        key = {"case_id": row["case_id"], "visit_id": row["visit_id"]}
        lot = hashlib.sha256(row["seed"] + row["case_id"].bytes + row["visit_id"].bytes).digest()[:8]
        must = {
            "red": row["grade"] == "red",
            "failure": row["outcome"] == "failed",
            "random": int.from_bytes(lot, "big") % 1000 < row["per_mille"],
        }
        expected = [name for name, holds in must.items() if holds]
        found = [name for name in (row["causes"] or "").split() if name in must]
        if found != expected and (row["causes"] is not None or (row["due"] and expected)):
            report.differs("call-back.causes", "call_backs", key, expected=expected, found=found)
