"""Incidents as phones and desks report them, for stories that need one."""

from typing import Any
from uuid import UUID

from backend.acts.model import Answer
from backend.ids import uuid7
from tests.builders import Field

Body = dict[str, Any]


def reporting(field: Field, cause: str = "torn", *touches: Body, **changes: Any) -> Body:
    return {"cause": cause, "unit": str(field.post), "touches": list(touches)} | changes


def touched(case: UUID, kind: str = "case", thing: object = None) -> Body:
    return {"case_id": str(case), "kind": kind, "id": str(thing or case)}


async def by_phone(field: Field, body: Body, *, incident: UUID | None = None, **more: Any) -> tuple[UUID, Answer]:
    """Lan's phone reports it."""
    incident = incident or uuid7()
    answer = await field.does(incident, "report_incident", body, subject="incident", **more)
    return incident, answer


async def of_incident(
    field: Field, incident: UUID, kind: str, body: Body | None = None, *, by: UUID | None = None, **more: Any
) -> Answer:
    """Hùng does it, unless told otherwise."""
    return await field.at_desk(by or field.hung, incident, kind, body or {}, subject="incident", **more)


async def reported(field: Field, body: Body, **more: Any) -> UUID:
    incident, answer = await by_phone(field, body, **more)
    assert (answer.standing, list(answer.exceptions)) == ("applied", []), answer
    return incident


async def handled(field: Field, incident: UUID) -> None:
    assert (await of_incident(field, incident, "take_on_incident")).standing == "applied"


async def ended(field: Field, incident: UUID, ending: str = "no_damage", **more: Any) -> None:
    await handled(field, incident)
    answer = await of_incident(field, incident, "end_incident", {"ending": ending} | more)
    assert answer.standing == "applied", answer


async def row_of(field: Field, incident: UUID) -> dict[str, Any]:
    row = await field.tx.first("SELECT * FROM incidents WHERE incident_id = $incident", incident=incident)
    assert row is not None
    return dict(row.items())


async def the_incident(field: Field) -> dict[str, Any]:
    """The only one there is."""
    [row] = await field.tx.all("SELECT * FROM incidents")
    return dict(row.items())


async def frozen(field: Field, case: UUID) -> set[tuple[str, UUID]]:
    rows = await field.tx.all("SELECT kind, thing_id FROM incident_things WHERE case_id = $case AND open", case=case)
    return {(row["kind"], row["thing_id"]) for row in rows}
