"""Inbox rows and answers: what is kept of a command, and what its maker hears."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from backend.acts.envelope import fingerprint
from backend.acts.model import Act, Answer, Inboxed, Problem, Source, Standing
from backend.sync.reading import Unread


def case_of(subject: tuple[str, UUID]) -> UUID | None:
    return subject[1] if subject[0] == "case" else None


def inboxed(
    act: Act,
    standing: Standing,
    at: datetime,
    *,
    reason: str | None = None,
    problem: Problem | None = None,
    n: int | None = None,
    exceptions: Sequence[str] = (),
) -> Inboxed:
    """The inbox row of a command that could be read. `at`: when it was decided, which may be long after it came."""
    envelope = act.envelope
    return Inboxed(
        made_by=envelope.made_by,
        id=envelope.id,
        source=act.source,
        seq=envelope.seq,
        fingerprint=act.fingerprint,
        data=act.data,
        signature=act.signature,
        carried_by=act.carried_by,
        received_at=act.received_at,
        kind=envelope.kind,
        subject_kind=envelope.subject.kind,
        subject_id=envelope.subject.id,
        case_id=case_of((envelope.subject.kind, envelope.subject.id)),
        standing=standing,
        reason=reason,
        problem=problem,
        n=n,
        exceptions=exceptions,
        decided_at=None if standing in (Standing.HELD, Standing.BEHIND) else max(act.received_at, at),
        after_gap=act.after_gap,
    )


def unread_row(unread: Unread, carrier: UUID, at: datetime) -> Inboxed:
    """The inbox row of bytes that nobody signed: under the carrier."""
    return Inboxed(
        made_by=carrier,
        id=unread.id,
        source=Source.DEVICE,
        seq=None,
        fingerprint=fingerprint(unread.command.data),
        data=unread.command.data,
        signature=unread.command.signature,
        carried_by=carrier,
        received_at=at,
        kind=None,
        subject_kind=None,
        subject_id=None,
        case_id=None,
        standing=Standing.REVIEW,
        reason=unread.reason,
        decided_at=at,
    )


def answer_of(row: Inboxed) -> Answer:
    problem = row.problem if isinstance(row.problem, Problem) or row.problem is None else Problem(**row.problem)
    return Answer(
        id=row.id,
        fingerprint=row.fingerprint.hex(),
        standing=row.standing,
        n=row.n,
        problem=problem,
        exceptions=row.exceptions,
    )
