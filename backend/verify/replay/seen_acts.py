"""What it means that an original was looked at and handed back: who saw it and when; it stays where it is."""

from uuid import UUID

from backend.verify.replay.deed import Deed
from backend.verify.replay.world import Row, World

NEVER_SEEN: Row = {"seen_by": None, "seen_at": None, "superseded": False, "picture_deferred": None, "goes_with": None}
"""A paper of which nothing was said but what is on the slip."""


def seen_before(paper: Row) -> Row:
    """What stays known of a paper that changes otherwise."""
    return {name: paper[name] for name in NEVER_SEEN}


def see_original(world: World, deed: Deed) -> None:
    """Of a paper that nobody has spoken of before: it is with the citizen."""
    world.get("visits", deed.uuid("visit_id"))
    paper = world.find("papers", deed.subject, deed.uuid("paper_id")) or {
        "case_id": deed.subject,
        "paper_id": deed.uuid("paper_id"),
        "component": deed.body["component"],
        "form": "original",
        "originals": deed.body.get("originals", 1),
        "copies": 0,
        "condition": deed.body.get("condition", "intact"),
        "is_result": False,
        "state": "none",
        "parcel_id": None,
        "holder_kind": "citizen",
        "holder": deed.subject,
        **NEVER_SEEN,
    }
    said = deed.body.get("goes_with")
    goes_with = UUID(said) if said is not None else paper["goes_with"]
    world.put("papers", paper, seen_by=deed.actor, seen_at=deed.occurred_at, goes_with=goes_with)
