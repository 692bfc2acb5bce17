"""All SQL on subjects, inbox, acts, personal data and exceptions. Lists in, lists out."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from backend.acts.chain import Link
from backend.acts.model import Inboxed, OpenedException, SubjectHead, Touch
from backend.database import Row, Transaction, columns, shaped


class Chained(Link, frozen=True, kw_only=True):
    """A row of `acts`: the link, the case it belongs to, and both hashes."""

    case_id: UUID | None
    previous: bytes
    hash: bytes


async def lock_subjects(tx: Transaction, wanted: Iterable[tuple[str, UUID]]) -> dict[tuple[str, UUID], SubjectHead]:
    """Locks in order of id, so that two batches never wait for each other in a circle."""
    pairs = sorted(set(wanted), key=lambda pair: (pair[1], pair[0]))
    rows = await tx.all(
        """SELECT s.kind, s.id, s.n, s.head
           FROM unnest($kinds::text[], $ids::uuid[]) AS w (kind, id)
           JOIN subjects AS s ON s.id = w.id AND s.kind = w.kind
           ORDER BY s.id, s.kind
           FOR UPDATE OF s""",
        kinds=[kind for kind, _ in pairs],
        ids=[subject for _, subject in pairs],
    )
    return {(row["kind"], row["id"]): shaped(row, SubjectHead) for row in rows}


async def add_subjects(tx: Transaction, heads: Sequence[SubjectHead]) -> None:
    """A subject another transaction has just made is left as it is: its maker holds the lock until it commits."""
    if heads:
        await tx.run(
            """INSERT INTO subjects (kind, id, n, head)
               SELECT * FROM unnest($kind::text[], $id::uuid[], $n::integer[], $head::bytea[]) AS w (kind, id, n, head)
               ORDER BY id
               ON CONFLICT DO NOTHING""",
            **columns(heads),
        )


async def move_heads(tx: Transaction, heads: Sequence[SubjectHead]) -> None:
    if heads:
        await tx.run(
            """UPDATE subjects AS s SET n = w.n, head = w.head
               FROM unnest($kind::text[], $id::uuid[], $n::integer[], $head::bytea[]) AS w (kind, id, n, head)
               WHERE s.id = w.id AND s.kind = w.kind""",
            **columns(heads),
        )


async def lock_command(tx: Transaction, maker: UUID, act: UUID) -> None:
    """Two clicks at the same moment come one after the other: the second sees what became of the first."""
    await tx.run("SELECT pg_advisory_xact_lock(hashtextextended($command, 0))", command=f"{maker}{act}")


async def find_inboxed(tx: Transaction, keys: Sequence[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], Inboxed]:
    rows = await tx.all(
        """SELECT i.made_by, i.id, i.source, i.seq, i.fingerprint, i.data, i.signature, i.carried_by, i.received_at,
                  i.kind, i.subject_kind, i.subject_id, i.case_id, i.standing, i.reason, i.problem, i.n, i.exceptions,
                  i.decided_at, i.after_gap
           FROM unnest($makers::uuid[], $ids::uuid[]) AS w (made_by, id)
           JOIN inbox AS i ON i.made_by = w.made_by AND i.id = w.id""",
        makers=[maker for maker, _ in keys],
        ids=[act for _, act in keys],
    )
    return {(row["made_by"], row["id"]): _inboxed(row) for row in rows}


async def waiting_of(tx: Transaction, makers: Sequence[UUID]) -> list[Inboxed]:
    """All that is held, behind or in review of these makers, in the order they made it."""
    rows = await tx.all(
        """SELECT made_by, id, source, seq, fingerprint, data, signature, carried_by, received_at,
                  kind, subject_kind, subject_id, case_id, standing, reason, problem, n, exceptions, decided_at,
                  after_gap
           FROM inbox
           WHERE made_by = ANY($makers::uuid[]) AND standing IN ('held', 'behind', 'review')
           ORDER BY made_by, seq""",
        makers=list(makers),
    )
    return [_inboxed(row) for row in rows]


def _inboxed(row: Row) -> Inboxed:
    values = dict(row.items())
    if values["problem"] is not None:
        values["problem"] = msgspec.json.decode(values["problem"])
    return msgspec.convert(values, Inboxed, strict=False)


async def add_inboxed(tx: Transaction, rows: Sequence[Inboxed]) -> None:
    if rows:
        values = columns(rows) | {"exceptions": [",".join(row.exceptions) for row in rows]}
        values["problem"] = [_json(row.problem) for row in rows]
        await tx.run(
            """INSERT INTO inbox (made_by, id, source, seq, fingerprint, data, signature, carried_by, received_at,
                                  kind, subject_kind, subject_id, case_id, standing, reason, problem, n, exceptions,
                                  decided_at, after_gap)
               SELECT w.made_by, w.id, w.source, w.seq, w.fingerprint, w.data, w.signature, w.carried_by,
                      w.received_at, w.kind, w.subject_kind, w.subject_id, w.case_id, w.standing, w.reason,
                      w.problem::jsonb, w.n, string_to_array(w.exceptions, ','), w.decided_at, w.after_gap
               FROM unnest($made_by::uuid[], $id::uuid[], $source::text[], $seq::bigint[], $fingerprint::bytea[],
                           $data::bytea[], $signature::bytea[], $carried_by::uuid[], $received_at::timestamptz[],
                           $kind::text[], $subject_kind::text[], $subject_id::uuid[], $case_id::uuid[],
                           $standing::text[], $reason::text[], $problem::text[], $n::integer[], $exceptions::text[],
                           $decided_at::timestamptz[], $after_gap::boolean[])
                    AS w (made_by, id, source, seq, fingerprint, data, signature, carried_by, received_at, kind,
                          subject_kind, subject_id, case_id, standing, reason, problem, n, exceptions, decided_at,
                          after_gap)""",
            **values,
        )


async def change_standing(tx: Transaction, rows: Sequence[Inboxed]) -> None:
    """Only the standing and what explains it: the command itself never changes."""
    if rows:
        values = columns(rows) | {"exceptions": [",".join(row.exceptions) for row in rows]}
        values["problem"] = [_json(row.problem) for row in rows]
        await tx.run(
            """UPDATE inbox AS i
               SET standing = w.standing, reason = w.reason, problem = w.problem::jsonb, n = w.n,
                   exceptions = string_to_array(w.exceptions, ','), decided_at = w.decided_at,
                   after_gap = w.after_gap
               FROM unnest($made_by::uuid[], $id::uuid[], $standing::text[], $reason::text[], $problem::text[],
                           $n::integer[], $exceptions::text[], $decided_at::timestamptz[], $after_gap::boolean[])
                    AS w (made_by, id, standing, reason, problem, n, exceptions, decided_at, after_gap)
               WHERE i.made_by = w.made_by AND i.id = w.id""",
            **values,
        )


def _json(value: object) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


async def add_acts(tx: Transaction, rows: Sequence[Chained]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO acts (subject_kind, subject_id, n, made_by, id, parent, case_id, kind, actor, rules_made,
                                 rules_judged, claimed_at, occurred_at, clock, recorded_at, fingerprint, outcome,
                                 exceptions, previous, hash)
               SELECT w.subject_kind, w.subject_id, w.n, w.made_by, w.id, w.parent, w.case_id, w.kind, w.actor,
                      w.rules_made, w.rules_judged, w.claimed_at, w.occurred_at, w.clock, w.recorded_at,
                      w.fingerprint, w.outcome, string_to_array(w.exceptions, ','), w.previous, w.hash
               FROM unnest($subject_kind::text[], $subject_id::uuid[], $n::integer[], $made_by::uuid[], $id::uuid[],
                           $parent::uuid[], $case_id::uuid[], $kind::text[], $actor::uuid[], $rules_made::integer[],
                           $rules_judged::integer[], $claimed_at::timestamptz[], $occurred_at::timestamptz[],
                           $clock::text[], $recorded_at::timestamptz[], $fingerprint::bytea[], $outcome::text[],
                           $exceptions::text[], $previous::bytea[], $hash::bytea[])
                    AS w (subject_kind, subject_id, n, made_by, id, parent, case_id, kind, actor, rules_made,
                          rules_judged, claimed_at, occurred_at, clock, recorded_at, fingerprint, outcome,
                          exceptions, previous, hash)""",
            **(columns(rows) | {"exceptions": [",".join(row.exceptions) for row in rows]}),
        )


async def add_exceptions(tx: Transaction, rows: Sequence[OpenedException]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO exceptions (case_id, exception_id, made_by, act_id, machine, state, reason, opened_at,
                                       cleared_at, cleared_by)
               SELECT * FROM unnest($case_id::uuid[], $exception_id::uuid[], $made_by::uuid[], $act_id::uuid[],
                                    $machine::text[], $state::text[], $reason::text[], $opened_at::timestamptz[],
                                    $cleared_at::timestamptz[], $cleared_by::uuid[])
               ON CONFLICT (case_id, exception_id) DO UPDATE
               SET cleared_at = EXCLUDED.cleared_at, cleared_by = EXCLUDED.cleared_by""",
            **columns(rows),
        )


async def open_exceptions(tx: Transaction, cases: Sequence[UUID]) -> list[OpenedException]:
    rows = await tx.all(
        """SELECT case_id, exception_id, made_by, act_id, machine, state, reason, opened_at, cleared_at, cleared_by
           FROM exceptions WHERE case_id = ANY($cases::uuid[]) AND cleared_at IS NULL""",
        cases=list(cases),
    )
    return [shaped(row, OpenedException) for row in rows]


async def touches_of(tx: Transaction, subjects: Sequence[UUID], fields: Sequence[str]) -> list[Touch]:
    rows = await tx.all(
        """SELECT subject_kind, subject_id, field, n, made_by, value FROM touches
           WHERE subject_id = ANY($subjects::uuid[]) AND field = ANY($fields::text[])""",
        subjects=list(subjects),
        fields=list(fields),
    )
    return [shaped(row, Touch) for row in rows]


async def add_touches(tx: Transaction, rows: Sequence[Touch]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO touches (subject_kind, subject_id, field, n, made_by, value)
               SELECT * FROM unnest($subject_kind::text[], $subject_id::uuid[], $field::text[], $n::integer[],
                                    $made_by::uuid[], $value::bytea[])""",
            **columns(rows),
        )


async def waiting_on(tx: Transaction, subject: UUID) -> list[Inboxed]:
    """What is behind or in review on one subject, by maker in the order they made it."""
    rows = await tx.all(
        """SELECT made_by, id, source, seq, fingerprint, data, signature, carried_by, received_at,
                  kind, subject_kind, subject_id, case_id, standing, reason, problem, n, exceptions, decided_at,
                  after_gap
           FROM inbox
           WHERE subject_id = $subject AND standing IN ('behind', 'review')
           ORDER BY made_by, seq, received_at, id""",
        subject=subject,
    )
    return [_inboxed(row) for row in rows]


async def made_between(
    tx: Transaction, case: UUID, kind: str, since: datetime, until: datetime, *, by: UUID | None
) -> list[tuple[UUID, UUID]]:
    """(maker, id) of acts of one kind on a case. `by`: those alone that this person did."""
    rows = await tx.all(
        """SELECT made_by, id FROM acts
           WHERE subject_kind = 'case' AND subject_id = $case AND kind = $kind
             AND occurred_at BETWEEN $since AND $until AND ($by::uuid IS NULL OR actor = $by)
           ORDER BY n""",
        case=case,
        kind=kind,
        since=since,
        until=until,
        by=by,
    )
    return [(row["made_by"], row["id"]) for row in rows]


async def stalled(tx: Transaction) -> list[tuple[UUID, UUID]]:
    """(maker, subject) pairs where something stands behind and nothing it could stand behind is left."""
    rows = await tx.all(
        """SELECT DISTINCT b.made_by, b.subject_id FROM inbox AS b
           WHERE b.standing = 'behind'
             AND NOT EXISTS (SELECT FROM inbox AS r
                             WHERE r.made_by = b.made_by AND r.subject_id = b.subject_id AND r.standing = 'review')
             AND NOT EXISTS (SELECT FROM exceptions AS e WHERE e.case_id = b.case_id AND e.cleared_at IS NULL)"""
    )
    return [(row["made_by"], row["subject_id"]) for row in rows]
