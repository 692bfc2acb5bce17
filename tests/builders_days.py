"""Days that a unit announces for itself."""

from datetime import date, time

from backend.ids import derived
from backend.units import service as units
from backend.units.model import Additions, DayKind, UnitDay, UnitId
from tests.builders import Field


def own_day(unit: UnitId, day: date, opens: time | None = None, closes: time | None = None) -> UnitDay:
    """Open from, until; closed when it opens at no time."""
    return UnitDay(
        version_id=derived("own day", day.isoformat()),
        source="test",
        unit_id=unit,
        day=day,
        kind=DayKind.OFF if opens is None else DayKind.WORK,
        opens=opens,
        closes=closes,
        note="test",
    )


async def open_on(field: Field, day: str, opens: time | None = None, closes: time | None = None) -> None:
    """The post announces one."""
    unit_day = own_day(UnitId(field.post), date.fromisoformat(day), opens, closes)
    await units.add(field.tx, Additions(unit_days=(unit_day,)))
