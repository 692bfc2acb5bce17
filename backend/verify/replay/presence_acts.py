"""What acts at a door say of whether the visit took place, told again: parts, doubts and grade (F12).

What the centre looked up at that moment (how long visits take, where the courier was before, a card's token, a word)
is taken from the row; what follows from it is not.
"""

from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Annotated, Any
from uuid import UUID

import msgspec

from backend.acts.reasons import reason
from backend.acts.thresholds import Thresholds, thresholds
from backend.verify.replay import door_acts, question_acts, visit_acts
from backend.verify.replay.deed import Deed
from backend.verify.replay.world import ANYTHING, NotBefore, Row, World, local_day

NEAREST = ("at_house", "near", "far", "unknown")
BY_ITSELF = {"gate_photo", "one_call", "two_calls"}
_UNGRADED = ("courier", "purpose", "outcome", "reason", "lasted", "floor", "grade", "ended_at", "graded_at")
_METRES = 6_371_000.0


class _Place(msgspec.Struct, frozen=True):
    lat: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    lon: Annotated[float, msgspec.Meta(ge=-180, le=180)]
    accuracy: Annotated[float, msgspec.Meta(ge=0)] | None = None
    age: Annotated[float, msgspec.Meta(ge=0)] | None = None


class _OnSite(msgspec.Struct, frozen=True):
    place: _Place | None = None
    card: Annotated[str, msgspec.Meta(max_length=200)] | None = None


_on_site = msgspec.json.Decoder(_OnSite).decode


def mark(world: World, deed: Deed) -> None:
    """Where the house is, if the registration says so."""
    if deed.personal is None:
        if deed.subject in world.marks_there:
            world.put("house_marks", _unknown_mark(deed))
        return
    said = msgspec.json.decode(deed.personal).get("place_mark")
    if said is not None and abs(said["lat"]) <= 90 and abs(said["lon"]) <= 180:
        _put_mark(world, deed, float(said["lat"]), float(said["lon"]))


def _put_mark(world: World, deed: Deed, lat: Any, lon: Any) -> None:
    world.put("house_marks", {"case_id": deed.subject, "lat": lat, "lon": lon, "by_phone": deed.by_phone})


def _unknown_mark(deed: Deed) -> Row:
    """As the table has it: the registration may have said so, or a phone afterwards."""
    return {"case_id": deed.subject, "lat": ANYTHING, "lon": ANYTHING, "by_phone": ANYTHING}


def keep_place(world: World, deed: Deed) -> None:
    """With consent, where the phone was; what a desk or the citizen said of the house stays."""
    known = world.find("house_marks", deed.subject)
    if known is not None and (known["lat"] is ANYTHING or (known["lat"] is not None and not known["by_phone"])):
        return
    if _unread(world, deed):
        if deed.subject in world.marks_there:
            world.put("house_marks", _unknown_mark(deed))
        return
    place = _placed(deed)
    if place is not None and _precise(place, thresholds(local_day(deed.occurred_at))):
        _put_mark(world, deed, place.lat, place.lon)


def _placed(deed: Deed) -> _Place | None:
    """None also where it cannot be read."""
    try:
        return _on_site(deed.personal or b"{}").place
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _precise(place: _Place, by: Thresholds) -> bool:
    if place.accuracy is None or place.age is None:
        return False
    return place.accuracy <= by.most_accuracy_m and place.age <= by.most_age_s


def blank(world: World, deed: Deed) -> None:
    for row in world.of_case("house_marks", deed.subject):
        world.put("house_marks", row, lat=None, lon=None)


def record_arrival(world: World, deed: Deed) -> None:
    visit_acts.record_arrival(world, deed)
    visit = world.get("visits", deed.uuid("visit_id"))
    served = {row["case_id"] for row in world.of_visit(visit["visit_id"]) if row["outcome"] is None}
    for case in sorted(served | {deed.subject}):
        row = _open(world, case, visit)
        if row is not None:
            read = case == deed.subject and (_unread(world, deed) or _says(deed, "card"))
            card = row["card"] or (read and _there(world, row, "card", False))
            world.put("presence", row, card=card, distance=_nearest(world, deed, row))


def log_call(world: World, deed: Deed) -> None:
    question_acts.log_call(world, deed)
    row = _of(world, deed) if deed.body.get("visit_id") is not None else None
    if row is not None and deed.body["direction"] == "out":
        times = [at for at in (row["first_call_at"], row["last_call_at"], deed.occurred_at) if at is not None]
        world.put("presence", row, calls=row["calls"] + 1, first_call_at=min(times), last_call_at=max(times))


def photograph(world: World, deed: Deed) -> None:
    door_acts.photograph(world, deed)
    row = _of(world, deed) if deed.body["component"] == "gate_photo" else None
    if row is not None:
        world.put("presence", row, gate=True)


def seal(world: World, deed: Deed) -> None:
    label = world.labelled(deed.body["label"])
    opened = label is not None and label["parcel_id"] is None
    door_acts.seal(world, deed)
    row = _of(world, deed) if opened else None
    if row is not None:
        world.put("presence", row, card=True)


def hand_over_result(world: World, deed: Deed) -> None:
    row = _of(world, deed)
    if row is not None:
        wrong = deed.body.get("word_ok") is False
        said = _unread(world, deed) or _says(deed, "word")
        word = "wrong" if wrong else _there(world, row, "word", row["word"]) if said else row["word"]
        world.put("presence", row, word=word)
    door_acts.hand_over_result(world, deed)


def finish_visit(world: World, deed: Deed) -> None:
    over = _is_over(world, deed)
    visit_acts.finish_visit(world, deed)
    if not over:
        _graded(world, deed, world.get("case_visits", deed.subject, deed.uuid("visit_id"))["outcome"], None)


def fail_visit(world: World, deed: Deed) -> None:
    over = _is_over(world, deed)
    visit_acts.fail_visit(world, deed)
    if not over:
        _graded(world, deed, "failed", deed.body["reason"])


def _is_over(world: World, deed: Deed) -> bool:
    """Ended for this case before, and be it that nobody went: then there is nothing to grade."""
    return world.has_ended(deed.subject, deed.uuid("visit_id"))


def _graded(world: World, deed: Deed, outcome: str, why: str | None) -> None:
    """Once: whoever says again that it ended changes nothing."""
    row = _of(world, deed)
    if row is None:
        return
    visit, by = world.get("visits", deed.uuid("visit_id")), thresholds(local_day(deed.occurred_at))
    row = row | {
        "distance": _nearest(world, deed, row),
        "evidence": " ".join(deed.body.get("evidence") or ()) if why is not None else "",
        "why_not": deed.body.get("why_not") if why is not None else None,
        "courier": visit["courier"],
        "purpose": visit["purpose"],
        "outcome": outcome,
        "reason": why,
        "lasted": _seconds(visit["arrived_at"], deed.occurred_at),
        "floor": _there(world, row, "floor", by.floor_s.get(visit["purpose"])),
        "jump": _there(world, row, "jump", False),
        "ended_at": deed.occurred_at,
        "graded_at": NotBefore(deed.received_at),
    }
    doubts = _doubts(row, by)
    world.put("presence", row, doubts=" ".join(doubts), grade=_grade(row, doubts, by))


def _doubts(row: Row, by: Thresholds) -> list[str]:
    short = row["lasted"] is not None and row["floor"] is not None and row["lasted"] < row["floor"]
    found = {
        "far": row["distance"] == "far",
        "short": short,
        "jump": row["jump"] is True,
        "evidence": bool(_missing(row, by)),
        "word": row["word"] == "wrong",
    }
    return [name for name, holds in found.items() if holds]


def _missing(row: Row, by: Thresholds) -> set[str]:
    if row["reason"] is None or row["why_not"] is not None:
        return set()
    seen = {"gate_photo"} if row["gate"] else set[str]()
    if row["calls"]:
        seen.add("one_call")
        apart: timedelta = row["last_call_at"] - row["first_call_at"]
        if row["calls"] > 1 and apart >= timedelta(minutes=by.calls_apart_min):
            seen.add("two_calls")
    return set(reason(row["reason"]).evidence) - (set(row["evidence"].split()) - BY_ITSELF) - seen


def _grade(row: Row, doubts: list[str], by: Thresholds) -> str:
    proved = row["card"] is True or row["word"] == "right" or row["distance"] == "at_house" or row["gate"]
    if "word" in doubts or (len(doubts) >= by.red_from and not proved):
        return "red"
    return "green" if proved and not doubts else "amber"


def _of(world: World, deed: Deed) -> Row | None:
    return _open(world, deed.subject, world.get("visits", deed.uuid("visit_id")))


def _open(world: World, case: UUID, visit: Row) -> Row | None:
    """None where the visit is at no home, or was graded before."""
    if visit["place"] != "home":
        return None
    row = world.find("presence", case, visit["visit_id"]) or {
        "case_id": case,
        "visit_id": visit["visit_id"],
        "card": False,
        "word": "none",
        "distance": "unknown",
        "gate": False,
        "calls": 0,
        "first_call_at": None,
        "last_call_at": None,
        "evidence": "",
        "why_not": None,
        "jump": False,
        "doubts": "",
        **dict.fromkeys(_UNGRADED),
    }
    return row if row["grade"] is None else None


def _there(world: World, row: Row, name: str, usual: object) -> Any:
    """As the table has it: the acts do not tell."""
    found = world.presence_there.get((row["case_id"], row["visit_id"]))
    return usual if found is None else found[name]


def _nearest(world: World, deed: Deed, row: Row) -> Any:
    if _unread(world, deed) or _mark(world, row) is ANYTHING:
        return _there(world, row, "distance", row["distance"])
    return min(row["distance"], _distance(world, deed, row), key=NEAREST.index)


def _distance(world: World, deed: Deed, row: Row) -> str:
    by, mark, place = thresholds(local_day(deed.occurred_at)), _mark(world, row), _placed(deed)
    if mark is None or place is None or place.accuracy is None or not _precise(place, by):
        return "unknown"
    apart = _apart(mark, (place.lat, place.lon)) - place.accuracy
    return "at_house" if apart <= by.at_house_m else "near" if apart <= by.near_m else "far"


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    north, east = radians(other[0] - one[0]), radians(other[1] - one[1])
    chord = sin(north / 2) ** 2 + cos(radians(one[0])) * cos(radians(other[0])) * sin(east / 2) ** 2
    return 2 * _METRES * asin(min(1.0, sqrt(chord)))


def _mark(world: World, row: Row) -> Any:
    mark = world.find("house_marks", row["case_id"])
    if mark is None or mark["lat"] is None:
        return None
    if mark["lat"] is ANYTHING:
        return ANYTHING
    return None if mark["by_phone"] else (mark["lat"], mark["lon"])


def _unread(world: World, deed: Deed) -> bool:
    """There was something, or may have been, that cannot be opened here."""
    return deed.personal is None and (deed.has_personal or deed.subject in world.erased_there)


def _says(deed: Deed, name: str) -> bool:
    """Nothing where it cannot be read, as for the centre."""
    try:
        said = msgspec.json.decode(deed.personal or b"{}", type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False
    return said.get(name) is not None


def _seconds(since: datetime | None, until: datetime) -> int | None:
    return None if since is None else max(0, int((until - since).total_seconds()))
