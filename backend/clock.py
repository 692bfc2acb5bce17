"""The one place that asks what time it is, and the one function that turns an instant into a working day."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""Fixed +07:00: Việt Nam has had no other offset since 1975 and no daylight saving."""

Clock = Callable[[], datetime]
"""Returns the present instant, aware, UTC."""


def system_clock() -> datetime:
    return datetime.now(UTC)


def local_date(at: datetime) -> date:
    """The day (working day, shift, receipt year, regime) an instant belongs to."""
    return at.astimezone(VIETNAM).date()


class MovableClock:
    """A clock that a tester may move forward, never back (`TANNHA_NOW`, `POST /demo/clock`)."""

    def __init__(self, start: datetime | None = None) -> None:
        self._ahead = timedelta() if start is None else start - system_clock()

    def __call__(self) -> datetime:
        return system_clock() + self._ahead

    @property
    def ahead(self) -> timedelta:
        """How far this clock runs ahead of the machine's."""
        return self._ahead

    def move_to(self, at: datetime) -> None:
        """Raises ValueError when `at` lies in the past of this clock."""
        ahead = at - system_clock()
        if ahead < self._ahead:
            raise ValueError("the clock only moves forward")
        self._ahead = ahead
