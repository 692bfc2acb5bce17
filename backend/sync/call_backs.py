"""The daily call-back list (phúc tra): visits of days that are over, put on it by a timer's acts.

All red visits, all failures, fees that were not paid, transfers said but not come, and a share by lot. The lot of a day
is made when the day is over, so nobody knows it at the door; it is kept, so the verifier draws again.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from backend.acts.envelope import Subject
from backend.acts.thresholds import thresholds
from backend.clock import VIETNAM, local_date
from backend.database import Transaction
from backend.ids import derived
from backend.keys import KeyRing, Purpose
from backend.presence import call_back_model
from backend.presence import call_back_queries as queries
from backend.presence.call_back_model import Candidate, Cause, Draw
from backend.sync.timer import by_timer

DAYS_BACK = 7
"""Phones come back into a network late, and transfers are waited for."""
AGAIN = timedelta(hours=1)
MOST = 200
"""Of one round; the rest goes in the next."""


async def list_due(tx: Transaction, ring: KeyRing, at: datetime) -> int:
    """How many were put on the list. Nothing to do until a day is over, and then once an hour."""
    today = local_date(at)
    since = today - timedelta(days=DAYS_BACK)
    known = await queries.draws_since(tx, since)
    if _is_done(known, today, at):
        return 0
    draws = known + await _drawn(tx, ring, {draw.day for draw in known}, since, today, at)
    lots = {draw.day: draw for draw in draws}
    wait = timedelta(hours=thresholds(today).transfer_wait_h)
    ended = (_begins(since), _begins(today))
    found = await queries.candidates(tx, days=(since, today), ended=ended, said_before=at - wait)
    due = [(one, causes) for one in found if (causes := call_back_model.causes(one, lots[one.day]))]
    listed = 0
    for one, causes in due[:MOST]:
        listed += await _put_on(tx, ring, one, causes, at)
    if len(due) <= MOST:
        await queries.looked_at(tx, since, at)
    return listed


def _is_done(known: Sequence[Draw], today: date, at: datetime) -> bool:
    yesterday = next((draw for draw in known if draw.day == today - timedelta(days=1)), None)
    return yesterday is not None and yesterday.looked_at is not None and at - yesterday.looked_at < AGAIN


async def _drawn(
    tx: Transaction, ring: KeyRing, known: set[date], since: date, today: date, at: datetime
) -> list[Draw]:
    days = [since + timedelta(days=n) for n in range((today - since).days)]
    key = ring.current(Purpose.PRESENCE, at)
    new = [
        Draw(
            day=day,
            seed=key.mac(b"call-back draw" + day.isoformat().encode()),
            per_mille=thresholds(day).call_back_per_mille,
            drawn_at=at,
        )
        for day in days
        if day not in known
    ]
    await queries.add_draws(tx, new)
    return new


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)


async def _put_on(tx: Transaction, ring: KeyRing, one: Candidate, causes: Sequence[Cause], at: datetime) -> bool:
    """What the rules refuse is looked at again in the next round."""
    call_back = derived("call-back", one.case_id.hex, one.visit_id.hex)
    body = {
        "call_back_id": str(call_back),
        "visit_id": str(one.visit_id),
        "causes": list(causes),
        "courier": str(one.courier),
        "arranged_by": [str(person) for person in one.arranged_by],
    }
    act = derived("list-call-back", call_back.hex)
    return await by_timer(tx, ring, act, Subject("case", one.case_id), "list_call_back", body, at)
