"""Lines of a run sheet, as a clerk types them in."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend.acts.model import Answer
from backend.ids import uuid7
from tests.builders import Field
from tests.builders_acts import Body

PICTURE = "b" * 64
Told = tuple[str, Body]


def line(field: Field, visit: str, *told: Told, begins: datetime | None = None, **changes: Any) -> Body:
    """What Lan wrote, an act a minute. `begins`: when the first was done; else half an hour before it is typed."""
    at = begins or field.at - timedelta(minutes=30)
    acts = [
        {"kind": kind, "at": (at + timedelta(minutes=place)).isoformat(), "body": {"visit_id": visit} | body}
        for place, (kind, body) in enumerate(told)
    ]
    body = {"line_id": str(uuid7()), "visit_id": visit, "courier": str(field.lan), "picture": PICTURE, "acts": acts}
    return body | changes


async def typed(field: Field, case: UUID, body: Body, *, personal: dict[str, Any] | None = None) -> str:
    """By Út. Returns the line."""
    answer = await field.at_desk(field.ut, case, "rekey", body, personal=personal)
    assert answer.standing == "applied", answer
    return body["line_id"]


async def confirmed(field: Field, case: UUID, line_id: str, *, by: UUID | None = None) -> Answer:
    """By Hùng, unless another is named."""
    return await field.at_desk(by or field.hung, case, "confirm_rekeyed", {"line_id": line_id})


async def on_paper(field: Field, case: UUID) -> Sequence[Any]:
    """Acts of the case that come from paper, in the order of its chain."""
    return await field.tx.all(
        """SELECT a.kind, a.actor, a.made_by, a.clock, a.occurred_at, a.exceptions FROM acts AS a
           JOIN inbox AS i ON i.made_by = a.made_by AND i.id = a.id
           WHERE a.subject_id = $case AND i.source = 'paper' ORDER BY a.n""",
        case=case,
    )
