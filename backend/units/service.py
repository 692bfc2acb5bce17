"""What other capabilities ask of units, and how units come in. Nothing is looked up without a day."""

from collections.abc import Sequence
from datetime import date, datetime, time

from backend.clock import VIETNAM
from backend.database import Transaction
from backend.text import folded
from backend.units import queries, queries_add, seed
from backend.units.calendars import NEVER, OpeningHours, WorkingCalendar, opening_hours, working_calendar
from backend.units.identifiers import read_identifier
from backend.units.model import Additions, Commune, Place, Unit, UnitId

LONGEST_LIST = 50

get_unit = queries.get_unit
units_on = queries.units_on
get_same_level_post = queries.get_same_level_post
units_of_same_level_post = queries.units_of_same_level_post
get_lead_unit = queries.get_lead_unit
get_commune = queries.get_commune
communes_on = queries.communes_on
successors = queries.successors


async def get_agency(tx: Transaction, identifier: str, on: date) -> Unit:
    """The agency by either spelling of its identifier. Raises BadAgencyIdentifier, NoSuchUnit."""
    return await queries.get_agency(tx, read_identifier(identifier).canonical, on)


async def search_communes(tx: Transaction, text: str, on: date, *, limit: int = LONGEST_LIST) -> list[Commune]:
    """Communes by name, with or without tone marks; names repeat, so the answer is shown with code and district."""
    return await queries.search_communes(tx, folded(text), on, min(limit, LONGEST_LIST))


async def search_units(tx: Transaction, text: str, on: date, *, limit: int = LONGEST_LIST) -> list[Unit]:
    """Units by name, with or without tone marks."""
    return await queries.search_units(tx, folded(text), on, min(limit, LONGEST_LIST))


async def get_working_calendar(tx: Transaction, unit: UnitId, on: date) -> WorkingCalendar:
    """The unit's working days, past and to come, as one had to reckon with them on that day. Raises NoSuchUnit."""
    week = (await get_unit(tx, unit, on)).working_week
    return working_calendar(week, await queries.public_days(tx, on), await queries.unit_days(tx, [unit], on))


async def get_opening_hours(tx: Transaction, unit: UnitId, place: Place, on: date) -> OpeningHours:
    """The unit's hours at a place, as announced on that day."""
    return (await get_hours_of(tx, [unit], on)).get((unit, place), NEVER)


async def get_hours_of(tx: Transaction, units: Sequence[UnitId], on: date) -> dict[tuple[UnitId, Place], OpeningHours]:
    """The hours of several units at every place for which they have any, as announced on that day. Three statements."""
    weekly = await queries.unit_hours(tx, units, on)
    public = await queries.public_days(tx, on)
    own = await queries.unit_days(tx, units, on)
    return {
        (unit, place): opening_hours(
            place,
            [row for row in weekly if row.unit_id == unit],
            public,
            [row for row in own if row.unit_id == unit],
        )
        for unit, place in {(row.unit_id, row.place) for row in weekly}
    }


def due_in_day(calendar: WorkingCalendar, received: datetime, cut_off: time) -> date:
    """When a procedure done within the day is due, from the instant of receipt. See `WorkingCalendar.due_in_day`."""
    here = received.astimezone(VIETNAM)
    return calendar.due_in_day(here.date(), here.time(), cut_off)


async def add(tx: Transaction, new: Additions) -> None:
    """Records versions; those already recorded, by id, are left as they are. Raises OverlappingVersion."""
    await queries_add.add_provinces(tx, new.provinces)
    await queries_add.add_districts(tx, new.districts)
    await queries_add.add_communes(tx, new.communes)
    await queries_add.add_successions(tx, new.successions)
    await queries_add.add_public_days(tx, new.public_days)
    await queries_add.add_units(tx, new.units)
    await queries_add.add_areas(tx, new.areas)
    await queries_add.add_same_level_posts(tx, new.same_level_posts)
    await queries_add.add_lead_units(tx, new.lead_units)
    await queries_add.add_unit_days(tx, new.unit_days)
    await queries_add.add_hours(tx, new.hours)
    await queries_add.add_stages(tx, new.stages)


async def load_seed(tx: Transaction) -> None:
    """The provinces, districts, communes and public days that come with the product. A second call changes nothing."""
    await add(tx, seed.geography())
