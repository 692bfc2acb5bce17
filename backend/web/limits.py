"""How often a stranger may ask: buckets that fill again with time, per place and for all together.

They live in the memory of one process: with n workers somebody who meets all of them may ask n times as often, and a
restart forgets. Against guessing tokens that does no harm, since one has 128 bits; those limits are there for the
machine, and so that nobody can go through anything by numbers. A courier's code has few digits and one minute to live.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from math import ceil

import msgspec

from backend.errors import TooManyRequests
from backend.staff.sign_in import place_of

MOST_PLACES = 50_000


class TooManyLooks(TooManyRequests):
    """Mở quá nhiều lần."""


class TooManyGuesses(TooManyRequests):
    """Kiểm tra sai quá nhiều lần."""


class Rate(msgspec.Struct, frozen=True):
    """`burst` at once, then `per_second`."""

    burst: float
    per_second: float


class Bucket:
    """What is left of a rate. A clock that only goes forward, in seconds, is passed in."""

    def __init__(self, rate: Rate, now: float) -> None:
        self.rate = rate
        self.left = rate.burst
        self.seen = now

    def wait(self, now: float) -> float:
        """Seconds until one may be taken; 0 when it may be now."""
        self.left = min(self.rate.burst, self.left + (now - self.seen) * self.rate.per_second)
        self.seen = now
        return max(0.0, (1 - self.left) / self.rate.per_second)

    def take(self) -> None:
        self.left -= 1


class Guesses:
    """Limits of checking a courier's code, of wrong answers only: per place (at a desk: per person), and per badge,
    real or not, from whatever places. A guess is right with a few chances in a million, and only for a minute or two.
    """

    PLACE = Rate(burst=30, per_second=0.1)
    """Whoever reads six digits aloud at a gate is misheard once or twice."""
    BADGE = Rate(burst=60, per_second=0.1)

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._buckets: OrderedDict[tuple[str, str], Bucket] = OrderedDict()

    def enter(self, place: str, badge: str) -> None:
        """Before anything is looked up. Raises TooManyGuesses."""
        now = self._now()
        wait = max(bucket.wait(now) for bucket in self._both(place, badge, now))
        if wait > 0:
            seconds = ceil(wait)
            raise TooManyGuesses(
                f"Chờ {seconds} giây rồi kiểm tra lại, hoặc gọi 0277 1022. Chưa kiểm tra được thì chưa đưa giấy tờ.",
                retry_after=seconds,
            )

    def was_wrong(self, place: str, badge: str) -> None:
        for bucket in self._both(place, badge, self._now()):
            bucket.take()

    def _both(self, place: str, badge: str, now: float) -> tuple[Bucket, ...]:
        """At a desk a badge has no limit of its own: 1022 answers also while somebody guesses on the public page."""
        rates = {("place", place): self.PLACE} | ({("badge", badge): self.BADGE} if badge else {})
        return tuple(self._bucket(key, rate, now) for key, rate in rates.items())

    def _bucket(self, key: tuple[str, str], rate: Rate, now: float) -> Bucket:
        found = self._buckets.pop(key, None) or Bucket(rate, now)
        self._buckets[key] = found
        if len(self._buckets) > MOST_PLACES:
            self._buckets.popitem(last=False)
        return found


class Looks:
    """Limits of the public page. A place is one IPv4 address, or the /64 of an IPv6 one."""

    PLACE = Rate(burst=3000, per_second=30)
    """Many people share an address: a village behind one mobile network, a post office."""
    WRONG = Rate(burst=400, per_second=0.5)
    """Wrong tokens: a mistyped one now and then, never a search."""
    ALL = Rate(burst=20_000, per_second=1000)

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._all = Bucket(self.ALL, now())
        self._places: OrderedDict[tuple[str, bool], Bucket] = OrderedDict()

    def enter(self, address: str) -> None:
        """Before anything is looked up. Raises TooManyLooks."""
        now, place = self._now(), place_of(address)
        here = self._bucket(place, wrong=False, now=now)
        wait = max(bucket.wait(now) for bucket in (here, self._bucket(place, wrong=True, now=now), self._all))
        if wait > 0:
            seconds = ceil(wait)
            raise TooManyLooks(f"Chờ {seconds} giây rồi mở lại. Cần gấp thì gọi 0277 1022.", retry_after=seconds)
        here.take()
        self._all.take()

    def was_wrong(self, address: str) -> None:
        """The token led nowhere."""
        self._bucket(place_of(address), wrong=True, now=self._now()).take()

    def _bucket(self, place: str, *, wrong: bool, now: float) -> Bucket:
        key = (place, wrong)
        found = self._places.pop(key, None)
        if found is None:
            found = Bucket(self.WRONG if wrong else self.PLACE, now)
        self._places[key] = found
        if len(self._places) > MOST_PLACES:
            self._places.popitem(last=False)
        return found
