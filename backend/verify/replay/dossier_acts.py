"""What acts on the agency's file mean: what the portal says of it, and the receipt and appointment (Mẫu 01)."""

from uuid import UUID

from backend.verify.replay.deed import Deed
from backend.verify.replay.world import Missing, Row, World, local_day

OFFICES = ("one_stop", "agency")
CLOSED_AT_THE_PORTAL = (3, 7, 8, 10)
"""Không được tiếp nhận, công dân rút, dừng xử lý, đã trả kết quả."""


def mirror(case: UUID) -> Row:
    """Before the agency has said anything."""
    return {
        "case_id": case,
        "code": None,
        "live": True,
        "portal_status": None,
        "source": None,
        "reported_at": None,
        "received_at": None,
        "due_on": None,
        "receipt_at": None,
        "receipt_by": None,
    }


def dossier(world: World, case: UUID) -> Row:
    return world.find("dossiers", case) or mirror(case)


def report_portal_status(world: World, deed: Deed) -> None:
    """A late report never stands over a newer one."""
    told = dossier(world, deed.subject)
    if told["reported_at"] is None or told["reported_at"] <= deed.occurred_at:
        given_up = world.get("cases", deed.subject)["state"] in {"withdrawn", "cancelled", "merged"}
        told = told | {
            "portal_status": deed.body["status"],
            "source": deed.body["source"],
            "reported_at": deed.occurred_at,
            "live": deed.body["status"] not in CLOSED_AT_THE_PORTAL and not given_up,
        }
    world.put("dossiers", told)


def issue_receipt(world: World, deed: Deed) -> None:
    """It speaks of a time at which papers really came to an office, and promises no day before it."""
    received_at, due_on = deed.moment("received_at"), deed.day("due_on")
    came = [
        half["received_at"]
        for half in world.of_case("hand_overs", deed.subject)
        if half["receiver_kind"] == "unit" and world.unit_kinds.get(half["receiver"]) in OFFICES
    ]
    if received_at is None or received_at not in came or due_on < local_day(received_at):
        raise Missing(f"papers that came to an office at {received_at} and are due on {due_on}")
    world.put(
        "dossiers",
        world.get("dossiers", deed.subject),
        received_at=received_at,
        due_on=due_on,
        receipt_at=deed.occurred_at,
        receipt_by=deed.actor,
    )
