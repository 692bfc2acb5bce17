"""What acts mean by which a visit begins and ends."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.verify.replay import people_acts
from backend.verify.replay.case_acts import carry, leave_bundle, new_case_visit
from backend.verify.replay.deed import Deed
from backend.verify.replay.door_acts import served, the_visit
from backend.verify.replay.world import ANYTHING, Row, World, hour_of, local_day


def record_arrival(world: World, deed: Deed) -> None:
    what = deed.body.get("unplanned")
    if what is not None and world.find("case_visits", deed.subject, deed.uuid("visit_id")) is None:
        _begin(world, deed, what)
    world.put("visits", the_visit(world, deed), arrived_at=deed.occurred_at)


def _begin(world: World, deed: Deed, what: Mapping[str, Any]) -> None:
    """Nobody planned it: it is there where the citizen asked, in the hour in which it began."""
    visit = deed.uuid("visit_id")
    there = world.find("visits", visit)
    if there is not None and not (there["unplanned"] and there["courier"] == deed.actor):
        return
    hour = hour_of(deed.occurred_at)
    world.put(
        "visits",
        there
        or {
            "visit_id": visit,
            "unit_id": UUID(what["unit"]),
            "courier": deed.actor,
            "purpose": what.get("purpose", "collect"),
            "place": what.get("place", "home"),
            "day": local_day(deed.occurred_at),
            "time_window": f"{hour:02}:00-{(hour + 1) % 24:02}:00",
            "state": "none",
            "outcome": None,
            "reason": None,
            "arrived_at": None,
            "ended_at": None,
            "unplanned": True,
        },
    )
    world.put("case_visits", new_case_visit(deed.subject, visit))
    carry(world, deed.subject, deed.actor, visit, present=True)


def send_anyway(world: World, deed: Deed) -> None:
    missing = "\n".join(dict.fromkeys(deed.body["missing"]))
    world.put("case_visits", served(world, deed), missing=missing)


def finish_visit(world: World, deed: Deed) -> None:
    """Nothing is done with a form that was read back and is not signed."""
    outcome, unsigned = deed.body["outcome"], people_acts.unsigned(world, deed.subject, deed.uuid("visit_id"))
    if outcome == "done" and unsigned != 0:
        outcome = "incomplete_sent" if unsigned else ANYTHING
    _over(world, deed, {"outcome": outcome})


def fail_visit(world: World, deed: Deed) -> None:
    _over(world, deed, {"outcome": "failed", "reason": deed.body["reason"]})


def record_not_gone(world: World, deed: Deed) -> None:
    _over(world, deed, {"outcome": "not_gone", "reason": deed.body.get("reason")})


def _over(world: World, deed: Deed, how: Row) -> None:
    """For this case it ends once; whoever says so again changes nothing."""
    visit, part = deed.uuid("visit_id"), served(world, deed)
    if world.has_ended(deed.subject, visit):
        return
    world.put("visits", the_visit(world, deed), ended_at=deed.occurred_at, **how)
    world.put("case_visits", part, outcome=how["outcome"])
    for appointment in world.of_case("appointments", deed.subject):
        if appointment["visit_id"] == visit:
            world.put("appointments", appointment, live=False)
    leave_bundle(world, deed.subject, visit)
