"""How sure it is that a visit took place, from what the courier's phone saw and heard there (F12). Pure: no I/O."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from backend.acts.reasons import reason as reason_of
from backend.acts.thresholds import Thresholds

Distance = Literal["unknown", "at_house", "near", "far"]
NEAREST_FIRST = ("at_house", "near", "far", "unknown")
Grade = Literal["green", "amber", "red"]
Doubt = Literal["far", "short", "jump", "evidence", "word"]
GATE = "gate_photo"
"""The component under which the gate of a house is photographed where nobody opens."""
SEEN = frozenset({GATE, "one_call", "two_calls"})
"""Evidence that acts show by themselves: nobody's word is taken for it."""
_EARTH_M = 6_371_000.0

Latitude = Annotated[float, msgspec.Meta(ge=-90, le=90)]
Longitude = Annotated[float, msgspec.Meta(ge=-180, le=180)]


class Place(msgspec.Struct, frozen=True):
    """Where a phone was: `accuracy` in metres, `age` in seconds. Without these it says nothing."""

    lat: Latitude
    lon: Longitude
    accuracy: Annotated[float, msgspec.Meta(ge=0)] | None = None
    age: Annotated[float, msgspec.Meta(ge=0)] | None = None


class OnSite(msgspec.Struct, frozen=True):
    """Of the personal part of `record_arrival`, `finish_visit` and `fail_visit`, and of a consent to keep the place.
    `card`: what was read from the citizen's card or the label at the house."""

    place: Place | None = None
    card: Annotated[str, msgspec.Meta(max_length=200)] | None = None


class Mark(msgspec.Struct, frozen=True):
    """Where a house is on the map."""

    lat: Latitude
    lon: Longitude


class MarkPersonal(msgspec.Struct, frozen=True):
    """As it stands in the personal part of `register`, beside the address."""

    place_mark: Mark | None = None


class HouseMark(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `house_marks`: personal, blanked with the case. `by_phone`: a courier's own phone said so; that helps to
    find the house, and proves nothing about who was there."""

    case_id: UUID
    lat: float | None = None
    lon: float | None = None
    by_phone: bool = False


class Presence(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `presence`: what speaks for and against one case's part in a visit at a home.

    `word`: the hand-over word, as the centre found it. `distance`: the nearest that a position was to the house; the
    position itself stays sealed. `evidence`, `doubts`: codes, a space between them. `lasted`, `floor`: seconds. `jump`:
    nobody drives that fast from the house before. What comes after `grade` was given changes nothing.
    """

    case_id: UUID
    visit_id: UUID
    card: bool = False
    word: str = "none"
    distance: str = "unknown"
    gate: bool = False
    calls: int = 0
    first_call_at: datetime | None = None
    last_call_at: datetime | None = None
    evidence: str = ""
    why_not: str | None = None
    courier: UUID | None = None
    purpose: str | None = None
    outcome: str | None = None
    reason: str | None = None
    lasted: int | None = None
    floor: int | None = None
    jump: bool = False
    grade: str | None = None
    doubts: str = ""
    ended_at: datetime | None = None
    graded_at: datetime | None = None


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """Where and when a courier ended another visit."""

    courier: UUID
    visit_id: UUID
    ended_at: datetime
    lat: float
    lon: float


def metres(one: Mark, lat: float, lon: float) -> float:
    """Along the earth's surface (haversine)."""
    up, across = radians(lat - one.lat) / 2, radians(lon - one.lon) / 2
    h = sin(up) ** 2 + cos(radians(one.lat)) * cos(radians(lat)) * sin(across) ** 2
    return 2 * _EARTH_M * asin(min(1.0, sqrt(h)))


def distance(mark: HouseMark | None, place: Place | None, by: Thresholds) -> Distance:
    """Unknown where the house is on no map, or the position is old or vague."""
    if mark is None or mark.by_phone or mark.lat is None or mark.lon is None or place is None:
        return "unknown"
    if place.accuracy is None or not precise(place, by):
        return "unknown"
    apart = metres(Mark(mark.lat, mark.lon), place.lat, place.lon) - place.accuracy
    return "at_house" if apart <= by.at_house_m else "near" if apart <= by.near_m else "far"


def precise(place: Place, by: Thresholds) -> bool:
    """Neither old nor vague."""
    if place.accuracy is None or place.age is None:
        return False
    return place.accuracy <= by.most_accuracy_m and place.age <= by.most_age_s


def nearest(*known: str) -> str:
    return min(known, key=NEAREST_FIRST.index)


def is_jump(mark: HouseMark | None, began: datetime, before: Sequence[Ended], by: Thresholds) -> bool:
    """From the house where the courier ended last before this one began."""
    earlier = [one for one in before if one.ended_at <= began]
    if not earlier or mark is None or mark.by_phone or mark.lat is None or mark.lon is None:
        return False
    last = max(earlier, key=lambda one: (one.ended_at, one.visit_id))
    apart = metres(Mark(mark.lat, mark.lon), last.lat, last.lon)
    hours = (began - last.ended_at) / timedelta(hours=1)
    return apart > by.near_m and apart / 1000 > by.most_speed_kmh * hours


def evidence_missing(row: Presence, by: Thresholds) -> set[str]:
    """What the reason of a failure asks for and nobody shows, unless it is said why not."""
    if row.reason is None or row.why_not is not None:
        return set()
    return set(reason_of(row.reason).evidence) - (set(row.evidence.split()) - SEEN) - _seen(row, by)


def _seen(row: Presence, by: Thresholds) -> set[str]:
    seen = {GATE} if row.gate else set[str]()
    if row.calls:
        seen.add("one_call")
    if row.calls > 1 and row.first_call_at is not None and row.last_call_at is not None:
        apart = row.last_call_at - row.first_call_at >= timedelta(minutes=by.calls_apart_min)
        seen |= {"two_calls"} if apart else set()
    return seen


def doubts(row: Presence, by: Thresholds) -> list[Doubt]:
    found: list[tuple[Doubt, bool]] = [
        ("far", row.distance == "far"),
        ("short", row.lasted is not None and row.floor is not None and row.lasted < row.floor),
        ("jump", row.jump),
        ("evidence", bool(evidence_missing(row, by))),
        ("word", row.word == "wrong"),
    ]
    return [name for name, holds in found if holds]


def proved(row: Presence) -> bool:
    """Something that can only have been had at the house, or from who lives there."""
    return row.card or row.word == "right" or row.distance == "at_house" or row.gate


def grade(row: Presence, found: Collection[Doubt], by: Thresholds) -> Grade:
    """It never blocks anything. A wrong word is red by itself (F01)."""
    if "word" in found or (len(found) >= by.red_from and not proved(row)):
        return "red"
    return "green" if proved(row) and not found else "amber"
