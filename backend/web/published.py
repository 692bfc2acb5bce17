"""What the catalogue says for a case, at the case's date, and when its result is due (F03)."""

from datetime import date, datetime

import msgspec

from backend.clock import local_date
from backend.database import Transaction
from backend.procedures import service as procedures
from backend.procedures.deadlines import Due
from backend.procedures.model import ProcedureVersion
from backend.units.errors import NoSuchUnit
from backend.units.model import UnitId
from backend.web.views import CaseRow
from backend.web.words import OVER

COMPLETE = frozenset({"passed", "waived"})
"""Results of a check that found everything there."""


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """`on`: the date of reception, until then of registration. `version`: None: not in the catalogue that day.
    `received_at`: when the agency had the complete dossier. `due`: None when nothing is waited for."""

    on: date
    version: ProcedureVersion | None
    received_at: datetime | None
    due: Due | None


async def published(tx: Transaction, case: CaseRow, reached: datetime | None, now: datetime) -> Published:
    """`reached`: when the last of its papers came to the agency, once the check has found them complete. Until the
    agency's receipt (Mẫu 01) is issued every day is "dự kiến"."""
    received_at = case.receipt_received_at or reached
    on = case.regime_on if received_at is None else local_date(received_at)
    version = await procedures.find_version(tx, case.procedure, on)
    waits = received_at is not None or case.state not in OVER
    due = await _due(tx, case, version, received_at or now) if waits else None
    return Published(on=on, version=version, received_at=received_at, due=due)


async def _due(tx: Transaction, case: CaseRow, version: ProcedureVersion | None, at: datetime) -> Due:
    """As the receipt says; before there is one as if it were received then, which is no promise."""
    if case.receipt_due_on is not None:
        return Due(on=case.receipt_due_on, provisional=False)
    if version is not None:
        try:
            return await procedures.due(tx, version, UnitId(case.competent_unit), at, received=False)
        except NoSuchUnit:
            pass  # an office that is no more has no working days
    return Due(on=None, provisional=True)
