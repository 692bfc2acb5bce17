"""What acts on a result mean: released, opened, kept for whoever is invited, sent on or back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from backend.verify.replay import presence_acts
from backend.verify.replay.custody_acts import with_holder
from backend.verify.replay.deed import Deed
from backend.verify.replay.door_acts import the_visit
from backend.verify.replay.seen_acts import NEVER_SEEN
from backend.verify.replay.world import ANYTHING, World, local_day

CAME_BACK = ("back_for_correction", "returned_to_agency")
"""States in which a new result takes the place of the one before."""
HOUSE = ("address", "hamlet", "landmark", "access")


def release_result(world: World, deed: Deed) -> None:
    """The result is a paper in the agency's hands, in a parcel of its own."""
    for before in world.of_case("papers", deed.subject):
        if world.get("cases", deed.subject)["state"] in CAME_BACK and before["is_result"]:
            world.put("papers", before, superseded=True)
    body, case, parcel = deed.body, deed.subject, deed.uuid("parcel_id")
    agency = with_holder(("unit", world.get("cases", case)["competent_unit"]))
    world.put(
        "parcels",
        {"case_id": case, "parcel_id": parcel, "label": None, "seal_number": None, "state": "none"} | agency,
    )
    world.put(
        "papers",
        {
            "case_id": case,
            "paper_id": deed.uuid("paper_id"),
            "component": body["component"],
            "form": "original",
            "originals": body.get("originals", 1),
            "copies": body.get("copies", 0),
            "condition": "intact",
            "is_result": True,
            "state": "none",
            "parcel_id": parcel,
            **NEVER_SEEN,
            **agency,
        },
    )


def open_result(world: World, deed: Deed) -> None:
    the_visit(world, deed)
    world.get("parcels", deed.subject, deed.uuid("parcel_id"))


def reseal(world: World, deed: Deed) -> None:
    the_visit(world, deed)
    parcel = world.get("parcels", deed.subject, deed.uuid("parcel_id"))
    world.put("parcels", parcel, seal_number=deed.body["seal_number"])


def invite(world: World, deed: Deed) -> None:
    world.put(
        "invitations",
        {
            "case_id": deed.subject,
            "invitation_id": deed.uuid("invitation_id"),
            "day": local_day(deed.occurred_at),
            "invited_at": deed.occurred_at,
            "invited_by": deed.actor,
            "how": deed.body["how"],
        },
    )


def forward_result(world: World, deed: Deed) -> None:
    """To another post, where the citizen lives now."""
    case, post = world.get("cases", deed.subject), UUID(deed.body["post"])
    world.put("cases", case, handling_unit=post, **house(deed.personal))
    world.put("case_units", {"case_id": deed.subject, "unit_id": post, "relation": "handling"})
    presence_acts.blank(world, deed)


def house(sealed: bytes | None) -> Mapping[str, Any]:
    if sealed is None:
        return dict.fromkeys(HOUSE, ANYTHING)
    told: Mapping[str, Any] = msgspec.json.decode(sealed)
    return {name: told.get(name) for name in HOUSE}
