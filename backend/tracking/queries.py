"""SQL of the citizen's view. Reads only, and only what the page shows: no name, place, amount or procedure."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from backend.database import Transaction, shaped
from backend.tracking.model import Moment, Promise, Transfer


async def find_case(tx: Transaction, token_sha256: bytes, closed_before: datetime) -> UUID | None:
    """The case of a live token, or the one it was merged into, unless that was closed before that instant or erased:
    one look-up, whatever is wrong."""
    return await tx.value(
        """WITH RECURSIVE way AS (
               SELECT c.case_id, c.merged_into FROM tracking_tokens AS t JOIN cases AS c ON c.case_id = t.case_id
               WHERE t.token_sha256 = $token_sha256 AND t.live AND c.erased_at IS NULL
               UNION
               SELECT c.case_id, c.merged_into FROM way JOIN cases AS c ON c.case_id = way.merged_into
           )
           SELECT c.case_id FROM way JOIN cases AS c ON c.case_id = way.case_id
           WHERE way.merged_into IS NULL AND c.erased_at IS NULL
             AND (c.closed_at IS NULL OR c.closed_at >= $closed_before)""",
        token_sha256=token_sha256,
        closed_before=closed_before,
    )


async def moments(tx: Transaction, case: UUID) -> Sequence[Moment]:
    """The states the case came into, in the order in which the acts took effect: what was decided before it was there
    left it in none."""
    rows = await tx.all(
        """SELECT outcome::json ->> 'case' AS state, occurred_at AS at FROM acts
           WHERE subject_kind = 'case' AND subject_id = $case AND outcome::json ->> 'case' <> 'none'
           ORDER BY n""",
        case=case,
    )
    return [shaped(row, Moment) for row in rows]


async def next_promise(tx: Transaction, case: UUID) -> Promise | None:
    """The live appointment that comes first."""
    row = await tx.first(
        """SELECT purpose, day, time_window FROM appointments
           WHERE case_id = $case AND live ORDER BY day, time_window LIMIT 1""",
        case=case,
    )
    return None if row is None else shaped(row, Promise)


async def due_on(tx: Transaction, case: UUID) -> date | None:
    """The day that the agency's receipt promises; None before there is one."""
    return await tx.value("SELECT due_on FROM dossiers WHERE case_id = $case", case=case)


async def transfers(tx: Transaction, case: UUID) -> list[Transfer]:
    """Those still waited for: the payee's name and the reference alone."""
    rows = await tx.all(
        """SELECT a.holder AS payee, p.reference FROM payments AS p JOIN payee_accounts AS a ON a.id = p.account_id
           WHERE p.case_id = $case AND p.state IN ('waiting_transfer', 'said_sent', 'short')
           ORDER BY p.shown_at, p.payment_id""",
        case=case,
    )
    return [shaped(row, Transfer) for row in rows]


async def consents(tx: Transaction, case: UUID) -> list[str]:
    """Extras to which a yes stands."""
    rows = await tx.all(
        "SELECT extra FROM consents WHERE case_id = $case AND state = 'given' ORDER BY extra",
        case=case,
    )
    return [row["extra"] for row in rows]
