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
        """SELECT o.case_id, o.visit_id, o.grade, o.outcome, d.seed, d.per_mille, b.causes,
                  o.known_at < d.looked_at - interval '5 minutes' AND k.erased_at IS NULL AS due
           FROM (SELECT case_id, visit_id, grade, outcome, graded_at AS known_at,
                        ((ended_at + interval '7 hours') AT TIME ZONE 'UTC')::date AS day
                 FROM presence WHERE grade IS NOT NULL
                 UNION ALL
                 SELECT x.case_id, x.visit_id, NULL, x.outcome,
                        (SELECT max(i.decided_at) FROM acts AS a
                         JOIN inbox AS i ON i.made_by = a.made_by AND i.id = coalesce(a.parent, a.id)
                         WHERE a.subject_kind = 'case' AND a.subject_id = x.case_id
                           AND a.kind IN ('finish_visit', 'fail_visit') AND a.occurred_at <= v.ended_at),
                        v.day
                 FROM visits AS v JOIN case_visits AS x ON x.visit_id = v.visit_id
                 WHERE v.place <> 'home' AND x.outcome NOT IN ('not_gone', 'cancelled')) AS o
           JOIN cases AS k ON k.case_id = o.case_id
           JOIN call_back_draws AS d ON d.day = o.day
           LEFT JOIN call_backs AS b ON b.case_id = o.case_id AND b.visit_id = o.visit_id"""
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
