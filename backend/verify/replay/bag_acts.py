"""What acts on bags mean: filled, tied with a manifest, received with what was found, signed for by two.

A parcel goes in and out on the chain of its case; what the bag itself went through is on the bag's.
"""

from uuid import UUID

from backend.verify.replay.custody_acts import Holder
from backend.verify.replay.deed import Deed
from backend.verify.replay.looking import bring
from backend.verify.replay.world import Missing, Row, World


def put_in_bag(world: World, deed: Deed) -> None:
    """Unless it has been received out of that bag already."""
    bag, parcel = deed.uuid("bag_id"), world.get("parcels", deed.subject, deed.uuid("parcel_id"))
    half = world.find("hand_overs", deed.subject, bag)
    if half is None or half["received_at"] is None:
        _give(world, deed.subject, parcel, ("bag", bag))


def take_out_of_bag(world: World, deed: Deed) -> None:
    bag, parcel = deed.uuid("bag_id"), world.get("parcels", deed.subject, deed.uuid("parcel_id"))
    if (parcel["holder_kind"], parcel["holder"]) != ("bag", bag) or bag not in world.bag_units:
        raise Missing(f"parcel {parcel['parcel_id']} in bag {bag}")
    _give(world, deed.subject, parcel, ("unit", world.bag_units[bag]))


def _give(world: World, case: UUID, parcel: Row, holder: Holder) -> None:
    """The parcel and what is in it, as they are, into other hands."""
    held = {"holder_kind": holder[0], "holder": holder[1]}
    world.put("parcels", parcel, **held)
    for paper in world.of_case("papers", case):
        if paper["parcel_id"] == parcel["parcel_id"]:
            world.put("papers", paper, **held)


def open_bag(world: World, deed: Deed) -> None:
    unit = deed.uuid("unit")
    world.put(
        "bags",
        {
            "bag_id": deed.subject,
            "tag": deed.body["tag"],
            "unit_id": unit,
            "to_unit": deed.uuid("to_unit"),
            "state": "none",
            "holder_kind": "unit",
            "holder": unit,
            "opened_at": deed.occurred_at,
            **dict.fromkeys(("seal_number", "closed_at", "offered_at", "received_at", "received_by", "result")),
            **dict.fromkeys(("giver_signed_by", "giver_signed_at", "receiver_signed_by", "receiver_signed_at")),
            **dict.fromkeys(("settled_by", "settled_at", "settled_because")),
        },
    )


def close_bag(world: World, deed: Deed) -> None:
    bag = world.get("bags", deed.subject)
    world.put("bags", bag, seal_number=deed.body["seal_number"], closed_at=deed.occurred_at)
    for case, parcel in named(deed, "parcels"):
        _parcel(world, deed, case, parcel, announced=True, found=False)


def offer_bag(world: World, deed: Deed) -> None:
    world.put("bags", world.get("bags", deed.subject), offered_at=deed.occurred_at)


def receive_bag(world: World, deed: Deed) -> None:
    """Who had it answers for what it lacked."""
    bag, announced = world.get("bags", deed.subject), expected(world, deed.subject)
    missing = set(named(deed, "missing"))
    if missing != announced - set(named(deed, "found")):
        raise Missing("what the manifest named and nobody found")
    holder = {} if missing else {"holder_kind": "unit", "holder": deed.uuid("unit")}
    said = {"received_at": deed.occurred_at, "received_by": deed.actor, "result": result(world, deed)}
    world.put("bags", bag, **said, **holder)
    for cause, things in (("short", missing), ("extra", set(named(deed, "found")) - announced)):
        for _, parcel in things:
            bring(world, deed, cause, parcel)
    if said["result"] == "seal_broken":
        bring(world, deed, "seal_broken", deed.subject)
    for case, parcel in named(deed, "found"):
        _parcel(world, deed, case, parcel, announced=(case, parcel) in announced, found=True)


def sign_bag_record(world: World, deed: Deed) -> None:
    side = deed.body["side"]
    signed = {f"{side}_signed_by": deed.actor, f"{side}_signed_at": deed.occurred_at}
    world.put("bags", world.get("bags", deed.subject), **signed)


def settle_bag(world: World, deed: Deed) -> None:
    settled = {"settled_by": deed.actor, "settled_at": deed.occurred_at, "settled_because": deed.body["reason"]}
    world.put("bags", world.get("bags", deed.subject), **settled)


def named(deed: Deed, name: str) -> list[tuple[UUID, UUID]]:
    """(case, parcel)."""
    return [(UUID(one["case_id"]), UUID(one["parcel_id"])) for one in deed.body[name]]


def expected(world: World, bag: UUID) -> set[tuple[UUID, UUID]]:
    return {(row["case_id"], row["parcel_id"]) for row in world.of_case("bag_parcels", bag) if row["announced"]}


def result(world: World, deed: Deed) -> str:
    """A broken seal says most, then what is missing."""
    if not deed.body["seal_intact"]:
        return "seal_broken"
    found, announced = set(named(deed, "found")), expected(world, deed.subject)
    return "short" if announced - found else "extra" if found - announced else "all_present"


def _parcel(world: World, deed: Deed, case: UUID, parcel: UUID, **said: bool) -> None:
    row: Row = {"bag_id": deed.subject, "parcel_id": parcel, "case_id": case}
    world.put("bag_parcels", row, **said)
