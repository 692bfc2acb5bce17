"""All SQL on notices, contacts and duties; and what is true of the cases they are about, which others own."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from backend.database import Transaction, columns, shaped
from backend.notices.model import Contact, Duty, FormerContact, Notice
from backend.notices.wording import Truth


class AboutVisit(msgspec.Struct, frozen=True, kw_only=True):
    """The visit an act names, or whose appointment it names."""

    visit_id: UUID
    purpose: str
    place: str
    day: date
    time_window: str


async def visit_of(tx: Transaction, case: UUID, visit: UUID | None, appointment: UUID | None) -> AboutVisit | None:
    row = await tx.first(
        """SELECT v.visit_id, v.purpose, v.place, v.day, v.time_window FROM visits AS v
           WHERE v.visit_id = coalesce($visit, (
               SELECT visit_id FROM appointments WHERE case_id = $case AND appointment_id = $appointment
           ))""",
        case=case,
        visit=visit,
        appointment=appointment,
    )
    return None if row is None else shaped(row, AboutVisit)


async def add_notices(tx: Transaction, rows: Sequence[Notice]) -> int:
    """Those decided before stay as they are. How many are new."""
    if not rows:
        return 0
    added = await tx.all(
        """INSERT INTO notices (case_id, notice_id, made_by, act_id, n, template, visit_id, state, reason, channel,
                                duty_due, occurred_at, decided_at, due_at, next_at, expires_at, tries, sent_at,
                                pushed_at, sealed)
           SELECT * FROM unnest($case_id::uuid[], $notice_id::uuid[], $made_by::uuid[], $act_id::uuid[], $n::integer[],
                                $template::text[], $visit_id::uuid[], $state::text[], $reason::text[],
                                $channel::text[], $duty_due::boolean[], $occurred_at::timestamptz[],
                                $decided_at::timestamptz[], $due_at::timestamptz[], $next_at::timestamptz[],
                                $expires_at::timestamptz[], $tries::integer[], $sent_at::timestamptz[],
                                $pushed_at::timestamptz[], $sealed::bytea[])
           ON CONFLICT DO NOTHING RETURNING notice_id""",
        **columns(rows),
    )
    return len(added)


async def lock_due(tx: Transaction, at: datetime, limit: int) -> list[Notice]:
    """Those whose time has come, the longest waiting first. What another transaction holds is passed over."""
    rows = await tx.all(
        """SELECT case_id, notice_id, made_by, act_id, n, template, visit_id, state, reason, channel, duty_due,
                  occurred_at, decided_at, due_at, next_at, expires_at, tries, sent_at, pushed_at, sealed
           FROM notices WHERE state = 'waiting' AND next_at <= $at
           ORDER BY next_at, case_id, n LIMIT $limit FOR UPDATE SKIP LOCKED""",
        at=at,
        limit=limit,
    )
    return [shaped(row, Notice) for row in rows]


async def settle(tx: Transaction, rows: Sequence[Notice]) -> None:
    """What became of notices that waited. One that was erased meanwhile stays so."""
    if rows:
        await tx.run(
            """UPDATE notices AS o
               SET state = w.state, reason = w.reason, channel = w.channel, duty_due = w.duty_due,
                   next_at = w.next_at, tries = w.tries, sent_at = w.sent_at, pushed_at = w.pushed_at,
                   sealed = w.sealed
               FROM unnest($case_id::uuid[], $notice_id::uuid[], $state::text[], $reason::text[], $channel::text[],
                           $duty_due::boolean[], $next_at::timestamptz[], $tries::integer[], $sent_at::timestamptz[],
                           $pushed_at::timestamptz[], $sealed::bytea[])
                    AS w (case_id, notice_id, state, reason, channel, duty_due, next_at, tries, sent_at, pushed_at,
                          sealed)
               WHERE o.case_id = w.case_id AND o.notice_id = w.notice_id AND o.state = 'waiting'""",
            **columns(rows),
        )


async def truth_of(tx: Transaction, notice: Notice, replaced_by: Sequence[str], on: date) -> Truth:
    """`replaced_by`: templates of which a later one makes this notice old. What changes a contact is told to the one
    that was on file before, and always: the next change is told to another."""
    row = await tx.first(
        """SELECT c.state AS case_state, c.erased_at IS NOT NULL AS erased,
                  CASE WHEN f.act_id IS NULL THEN c.phone ELSE f.phone END AS phone,
                  CASE WHEN f.act_id IS NULL THEN k.email ELSE f.email END AS email,
                  CASE WHEN f.act_id IS NULL THEN k.tell_by ELSE f.tell_by END AS tell_by,
                  EXISTS (SELECT FROM consents AS z
                          WHERE z.case_id = c.case_id AND z.extra = 'zalo_messages' AND z.state <> 'given') AS no_zalo,
                  coalesce(CASE WHEN f.act_id IS NULL THEN k.shared_phone ELSE f.shared_phone END, false)
                      AS shared_phone, d.code, v.state AS visit_state, v.day,
                  v.time_window,
                  EXISTS (SELECT FROM appointments AS a
                          WHERE a.case_id = c.case_id AND a.visit_id = v.visit_id AND a.live) AS stands,
                  (SELECT count(*) FROM visits AS o
                   WHERE o.courier = v.courier AND o.day = v.day AND o.time_window < v.time_window
                     AND o.state IN ('planned', 'on_the_way', 'arrived')) AS stops,
                  (SELECT coalesce(sum(m.total), 0)::bigint FROM collections AS m
                   WHERE m.case_id = c.case_id AND m.visit_id = v.visit_id) AS collected,
                  (SELECT u.name FROM unit_versions AS u
                   WHERE u.unit_id = coalesce(v.unit_id, c.handling_unit) AND u.valid @> $on::date) AS post,
                  EXISTS (SELECT FROM notices AS o JOIN cases AS oc ON oc.case_id = o.case_id
                          WHERE o.visit_id = $visit AND o.template = $template AND o.case_id <> c.case_id
                            AND (o.state = 'sent' OR (o.state = 'waiting' AND o.tries > 0))
                            AND o.channel IS DISTINCT FROM 'push'
                            AND replace(oc.phone, ' ', '') = replace(c.phone, ' ', '')) AS told_household,
                  f.act_id IS NULL AND EXISTS (
                          SELECT FROM notices AS o
                          WHERE o.case_id = c.case_id AND o.n > $n
                            AND ((o.template = $template AND o.visit_id IS NOT DISTINCT FROM $visit)
                                 OR o.template = ANY($replaced_by::text[]))) AS newer
           FROM cases AS c
           LEFT JOIN contacts AS k ON k.case_id = c.case_id
           LEFT JOIN former_contacts AS f
               ON f.case_id = c.case_id AND f.made_by = $maker AND f.act_id = $act
           LEFT JOIN dossiers AS d ON d.case_id = c.case_id
           LEFT JOIN visits AS v ON v.visit_id = $visit
           WHERE c.case_id = $case""",
        case=notice.case_id,
        maker=notice.made_by,
        act=notice.act_id,
        visit=notice.visit_id,
        template=notice.template,
        n=notice.n,
        replaced_by=list(replaced_by),
        on=on,
    )
    assert row is not None, "a notice is of a case"
    return shaped(row, Truth)


async def command_of(tx: Transaction, notice: Notice) -> bytes:
    """The envelope of the act it tells of."""
    return await tx.value(
        """SELECT i.data FROM acts AS a JOIN inbox AS i ON i.made_by = a.made_by AND i.id = coalesce(a.parent, a.id)
           WHERE a.made_by = $maker AND a.id = $act""",
        maker=notice.made_by,
        act=notice.act_id,
    )


async def live_tokens(tx: Transaction, case: UUID) -> set[bytes]:
    """SHA-256 of what opens the citizen's page of a case."""
    rows = await tx.all("SELECT token_sha256 FROM tracking_tokens WHERE case_id = $case AND live", case=case)
    return {row["token_sha256"] for row in rows}


async def blank(tx: Transaction, case: UUID) -> None:
    """Erasure: what was said to whom goes; what waits is not sent."""
    await tx.run(
        """UPDATE notices
           SET sealed = NULL, duty_due = false,
               reason = CASE WHEN state = 'waiting' THEN 'erased' ELSE reason END,
               state = CASE WHEN state = 'waiting' THEN 'dropped' ELSE state END
           WHERE case_id = $case""",
        case=case,
    )


async def lock_for_person(tx: Transaction, limit: int) -> list[Notice]:
    """For which a duty to tell is still to be opened."""
    rows = await tx.all(
        """SELECT case_id, notice_id, made_by, act_id, n, template, visit_id, state, reason, channel, duty_due,
                  occurred_at, decided_at, due_at, next_at, expires_at, tries, sent_at, pushed_at, sealed
           FROM notices WHERE duty_due ORDER BY decided_at, case_id, n LIMIT $limit FOR UPDATE SKIP LOCKED""",
        limit=limit,
    )
    return [shaped(row, Notice) for row in rows]


async def duty_opened(tx: Transaction, notice: Notice) -> None:
    await tx.run(
        "UPDATE notices SET duty_due = false WHERE case_id = $case AND notice_id = $notice",
        case=notice.case_id,
        notice=notice.notice_id,
    )


class OpenDutyNow(msgspec.Struct, frozen=True, kw_only=True):
    """An open duty and what its case has come to."""

    case_id: UUID
    duty_id: UUID
    template: str
    case_state: str


async def duties_of_open_cases(tx: Transaction) -> list[OpenDutyNow]:
    """All open ones, oldest first."""
    rows = await tx.all(
        """SELECT d.case_id, d.duty_id, d.template, c.state AS case_state
           FROM duties AS d JOIN cases AS c ON c.case_id = d.case_id
           WHERE d.state = 'open' AND c.erased_at IS NULL ORDER BY d.opened_at, d.duty_id"""
    )
    return [shaped(row, OpenDutyNow) for row in rows]


async def contacts_of(tx: Transaction, cases: Sequence[UUID]) -> list[Contact]:
    rows = await tx.all(
        "SELECT case_id, email, tell_by, shared_phone FROM contacts WHERE case_id = ANY($cases::uuid[])",
        cases=list(cases),
    )
    return [shaped(row, Contact) for row in rows]


async def save_contacts(tx: Transaction, rows: Sequence[Contact]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO contacts (case_id, email, tell_by, shared_phone)
               SELECT * FROM unnest($case_id::uuid[], $email::text[], $tell_by::text[], $shared_phone::boolean[])
               ON CONFLICT (case_id) DO UPDATE
               SET email = EXCLUDED.email, tell_by = EXCLUDED.tell_by, shared_phone = EXCLUDED.shared_phone""",
            **columns(rows),
        )


async def former_contacts_of(tx: Transaction, cases: Sequence[UUID]) -> list[FormerContact]:
    rows = await tx.all(
        """SELECT case_id, made_by, act_id, phone, email, tell_by, shared_phone
           FROM former_contacts WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, FormerContact) for row in rows]


async def save_former_contacts(tx: Transaction, rows: Sequence[FormerContact]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO former_contacts (case_id, made_by, act_id, phone, email, tell_by, shared_phone)
               SELECT * FROM unnest($case_id::uuid[], $made_by::uuid[], $act_id::uuid[], $phone::text[],
                                    $email::text[], $tell_by::text[], $shared_phone::boolean[])
               ON CONFLICT (case_id, made_by, act_id) DO UPDATE
               SET phone = EXCLUDED.phone, email = EXCLUDED.email, tell_by = EXCLUDED.tell_by,
                   shared_phone = EXCLUDED.shared_phone""",
            **columns(rows),
        )


async def duties_of(tx: Transaction, cases: Sequence[UUID]) -> list[Duty]:
    rows = await tx.all(
        """SELECT case_id, duty_id, template, about, state, opened_at, told_at, told_by, how, told_whom,
                  dropped_because
           FROM duties WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, Duty) for row in rows]


async def save_duties(tx: Transaction, rows: Sequence[Duty]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO duties (case_id, duty_id, template, about, state, opened_at, told_at, told_by, how,
                                   told_whom, dropped_because)
               SELECT * FROM unnest($case_id::uuid[], $duty_id::uuid[], $template::text[], $about::uuid[],
                                    $state::text[], $opened_at::timestamptz[], $told_at::timestamptz[],
                                    $told_by::uuid[], $how::text[], $told_whom::text[], $dropped_because::text[])
               ON CONFLICT (case_id, duty_id) DO UPDATE
               SET state = EXCLUDED.state, told_at = EXCLUDED.told_at, told_by = EXCLUDED.told_by,
                   how = EXCLUDED.how, told_whom = EXCLUDED.told_whom, dropped_because = EXCLUDED.dropped_because""",
            **columns(rows),
        )


class Gone(msgspec.Struct, frozen=True, kw_only=True):
    """A message that was sent, with what is needed to read it again."""

    case_id: UUID
    notice_id: UUID
    template: str
    channel: str
    sent_at: datetime
    sealed: bytes


async def sent(tx: Transaction, limit: int) -> list[Gone]:
    """Newest first; without those of erased cases."""
    rows = await tx.all(
        """SELECT case_id, notice_id, template, channel, sent_at, sealed FROM notices
           WHERE state = 'sent' AND sealed IS NOT NULL ORDER BY sent_at DESC, case_id, n DESC LIMIT $limit""",
        limit=limit,
    )
    return [shaped(row, Gone) for row in rows]
