"""All SQL on call-backs and their lots; and which visits may have to be called back, which others own."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from backend.database import Transaction, columns, shaped
from backend.presence.call_back_model import CallBack, Candidate, Draw


async def call_backs_of(tx: Transaction, cases: Sequence[UUID]) -> list[CallBack]:
    rows = await tx.all(
        """SELECT case_id, call_back_id, visit_id, causes, courier, arranged_by, state, listed_at, tries, answered_by,
                  answered_at
           FROM call_backs WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, CallBack) for row in rows]


async def save_call_backs(tx: Transaction, rows: Sequence[CallBack]) -> None:
    for row in rows:  # arrays of arrays would have to be of one length
        await tx.run(
            """INSERT INTO call_backs (case_id, call_back_id, visit_id, causes, courier, arranged_by, state, listed_at,
                                       tries, answered_by, answered_at)
               VALUES ($case_id, $call_back_id, $visit_id, $causes, $courier, $arranged_by, $state, $listed_at, $tries,
                       $answered_by, $answered_at)
               ON CONFLICT (case_id, call_back_id) DO UPDATE
               SET state = EXCLUDED.state, tries = EXCLUDED.tries, answered_by = EXCLUDED.answered_by,
                   answered_at = EXCLUDED.answered_at""",
            **{name: getattr(row, name) for name in row.__struct_fields__},
        )


async def draws_since(tx: Transaction, day: date) -> list[Draw]:
    rows = await tx.all(
        "SELECT day, seed, per_mille, drawn_at, looked_at FROM call_back_draws WHERE day >= $day::date ORDER BY day",
        day=day,
    )
    return [shaped(row, Draw) for row in rows]


async def add_draws(tx: Transaction, rows: Sequence[Draw]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO call_back_draws (day, seed, per_mille, drawn_at, looked_at)
               SELECT * FROM unnest($day::date[], $seed::bytea[], $per_mille::integer[], $drawn_at::timestamptz[],
                                    $looked_at::timestamptz[])
               ON CONFLICT DO NOTHING""",
            **columns(rows),
        )


async def looked_at(tx: Transaction, since: date, at: datetime) -> None:
    await tx.run("UPDATE call_back_draws SET looked_at = $at WHERE day >= $since::date", since=since, at=at)


async def candidates(
    tx: Transaction, *, days: tuple[date, date], ended: tuple[datetime, datetime], said_before: datetime
) -> list[Candidate]:
    """Visits that took place in that time, from the first up to the second, and nobody has put on the list.

    A home's day is the one on which the visit ended; of a counter, where no grade is given, the one it was for.
    `said_before`: a transfer said to be sent before then should have come.
    """
    rows = await tx.all(
        """SELECT o.case_id, o.visit_id, o.courier, o.grade, o.outcome, o.day,
                  EXISTS (SELECT FROM charges AS c
                          WHERE c.case_id = o.case_id AND c.state IN ('exempt', 'unpaid')
                            AND (c.due_at = 'return') = (o.purpose IN ('deliver', 'exchange'))) AS fee_open,
                  EXISTS (SELECT FROM payments AS y
                          WHERE y.case_id = o.case_id AND y.visit_id = o.visit_id AND y.state = 'said_sent'
                            AND y.received = 0 AND y.said_at < $said_before::timestamptz) AS said_unpaid,
                  array(SELECT DISTINCT a.actor FROM acts AS a
                        WHERE a.subject_kind = 'case' AND a.subject_id = o.case_id
                          AND a.kind IN ('book', 'plan_visit', 'move_appointment')
                        ORDER BY a.actor) AS arranged_by
           FROM (SELECT p.case_id, p.visit_id, p.courier, p.grade, p.outcome, p.purpose, p.ended_at,
                        (p.ended_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day
                 FROM presence AS p
                 WHERE p.ended_at >= $since::timestamptz AND p.ended_at < $until::timestamptz
                 UNION ALL
                 SELECT x.case_id, x.visit_id, v.courier, NULL, x.outcome, v.purpose, v.ended_at, v.day
                 FROM visits AS v JOIN case_visits AS x ON x.visit_id = v.visit_id
                 WHERE v.place <> 'home' AND v.day >= $first::date AND v.day < $after::date
                   AND x.outcome NOT IN ('not_gone', 'cancelled')) AS o
           JOIN cases AS k ON k.case_id = o.case_id AND k.erased_at IS NULL
           WHERE NOT EXISTS (SELECT FROM call_backs AS b WHERE b.case_id = o.case_id AND b.visit_id = o.visit_id)
           ORDER BY o.ended_at, o.case_id, o.visit_id""",
        first=days[0],
        after=days[1],
        since=ended[0],
        until=ended[1],
        said_before=said_before,
    )
    return [shaped(row, Candidate) for row in rows]
