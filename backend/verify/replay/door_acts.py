"""What acts at the door and of custody mean: who was met, what changed hands, and who holds it now."""

from typing import Any
from uuid import UUID

from backend.verify.replay.case_acts import new_case_visit
from backend.verify.replay.deed import Deed
from backend.verify.replay.seen_acts import NEVER_SEEN, seen_before
from backend.verify.replay.world import Missing, Row, World

Holder = tuple[str, UUID]
ELSEWHERE = ("unit", "bag", "lost")
"""Holders that a late slip of the courier's does not take a paper back from."""
SIGNED_FOR = ("slip", "hand_over")


def the_visit(world: World, deed: Deed) -> Row:
    return world.get("visits", deed.uuid("visit_id"))


def served(world: World, deed: Deed) -> Row:
    """What the case needs of the visit."""
    visit = the_visit(world, deed)["visit_id"]
    return world.find("case_visits", deed.subject, visit) or new_case_visit(deed.subject, visit)


def _hands(world: World, deed: Deed) -> Holder:
    """The courier's at the door; at a counter, the unit's."""
    return ("courier", deed.actor) if deed.by_phone else ("unit", the_visit(world, deed)["unit_id"])


def _held(row: Row) -> Holder:
    return row["holder_kind"], row["holder"]


def held_by(holder: Holder) -> Row:
    return {"holder_kind": holder[0], "holder": holder[1]}


def _named(said: dict[str, Any]) -> Holder:
    return said["kind"], UUID(said["id"])


def check_identity(world: World, deed: Deed) -> None:
    known, met = deed.body["means"] != "none", deed.body["party"]
    world.put("case_visits", served(world, deed), identity_checked=known, met=met)


def take_papers(world: World, deed: Deed) -> None:
    hands = _hands(world, deed)
    for taken in deed.body["papers"]:
        paper = UUID(taken["id"])
        known = world.find("papers", deed.subject, paper)
        away = known is not None and known["holder_kind"] in ELSEWHERE
        stays = known is not None and (away or _held(known) == hands)
        world.put(
            "papers",
            {
                "case_id": deed.subject,
                "paper_id": paper,
                "component": taken["component"],
                "form": taken["form"],
                "originals": taken["originals"],
                "copies": taken["copies"],
                "condition": taken.get("condition", "intact"),
                "is_result": False,
                "state": known["state"] if known is not None else "none",
                "parcel_id": known["parcel_id"] if known is not None and stays else None,
                **(seen_before(known) if known is not None else NEVER_SEEN),
                **held_by(_held(known) if known is not None and away else hands),
            },
        )
    world.put("case_visits", served(world, deed), changed_hands=True)


def photograph(world: World, deed: Deed) -> None:
    body, file = deed.body, deed.body["file"]
    sealed = file.get("sealed_sha256")
    world.put(
        "pages",
        {
            "case_id": deed.subject,
            "page_id": deed.uuid("page_id"),
            "visit_id": the_visit(world, deed)["visit_id"],
            "paper_id": deed.uuid("paper_id"),
            "component": body["component"],
            "page_number": body["page_number"],
            "original_sha256": bytes.fromhex(file["sha256"]),
            "sealed_sha256": bytes.fromhex(sealed) if sealed is not None else None,
        },
    )
    if (paper := world.find("papers", deed.subject, deed.uuid("paper_id"))) is not None:
        world.put("papers", paper, picture_deferred=None)


def defer_photograph(world: World, deed: Deed) -> None:
    the_visit(world, deed)
    for paper in deed.uuids("paper_ids"):
        world.put("papers", world.get("papers", deed.subject, paper), picture_deferred=deed.body["reason"])


def sign(world: World, deed: Deed) -> None:
    def hash_of(name: str) -> bytes | None:
        return bytes.fromhex(deed.body[name]) if deed.body.get(name) else None

    world.put(
        "signatures",
        {
            "case_id": deed.subject,
            "signature_id": deed.uuid("signature_id"),
            "visit_id": the_visit(world, deed)["visit_id"],
            "document": deed.body["document"],
            "mode": deed.body["mode"],
            "shown_sha256": hash_of("shown_sha256"),
            "strokes_sha256": hash_of("strokes_sha256"),
            "image_sha256": hash_of("image_sha256"),
            "signed_at": deed.occurred_at,
            "voided_at": None,
        },
    )
    if deed.body["document"] in SIGNED_FOR:
        world.put("case_visits", served(world, deed), slip_signed=True)


def seal(world: World, deed: Deed) -> None:
    """A parcel that a receiver made known before its sealing was heard of is where it was received, with its papers.

    Papers that another office has received by themselves meanwhile do not come back.
    """
    parcel = deed.uuid("parcel_id")
    ahead = world.find("parcels", deed.subject, parcel)
    hands = _held(ahead) if ahead is not None else _hands(world, deed)
    the_visit(world, deed)
    papers = [world.get("papers", deed.subject, paper) for paper in deed.uuids("paper_ids")]
    if ahead is None:
        papers = [paper for paper in papers if paper["holder_kind"] != "unit" or _held(paper) == hands]
    world.put(
        "parcels",
        {
            "case_id": deed.subject,
            "parcel_id": parcel,
            "label": deed.body["label"],
            "seal_number": deed.body["seal_number"],
            "state": ahead["state"] if ahead is not None else "none",
            **held_by(hands),
        },
    )
    for paper in papers:
        world.put("papers", paper, parcel_id=parcel, **held_by(hands))
    bind(world, deed, card=True)


def bind(world: World, deed: Deed, *, card: bool) -> None:
    """The first parcel that a set's label is put on keeps it. `card`: whether its card goes to the citizen."""
    label = world.labelled(deed.body["label"])
    if label is not None and label["parcel_id"] is None:
        parcel = {"case_id": deed.subject, "parcel_id": deed.uuid("parcel_id")}
        world.put("label_sets", label, **parcel, **held_by(("citizen", deed.subject)), card=card)


def relabel(world: World, deed: Deed) -> None:
    """Another label and seal on the same parcel, which stays where it is."""
    parcel, label = world.get("parcels", deed.subject, deed.uuid("parcel_id")), deed.body["label"]
    if parcel["label"] == label:
        raise Missing("another label than the old one")
    world.put("parcels", parcel, label=label, seal_number=deed.body["seal_number"])
    bind(world, deed, card=False)


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
    if deed.by_phone and receiver != ("courier", deed.actor):
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
            world.put("parcels", unheard, state="none", **held_by(receiver))
    with_it = held_by(receiver) | {"condition": condition}
    for paper in [world.get("papers", deed.subject, paper) for paper in papers]:
        if paper["parcel_id"] not in parcels:  # it goes by itself, and lies in none from now on
            world.put("papers", paper, parcel_id=None, **with_it)
    for parcel in parcels:
        world.put("parcels", world.get("parcels", deed.subject, parcel), **held_by(receiver))
        for paper in _inside(world, deed.subject, parcel):
            world.put("papers", paper, **with_it)


def _inside(world: World, case: UUID, parcel: UUID) -> list[Row]:
    return [paper for paper in world.of_case("papers", case) if paper["parcel_id"] == parcel]


def open_seal(world: World, deed: Deed) -> None:
    parcel = world.get("parcels", deed.subject, deed.uuid("parcel_id"))["parcel_id"]
    for paper in _inside(world, deed.subject, parcel):
        world.put("papers", paper, parcel_id=None)


def into_the_citizens_hands(world: World, deed: Deed) -> None:
    """The parcels are opened. What lay beside the papers taken lies in none, in the hands it was in."""
    case, citizen = deed.subject, held_by(("citizen", deed.subject))
    for paper in [world.get("papers", case, paper) for paper in deed.uuids("paper_ids")]:
        if paper["parcel_id"] is not None:
            world.put("parcels", world.get("parcels", case, paper["parcel_id"]), **citizen)
            for beside in _inside(world, case, paper["parcel_id"]):
                world.put("papers", beside, parcel_id=None)
        world.put("papers", paper, parcel_id=None, **citizen)


def hand_over_result(world: World, deed: Deed) -> None:
    into_the_citizens_hands(world, deed)
    world.put("cases", world.get("cases", deed.subject), closed_at=deed.occurred_at)
    world.put("case_visits", served(world, deed), changed_hands=True)
