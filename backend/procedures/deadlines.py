"""When a result is due (F03). Pure: no I/O.

The time counts from the agency's receipt of the complete dossier, by the working days of the agency that decides.
Before that receipt exists nothing is promised: every date is "dự kiến".
"""

from datetime import date, datetime, timedelta

import msgspec

from backend.clock import VIETNAM
from backend.procedures.model import TimeKind, TimeLimit
from backend.units.calendars import WorkingCalendar


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """`on`: None when nobody knows the time limit. `provisional`: dự kiến."""

    on: date | None
    provisional: bool

    def words(self) -> str:
        """As phone, card text and page say it."""
        if self.on is None:
            return "chưa rõ"
        return f"dự kiến {self.on:%d/%m/%Y}" if self.provisional else f"hẹn trả {self.on:%d/%m/%Y}"


def due(
    limit: TimeLimit | None, received_at: datetime, calendar: WorkingCalendar, *, received: bool, longer: bool = False
) -> Due:
    """`received`: the agency's receipt (Mẫu 01) exists, and `received_at` is its time; else it is when one reckons with
    it. `longer`: the case of `longer_when`. A year whose days off nobody has decided makes the date provisional."""
    on = None if limit is None else _on(limit, received_at, calendar, longer=longer)
    return Due(on=on, provisional=not received or on is None or not calendar.knows(on))


def _on(limit: TimeLimit, received_at: datetime, calendar: WorkingCalendar, *, longer: bool) -> date | None:
    here = received_at.astimezone(VIETNAM)
    more = limit.longer or 0 if longer else 0
    if limit.kind is TimeKind.IN_DAY:
        if limit.cut_off is None:
            return None
        first = calendar.due_in_day(here.date(), here.time(), limit.cut_off)
        return calendar.add_working_days(first, more) if more else first
    if limit.count is None:
        return None
    if limit.kind is TimeKind.WORKING_DAYS:
        return calendar.add_working_days(here.date(), limit.count + more)
    last = here.date() + timedelta(days=limit.count + more)
    # A period that would end on a day off ends on the next working day (Bộ luật Dân sự 2015, Điều 148).
    return last if calendar.is_working_day(last) else calendar.add_working_days(last, 1)
