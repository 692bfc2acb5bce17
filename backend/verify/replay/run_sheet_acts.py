"""What acts on a line of the run sheet mean. What the line tells is told by acts of their own."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.verify.replay.deed import Deed
from backend.verify.replay.world import World

ENDS = ("finish_visit", "fail_visit")
ALONE = {
    "record_arrival": "arrival",
    "check_identity": "identity",
    "seal": "sealed",
    "open_result": "opened",
    "hand_over_result": "handed_over",
    "hand_back_papers": "handed_back",
}


def rekey(world: World, deed: Deed) -> None:
    body = deed.body
    world.put(
        "run_sheet_lines",
        {
            "case_id": deed.subject,
            "line_id": deed.uuid("line_id"),
            "visit_id": deed.uuid("visit_id"),
            "courier": deed.uuid("courier"),
            "tells": " ".join(sorted({word for one in body["acts"] for word in _once(one["kind"], one["body"])})),
            "written_at": datetime.fromisoformat(body["acts"][0]["at"]),
            "picture_sha256": bytes.fromhex(body["picture"]),
            "state": "none",
            "typed_by": deed.actor,
            "typed_at": deed.occurred_at,
            "rekeyed_by": deed.id,
            "decided_by": None,
            "decided_at": None,
        },
    )


def decided(world: World, deed: Deed) -> None:
    line = world.get("run_sheet_lines", deed.subject, deed.uuid("line_id"))
    world.put("run_sheet_lines", line, decided_by=deed.actor, decided_at=deed.occurred_at)


def _once(kind: str, body: dict[str, Any]) -> Iterator[str]:
    if kind in ALONE:
        yield ALONE[kind]
    elif kind in ENDS:
        yield "ended"
    elif kind == "take_papers":
        yield from (f"paper:{one['component']}" for one in body["papers"])
    elif kind == "see_original":
        yield f"seen:{body['component']}"
    elif kind == "sign":
        yield f"signed:{body['document']}"
    elif kind == "collect":
        yield from (f"charge:{UUID(one['charge_id']).hex}" for one in body["lines"])
    elif kind == "record_unpaid":
        yield from (f"charge:{UUID(one).hex}" for one in body["charge_ids"])
