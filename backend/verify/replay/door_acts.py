"""What acts at the door mean: who was met, what was taken and sealed, what the citizen was handed."""

from uuid import UUID

from backend.verify.replay.case_acts import new_case_visit
from backend.verify.replay.custody_acts import Holder, inside, with_holder
from backend.verify.replay.deed import Deed
from backend.verify.replay.identity_means import is_known_by
from backend.verify.replay.looking import bring_damage
from backend.verify.replay.seen_acts import NEVER_SEEN, seen_before
from backend.verify.replay.world import Missing, Row, World, local_day

ELSEWHERE = ("unit", "bag", "lost")
"""Holders that a late slip of the courier's does not take a paper back from."""


def the_visit(world: World, deed: Deed) -> Row:
    return world.get("visits", deed.uuid("visit_id"))


def served(world: World, deed: Deed) -> Row:
    """What the case needs of the visit."""
    visit = the_visit(world, deed)["visit_id"]
    return world.find("case_visits", deed.subject, visit) or new_case_visit(deed.subject, visit)


def _hands(world: World, deed: Deed) -> Holder:
    """The courier's at the door; at a counter, the unit's."""
    return ("courier", deed.actor) if deed.by_courier else ("unit", the_visit(world, deed)["unit_id"])


def _held(row: Row) -> Holder:
    return row["holder_kind"], row["holder"]


def check_identity(world: World, deed: Deed) -> None:
    known = is_known_by(deed.body["means"], local_day(deed.occurred_at))
    which = deed.uuid("party_id") if deed.body.get("party_id") else None
    part = served(world, deed)
    world.put("case_visits", part, identity_checked=known, met=deed.body["party"], met_party=which)


def take_papers(world: World, deed: Deed) -> None:
    hands = _hands(world, deed)
    for taken in deed.body["papers"]:
        paper = UUID(taken["id"])
        known = world.find("papers", deed.subject, paper)
        condition = taken.get("condition", "intact")
        if known is not None and known["holder_kind"] != "citizen" and _held(known) != hands:
            bring_damage(world, deed, known, condition, paper)
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
                "condition": condition,
                "is_result": False,
                "state": known["state"] if known is not None else "none",
                "parcel_id": known["parcel_id"] if known is not None and stays else None,
                **(seen_before(known) if known is not None else NEVER_SEEN),
                **with_holder(_held(known) if known is not None and away else hands),
            },
        )
    world.put("case_visits", served(world, deed), changed_hands=True)


def photograph(world: World, deed: Deed) -> None:
    body, file, preview = deed.body, deed.body["file"], deed.body.get("preview")
    sealed, page = file.get("sealed_sha256"), deed.uuid("page_id")
    before = _files(world.find("pages", deed.subject, page))
    world.put(
        "pages",
        {
            "case_id": deed.subject,
            "page_id": page,
            "visit_id": the_visit(world, deed)["visit_id"],
            "paper_id": deed.uuid("paper_id"),
            "component": body["component"],
            "page_number": body["page_number"],
            "original_sha256": bytes.fromhex(file["sha256"]),
            "sealed_sha256": bytes.fromhex(sealed) if sealed is not None else None,
            "preview_sha256": bytes.fromhex(preview["sha256"]) if preview else None,
            "preview_file_sha256": bytes.fromhex(preview.get("sealed_sha256") or preview["sha256"])
            if preview
            else None,
        },
    )
    for replaced in before - _files(world.find("pages", deed.subject, page)):
        world.put("replaced_pictures", {"case_id": deed.subject, "page_id": page, "file_sha256": replaced})
    if (paper := world.find("papers", deed.subject, deed.uuid("paper_id"))) is not None:
        world.put("papers", paper, picture_deferred=None)


def _files(page: Row | None) -> set[bytes]:
    """What a page names."""
    if page is None:
        return set()
    return {page["sealed_sha256"] or page["original_sha256"], page["preview_file_sha256"]} - {None}


def defer_photograph(world: World, deed: Deed) -> None:
    the_visit(world, deed)
    for paper in deed.uuids("paper_ids"):
        world.put("papers", world.get("papers", deed.subject, paper), picture_deferred=deed.body["reason"])


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
            **with_holder(hands),
        },
    )
    for paper in papers:
        world.put("papers", paper, parcel_id=parcel, **with_holder(hands))
    bind(world, deed, card=True)


def bind(world: World, deed: Deed, *, card: bool) -> None:
    """The first parcel that a set's label is put on keeps it. `card`: whether its card goes to the citizen."""
    label = world.labelled(deed.body["label"])
    if label is not None and label["parcel_id"] is None:
        parcel = {"case_id": deed.subject, "parcel_id": deed.uuid("parcel_id")}
        world.put("label_sets", label, **parcel, **with_holder(("citizen", deed.subject)), card=card)


def relabel(world: World, deed: Deed) -> None:
    """Another label and seal on the same parcel, which stays where it is."""
    parcel, label = world.get("parcels", deed.subject, deed.uuid("parcel_id")), deed.body["label"]
    if parcel["label"] == label:
        raise Missing("another label than the old one")
    world.put("parcels", parcel, label=label, seal_number=deed.body["seal_number"])
    bind(world, deed, card=False)


def into_the_citizens_hands(world: World, deed: Deed) -> None:
    """The parcels are opened. What lay beside the papers taken lies in none, in the hands it was in."""
    case, citizen = deed.subject, with_holder(("citizen", deed.subject))
    for paper in [world.get("papers", case, paper) for paper in deed.uuids("paper_ids")]:
        if paper["parcel_id"] is not None:
            world.put("parcels", world.get("parcels", case, paper["parcel_id"]), **citizen)
            for beside in inside(world, case, paper["parcel_id"]):
                world.put("papers", beside, parcel_id=None)
        world.put("papers", paper, parcel_id=None, **citizen)


def hand_over_result(world: World, deed: Deed) -> None:
    into_the_citizens_hands(world, deed)
    world.put("case_visits", served(world, deed), changed_hands=True)
