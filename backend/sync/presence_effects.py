"""What acts at a door say of whether the visit took place. It is kept beside the visit, and refuses nothing (F12)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

import msgspec
from msgspec.structs import replace

from backend.acts.model import Source
from backend.acts.thresholds import Thresholds, thresholds
from backend.clock import local_date
from backend.documents.model import Photograph
from backend.dossiers.model import LogCall
from backend.presence import model
from backend.presence.model import GATE, Ended, HouseMark, MarkPersonal, OnSite, Presence
from backend.sync.doing import Doing
from backend.sync.party_effects import personal_of
from backend.sync.world import World
from backend.visits.model import FailVisit, HandOverResult, Visit

T = TypeVar("T")
FAILED = "failed"
_on_site, _marked = msgspec.json.Decoder(OnSite).decode, msgspec.json.Decoder(MarkPersonal).decode


def registered(do: Doing) -> None:
    """Where the house is on the map, if anybody said. At a desk what no map has is refused."""
    by_phone = do.act.source is Source.DEVICE
    mark = (_heard(do, _marked, MarkPersonal()) if by_phone else personal_of(do, MarkPersonal)).place_mark
    if mark is not None:
        do.world.put(HouseMark(case_id=do.subject, lat=mark.lat, lon=mark.lon, by_phone=by_phone))


def place_kept(do: Doing) -> None:
    """With the citizen's consent, where the phone is. A mark that somebody else gave stays."""
    known, place = do.world.get(HouseMark, do.subject), _said(do).place
    if place is None or not model.precise(place, _thresholds(do)):
        return
    if known is None or known.lat is None or known.by_phone:
        do.world.put(HouseMark(case_id=do.subject, lat=place.lat, lon=place.lon, by_phone=True))


def unmark(do: Doing) -> None:
    """Where the house was on the map says nothing any more, or may not be kept."""
    do.world.put(*(HouseMark(case_id=one.case_id) for one in do.world.of_case(HouseMark, do.subject)))


def arrived(do: Doing, visit: Visit) -> None:
    """For every case of the household that is still to be served."""
    served = {row.case_id for row in do.world.of_visit(visit.visit_id) if row.outcome is None}
    for case in sorted(served | {do.subject}):
        row = _open(do.world, case, visit)
        if row is not None:
            card = row.card or (case == do.subject and do.world.knows("card", do.act.key))
            do.world.put(replace(row, card=card, distance=_nearest(do, row)))


def called(do: Doing, body: LogCall, visit: Visit) -> None:
    row = _open(do.world, do.subject, visit)
    if row is not None and body.direction == "out":
        at = do.act.occurred_at
        first, last = min(row.first_call_at or at, at), max(row.last_call_at or at, at)
        do.world.put(replace(row, calls=row.calls + 1, first_call_at=first, last_call_at=last))


def photographed(do: Doing, body: Photograph, visit: Visit) -> None:
    row = _open(do.world, do.subject, visit) if body.component == GATE else None
    if row is not None:
        do.world.put(replace(row, gate=True))


def carded(do: Doing, visit: Visit) -> None:
    """A label set was opened there: its label is on the parcel, its card with the citizen."""
    row = _open(do.world, do.subject, visit)
    if row is not None:
        do.world.put(replace(row, card=True))


def word_said(do: Doing, body: HandOverResult, visit: Visit) -> None:
    row, wrong = _open(do.world, do.subject, visit), do.world.knows("wrong_word", do.act.key)
    if row is not None and (wrong or body.word_ok is False):
        do.world.put(replace(row, word="wrong"))
    elif row is not None and do.world.knows("right_word", do.act.key):
        do.world.put(replace(row, word="right"))


def ended(do: Doing, visit: Visit, body: object) -> None:
    """`visit`: as it has ended for this case. The grade is given once."""
    row = _open(do.world, do.subject, visit)
    if row is None:
        return
    by, at = _thresholds(do), do.act.occurred_at
    failed = body if isinstance(body, FailVisit) else None
    floors = by.floor_s | do.world.floors
    row = replace(
        row,
        distance=_nearest(do, row),
        evidence="" if failed is None else " ".join(failed.evidence),
        why_not=None if failed is None else failed.why_not,
        courier=visit.courier,
        purpose=visit.purpose,
        outcome=visit.outcome,
        reason=None if failed is None else failed.reason,
        lasted=_seconds(visit.arrived_at, at),
        floor=floors[FAILED if failed is not None else visit.purpose],
        jump=_jumped(do, visit, by),
        ended_at=at,
        graded_at=max(do.act.received_at, do.world.decided_at or do.act.received_at),
    )
    found = model.doubts(row, by)
    do.world.put(replace(row, doubts=" ".join(found), grade=model.grade(row, found, by)))


def _open(world: World, case: UUID, visit: Visit) -> Presence | None:
    """None at a counter, where colleagues see who comes; and once the grade was given."""
    if visit.place != "home":
        return None
    row = world.get(Presence, case, visit.visit_id) or Presence(case_id=case, visit_id=visit.visit_id)
    return row if row.grade is None else None


def _thresholds(do: Doing) -> Thresholds:
    return thresholds(local_date(do.act.occurred_at))


def _nearest(do: Doing, row: Presence) -> str:
    """The phone may have gone on before the act was written: what was nearest counts."""
    mark = do.world.get(HouseMark, row.case_id)
    return model.nearest(row.distance, model.distance(mark, _said(do).place, _thresholds(do)))


def _said(do: Doing) -> OnSite:
    return _heard(do, _on_site, OnSite())


def _heard(do: Doing, decode: Callable[[bytes], T], nothing: T) -> T:
    """What cannot be read says nothing: for that no fact waits."""
    try:
        return decode(do.act.personal or b"{}")
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return nothing


def _seconds(since: datetime | None, until: datetime) -> int | None:
    return None if since is None else max(0, int((until - since) / timedelta(seconds=1)))


def _jumped(do: Doing, visit: Visit, by: Thresholds) -> bool:
    before = [one for one in (*do.world.ends, *_of_this_batch(do.world)) if one.courier == visit.courier]
    others = [one for one in before if one.visit_id != visit.visit_id]
    return model.is_jump(do.world.get(HouseMark, do.subject), visit.arrived_at or do.act.occurred_at, others, by)


def _of_this_batch(world: World) -> list[Ended]:
    """A phone that comes back into the network sends its whole day at once."""
    found: list[Ended] = []
    for row in world.all_of(Presence):
        mark = world.get(HouseMark, row.case_id)
        if mark is None or mark.lat is None or mark.lon is None or row.courier is None or row.ended_at is None:
            continue
        found.append(
            Ended(courier=row.courier, visit_id=row.visit_id, ended_at=row.ended_at, lat=mark.lat, lon=mark.lon)
        )
    return found
