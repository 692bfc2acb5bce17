"""What acts of custody mean: a hand-over with its two halves, and a pouch opened and counted by who received it."""

from typing import Any
from uuid import UUID

from backend.verify.replay.deed import Deed
from backend.verify.replay.looking import bring_damage, bring_miscount, worn
from backend.verify.replay.world import Missing, Row, World

Holder = tuple[str, UUID]


def with_holder(holder: Holder) -> Row:
    return {"holder_kind": holder[0], "holder": holder[1]}


def _named(said: dict[str, Any]) -> Holder:
    return said["kind"], UUID(said["id"])


def _half(world: World, deed: Deed) -> Row:
    known = world.find("hand_overs", deed.subject, deed.uuid("offer_id"))
    return known or {
        "case_id": deed.subject,
        "offer_id": deed.uuid("offer_id"),
        **dict.fromkeys(("giver_kind", "giver", "receiver_kind", "receiver"), None),
        "parcel_ids": [],
        "paper_ids": [],
        **dict.fromkeys(("offered_at", "received_at", "condition"), None),
    }


def offer(world: World, deed: Deed) -> None:
    """The giver is whoever holds the first thing; what the receiver's half has said already stays."""
    parcels, papers = deed.uuids("parcel_ids"), deed.uuids("paper_ids")
    things = [world.get("parcels", deed.subject, parcel) for parcel in parcels]
    things += [world.get("papers", deed.subject, paper) for paper in papers]
    if not things:
        raise Missing("anything to hand over")
    half, to = _half(world, deed), _named(deed.body["to"])
    world.put(
        "hand_overs",
        half,
        giver_kind=half["giver_kind"] or things[0]["holder_kind"],
        giver=half["giver"] or things[0]["holder"],
        receiver_kind=half["receiver_kind"] or to[0],
        receiver=half["receiver"] or to[1],
        parcel_ids=half["parcel_ids"] or parcels,
        paper_ids=half["paper_ids"] or papers,
        offered_at=deed.occurred_at,
    )


def receive(world: World, deed: Deed) -> None:
    """Custody moves, to whom the receiver's half names. Parcels not sealed yet, as far as we heard, are made known."""
    half = _half(world, deed)
    giver, receiver = _named(deed.body["giver"]), _named(deed.body["receiver"])
    parcels, papers = deed.uuids("parcel_ids"), deed.uuids("paper_ids")
    condition = deed.body.get("condition", "intact")
    if deed.by_courier and receiver != ("courier", deed.actor):
        raise Missing("a receiver who says so")
    world.put(
        "hand_overs",
        half,
        giver_kind=half["giver_kind"] or giver[0],
        giver=half["giver"] or giver[1],
        receiver_kind=receiver[0],
        receiver=receiver[1],
        parcel_ids=parcels,
        paper_ids=papers,
        received_at=deed.occurred_at,
        condition=condition,
    )
    for parcel in parcels:
        if world.find("parcels", deed.subject, parcel) is None:
            unheard = {"case_id": deed.subject, "parcel_id": parcel, "label": None, "seal_number": None}
            world.put("parcels", unheard, state="none", **with_holder(receiver))
    said = {UUID(one["paper_id"]): one["condition"] for one in deed.body.get("conditions") or ()}
    with_it = with_holder(receiver)

    def seen(paper: Row) -> Row:
        now = said.get(paper["paper_id"], condition)
        bring_damage(world, deed, paper, now, deed.uuid("offer_id"))
        return with_it | {"condition": worn(paper["condition"], now)}

    for paper in [world.get("papers", deed.subject, paper) for paper in papers]:
        if paper["parcel_id"] not in parcels:  # it goes by itself, and lies in none from now on
            world.put("papers", paper, parcel_id=None, **seen(paper))
    for parcel in parcels:
        world.put("parcels", world.get("parcels", deed.subject, parcel), **with_holder(receiver))
        for paper in inside(world, deed.subject, parcel):
            world.put("papers", paper, **seen(paper))


def inside(world: World, case: UUID, parcel: UUID) -> list[Row]:
    return [paper for paper in world.of_case("papers", case) if paper["parcel_id"] == parcel]


def open_seal(world: World, deed: Deed) -> None:
    parcel = world.get("parcels", deed.subject, deed.uuid("parcel_id"))["parcel_id"]
    papers = inside(world, deed.subject, parcel)
    bring_miscount(world, deed, parcel, len(papers))
    for paper in papers:
        world.put("papers", paper, parcel_id=None)
