"""All SQL on invitations."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from backend.database import Transaction, columns, shaped
from backend.visits.result_model import Invitation, InvitationRule


async def invitations_of(tx: Transaction, cases: Sequence[UUID]) -> list[Invitation]:
    rows = await tx.all(
        """SELECT case_id, invitation_id, day, invited_at, invited_by, how
           FROM invitations WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, Invitation) for row in rows]


async def save_invitations(tx: Transaction, rows: Sequence[Invitation]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO invitations (case_id, invitation_id, day, invited_at, invited_by, how)
               SELECT * FROM unnest($case_id::uuid[], $invitation_id::uuid[], $day::date[],
                                    $invited_at::timestamptz[], $invited_by::uuid[], $how::text[])
               ON CONFLICT (case_id, invitation_id) DO NOTHING""",
            **columns(rows),
        )


async def find_invitation_rule(tx: Transaction, on: date) -> InvitationRule | None:
    """None: nobody has entered one for that day."""
    row = await tx.first(
        """SELECT invitations, working_days_apart FROM invitation_rules
           WHERE daterange(valid_from, valid_until) @> $on::date""",
        on=on,
    )
    return None if row is None else shaped(row, InvitationRule)
