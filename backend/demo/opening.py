"""The demo begins on any date: on days of rest its posts open for what the cast does, by days of their own."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from backend.database import Transaction
from backend.demo.past import WentWrong
from backend.ids import derived
from backend.units import service as units
from backend.units.model import Additions, DayKind, Place, UnitDay, UnitId

DAYS_BEFORE = 8
"""How long before its first day the demo's cases began."""
_LONGEST_REST = 15
_OPENS, _CLOSES = time(5, 30), time(20)
_NOTE = "Dữ liệu mẫu: mở cửa ngày nghỉ để có lượt phục vụ của bản trình diễn"


async def open_until(tx: Transaction, posts: Sequence[UnitId], today: date) -> None:
    """All days on which something of the demo's past happens, and its first one."""
    hours = await units.get_hours_of(tx, posts, today)
    days = [today - timedelta(days=before) for before in range(DAYS_BEFORE + 1)]
    opened = [
        UnitDay(
            version_id=derived("demo-day", post.hex, day.isoformat()),
            source=_NOTE,
            unit_id=post,
            day=day,
            kind=DayKind.WORK,
            opens=_OPENS,
            closes=_CLOSES,
            note=_NOTE,
        )
        for post in posts
        for day in days
        if not hours[post, Place.HOME].spans(day)
    ]
    await units.add(tx, Additions(unit_days=tuple(opened)))


async def next_open_day(tx: Transaction, post: UnitId, today: date) -> date:
    """The first one after today on which its couriers go out. Raises WentWrong."""
    hours = await units.get_opening_hours(tx, post, Place.HOME, today)
    for day in (today + timedelta(days=ahead) for ahead in range(1, _LONGEST_REST)):
        if hours.spans(day):
            return day
    raise WentWrong(f"the post is closed for {_LONGEST_REST} days after {today}")
