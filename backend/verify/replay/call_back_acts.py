"""What listing a visit for a call-back, and what the citizen then said, mean."""

from backend.verify.replay import looking
from backend.verify.replay.deed import Deed
from backend.verify.replay.world import World


def list_call_back(world: World, deed: Deed) -> None:
    world.put(
        "call_backs",
        {
            "case_id": deed.subject,
            "call_back_id": deed.uuid("call_back_id"),
            "visit_id": world.get("visits", deed.uuid("visit_id"))["visit_id"],
            "causes": " ".join(deed.body["causes"]),
            "courier": deed.uuid("courier"),
            "arranged_by": deed.uuids("arranged_by"),
            "state": "none",
            "listed_at": deed.occurred_at,
            "tries": 0,
            "answered_by": None,
            "answered_at": None,
        },
    )


def record_call_back(world: World, deed: Deed) -> None:
    row = world.get("call_backs", deed.subject, deed.uuid("call_back_id"))
    world.put("call_backs", row, tries=row["tries"] + 1, answered_by=deed.actor, answered_at=deed.occurred_at)
    if deed.body["answer"] == "disagrees":
        looking.bring(world, deed, "visit_disputed", row["call_back_id"])
