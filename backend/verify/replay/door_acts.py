"""What acts at the door and of custody mean: who was met, what changed hands, and who holds it now."""

from typing import Any
from uuid import UUID

from backend.verify.replay import people_acts
from backend.verify.replay.case_acts import leave_bundle, new_case_visit
from backend.verify.replay.deed import Deed
from backend.verify.replay.seen_acts import NEVER_SEEN, seen_before
from backend.verify.replay.world import ANYTHING, Missing, Row, World, local_day

Holder = tuple[str, UUID]
ELSEWHERE = ("unit", "bag", "lost")
"""Holders that a late slip of the courier's does not take a paper back from."""


def _visit(world: World, deed: Deed) -> Row:
    return world.get("visits", deed.uuid("visit_id"))


def _of_this_case(world: World, deed: Deed) -> Row:
    visit = _visit(world, deed)["visit_id"]
    return world.find("case_visits", deed.subject, visit) or new_case_visit(deed.subject, visit)


def _hands(world: World, deed: Deed) -> Holder:
    """The courier's at the door; at a counter, the unit's."""
    return ("courier", deed.actor) if deed.by_phone else ("unit", _visit(world, deed)["unit_id"])


def _held(row: Row) -> Holder:
    return row["holder_kind"], row["holder"]


def _with(holder: Holder) -> Row:
    return {"holder_kind": holder[0], "holder": holder[1]}


def _named(said: dict[str, Any]) -> Holder:
    return said["kind"], UUID(said["id"])


def record_arrival(world: World, deed: Deed) -> None:
    world.put("visits", _visit(world, deed), arrived_at=deed.occurred_at)


def check_identity(world: World, deed: Deed) -> None:
    known = people_acts.is_known_by(deed.body["means"], local_day(deed.occurred_at))
    which = deed.uuid("party_id") if deed.body.get("party_id") else None
    part = _of_this_case(world, deed)
    world.put("case_visits", part, identity_checked=known, met=deed.body["party"], met_party=which)


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
                **_with(_held(known) if known is not None and away else hands),
            },
        )
    world.put("case_visits", _of_this_case(world, deed), changed_hands=True)


def photograph(world: World, deed: Deed) -> None:
    body, file = deed.body, deed.body["file"]
    sealed = file.get("sealed_sha256")
    world.put(
        "pages",
        {
            "case_id": deed.subject,
            "page_id": deed.uuid("page_id"),
            "visit_id": _visit(world, deed)["visit_id"],
            "paper_id": deed.uuid("paper_id"),
            "component": body["component"],
            "page_number": body["page_number"],
            "original_sha256": bytes.fromhex(file["sha256"]),
            "sealed_sha256": bytes.fromhex(sealed) if sealed is not None else None,
        },
    )


def seal(world: World, deed: Deed) -> None:
    """A parcel that a receiver made known before its sealing was heard of is where it was received, with its papers.

    Papers that another office has received by themselves meanwhile do not come back.
    """
    parcel = deed.uuid("parcel_id")
    ahead = world.find("parcels", deed.subject, parcel)
    hands = _held(ahead) if ahead is not None else _hands(world, deed)
    _visit(world, deed)
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
            **_with(hands),
        },
    )
    for paper in papers:
        world.put("papers", paper, parcel_id=parcel, **_with(hands))
    bind(world, deed, card=True)


def bind(world: World, deed: Deed, *, card: bool) -> None:
    """The first parcel that a set's label is put on keeps it. `card`: whether its card goes to the citizen."""
    label = world.labelled(deed.body["label"])
    if label is not None and label["parcel_id"] is None:
        parcel = {"case_id": deed.subject, "parcel_id": deed.uuid("parcel_id")}
        world.put("label_sets", label, **parcel, **_with(("citizen", deed.subject)), card=card)


def relabel(world: World, deed: Deed) -> None:
    """Another label and seal on the same parcel, which stays where it is."""
    parcel, label = world.get("parcels", deed.subject, deed.uuid("parcel_id")), deed.body["label"]
    if parcel["label"] == label:
        raise Missing("another label than the old one")
    world.put("parcels", parcel, label=label, seal_number=deed.body["seal_number"])
    bind(world, deed, card=False)


def finish_visit(world: World, deed: Deed) -> None:
    """Nothing is done with a form that was read back and is not signed."""
    outcome, unsigned = deed.body["outcome"], people_acts.unsigned(world, deed.subject, deed.uuid("visit_id"))
    if outcome == "done" and unsigned != 0:
        outcome = "incomplete_sent" if unsigned else ANYTHING
    _over(world, deed, {"outcome": outcome})


def fail_visit(world: World, deed: Deed) -> None:
    _over(world, deed, {"outcome": "failed", "reason": deed.body["reason"]})


def _over(world: World, deed: Deed, how: Row) -> None:
    """For this case it ends once; whoever says so again changes nothing."""
    visit, part = deed.uuid("visit_id"), _of_this_case(world, deed)
    if world.has_ended(deed.subject, visit):
        return
    world.put("visits", _visit(world, deed), ended_at=deed.occurred_at, **how)
    world.put("case_visits", part, outcome=how["outcome"])
    for appointment in world.of_case("appointments", deed.subject):
        if appointment["visit_id"] == visit:
            world.put("appointments", appointment, live=False)
    leave_bundle(world, deed.subject, visit)


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
            world.put("parcels", unheard, state="none", **_with(receiver))
    with_it = _with(receiver) | {"condition": condition}
    for paper in [world.get("papers", deed.subject, paper) for paper in papers]:
        if paper["parcel_id"] not in parcels:  # it goes by itself, and lies in none from now on
            world.put("papers", paper, parcel_id=None, **with_it)
    for parcel in parcels:
        world.put("parcels", world.get("parcels", deed.subject, parcel), **_with(receiver))
        for paper in _inside(world, deed.subject, parcel):
            world.put("papers", paper, **with_it)


def _inside(world: World, case: UUID, parcel: UUID) -> list[Row]:
    return [paper for paper in world.of_case("papers", case) if paper["parcel_id"] == parcel]


def open_seal(world: World, deed: Deed) -> None:
    parcel = world.get("parcels", deed.subject, deed.uuid("parcel_id"))["parcel_id"]
    for paper in _inside(world, deed.subject, parcel):
        world.put("papers", paper, parcel_id=None)


def release_result(world: World, deed: Deed) -> None:
    """The result is a paper in the agency's hands, in a parcel of its own."""
    body, case, parcel = deed.body, deed.subject, deed.uuid("parcel_id")
    agency = _with(("unit", world.get("cases", case)["competent_unit"]))
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


def hand_over_result(world: World, deed: Deed) -> None:
    """The recipient opens the parcels. What lay beside the papers taken lies in none, in the hands it was in."""
    case, citizen = deed.subject, _with(("citizen", deed.subject))
    for paper in [world.get("papers", case, paper) for paper in deed.uuids("paper_ids")]:
        if paper["parcel_id"] is not None:
            world.put("parcels", world.get("parcels", case, paper["parcel_id"]), **citizen)
            for beside in _inside(world, case, paper["parcel_id"]):
                world.put("papers", beside, parcel_id=None)
        world.put("papers", paper, parcel_id=None, **citizen)
    world.put("cases", world.get("cases", case), closed_at=deed.occurred_at)
    world.put("case_visits", _of_this_case(world, deed), changed_hands=True)
