"""The courier's own day, for the phone: the shift, the cash, and changes of the list that nobody has said to have
seen."""

from datetime import datetime
from uuid import UUID

from backend.acts import envelope
from backend.clock import local_date
from backend.database import Transaction
from backend.fees import queries as fees
from backend.staff.model import Carrier
from backend.sync import shift_queries as queries
from backend.sync.day_shift import BundledShift, OwnDay
from backend.sync.model import DECODERS
from backend.visits.jobs import Job, JobChange, accepted, changes

OPEN = "open"


async def own_day(tx: Transaction, carrier: Carrier, set_numbers: list[int], at: datetime) -> OwnDay:
    shift = await queries.find_shift(tx, carrier.person_id, carrier.unit_id, local_date(at))
    return OwnDay(
        shift=shift,
        cash=await fees.balance_of(tx, f"cash:{carrier.person_id}"),
        set_numbers=set_numbers,
        changes=await _changes(tx, carrier.person_id, shift, at),
    )


async def _changes(tx: Transaction, person: UUID, shift: BundledShift | None, at: datetime) -> list[JobChange]:
    """Nothing before the day has begun: then the whole list is new, and accepted with it."""
    if shift is None or shift.state != OPEN:
        return []
    seen = await _seen(tx, shift.shift_id)
    return changes(seen, await queries.jobs_of(tx, person, local_date(at), sorted({visit for visit, _ in seen})))


async def _seen(tx: Transaction, shift: UUID) -> dict[tuple[UUID, UUID], Job]:
    decoder = DECODERS["accept_jobs"]
    read = [envelope.read(data) for data in await queries.accepting(tx, shift)]
    return accepted(decoder.decode(one.body) for one in read)
