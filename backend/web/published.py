"""What the catalogue says for a case, at the case's date, and when its result is due (F03)."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from backend.clock import local_date
from backend.database import Transaction
from backend.procedures import service as procedures
from backend.procedures.deadlines import Due
from backend.procedures.model import ProcedureVersion
from backend.units.errors import NoSuchUnit
from backend.units.model import UnitId
from backend.web.talk_views import ActRow
from backend.web.views import CaseRow
from backend.web.words import OVER

HANDED = "handed_to_agency"
COMPLETE = frozenset({"passed", "waived"})


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """`on`: the date of reception, until then of registration. `version`: None: not in the catalogue that day.
    `received_at`: when the agency had the complete dossier. `due`: None when nothing is waited for."""

    on: date
    version: ProcedureVersion | None
    received_at: datetime | None
    due: Due | None


async def published(tx: Transaction, case: CaseRow, timeline: Sequence[ActRow], now: datetime) -> Published:
    """`timeline`: in the order in which the acts took effect."""
    received_at = received(case, timeline)
    on = case.regime_on if received_at is None else local_date(received_at)
    version = await procedures.find_version(tx, case.procedure, on)
    waits = received_at is not None or case.state not in OVER
    due = await _due(tx, case, version, received_at, now) if waits else None
    return Published(on=on, version=version, received_at=received_at, due=due)


def received(case: CaseRow, timeline: Sequence[ActRow]) -> datetime | None:
    """When the agency had the papers that a check then found complete: the last time they came to it. None: not yet."""
    if case.check_result not in COMPLETE:
        return None
    came, before = None, None
    for act in timeline:
        if act.state == HANDED and before != HANDED:
            came = act.occurred_at
        before = act.state or before
    return came


async def _due(
    tx: Transaction, case: CaseRow, version: ProcedureVersion | None, received_at: datetime | None, now: datetime
) -> Due:
    """Before the receipt: as if it were today, which is no promise."""
    if version is not None:
        try:
            return await procedures.due(
                tx, version, UnitId(case.competent_unit), received_at or now, received=received_at is not None
            )
        except NoSuchUnit:
            pass  # an office that is no more has no working days
    return Due(on=None, provisional=True)
