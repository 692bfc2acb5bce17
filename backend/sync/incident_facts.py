"""The facts of the rule table about incidents, and about what is frozen by one."""

from typing import Any
from uuid import UUID

from backend.acts.model import Source
from backend.incidents.model import EndIncident, Incident, IncidentThing
from backend.parcels.loss_model import OpenOnRecord, RecordFound
from backend.parcels.model import HolderKind, Offer, Paper, Parcel
from backend.sync.sheet import Fact, Facts, FactSheet


def incident_of(sheet: FactSheet) -> Incident | None:
    """The incident that is judged, if one is."""
    if sheet.thing is None or sheet.thing.kind is not Incident:
        return None
    return sheet.do.world.get(Incident, *sheet.thing.key)


def is_party_to(incident: Incident, person: UUID) -> bool:
    """Who reported it, and the courier who had things last, do not say how it ends."""
    return person == incident.reported_by or (incident.last_holder_kind, incident.last_holder) == (
        HolderKind.COURIER,
        person,
    )


def incidents_open(sheet: FactSheet) -> int:
    things = sheet.do.world.of_case(IncidentThing, sheet.do.subject)
    return len({thing.incident_id for thing in things if thing.open})


def under_incident(sheet: FactSheet) -> Fact:
    """A paper is frozen with the parcel it lies in."""
    if sheet.thing is None:
        return False
    row: Any = sheet.do.world.get(sheet.thing.kind, *sheet.thing.key)
    about = {sheet.thing.key[-1], getattr(row, "parcel_id", None)}
    things = sheet.do.world.of_case(IncidentThing, sheet.do.subject)
    return any(thing.open and thing.kind != "case" and thing.thing_id in about for thing in things)


def receiving_unit(body: Any, source: Source) -> UUID | None:
    """The office that a hand-over goes to. None: a person. What a courier found is in the courier's hands."""
    if isinstance(body, RecordFound):
        return None if source is Source.DEVICE else body.unit
    holder = body.to if isinstance(body, Offer) else body.receiver
    return None if holder.kind is HolderKind.COURIER else holder.id


def found_in_parcel(sheet: FactSheet) -> Fact:
    paper = sheet.do.world.get(Paper, *sheet.thing.key) if sheet.thing is not None else None
    return paper is not None and paper.parcel_id is not None and paper.parcel_id in sheet.body.parcel_ids


def second_person_missing(sheet: FactSheet) -> Fact:
    """Somebody else of the office that has the pouch."""
    if not isinstance(sheet.body, OpenOnRecord):
        return False
    parcel = sheet.do.world.get(Parcel, sheet.do.subject, sheet.body.parcel_id)
    second = sheet.body.second
    return second == sheet.do.actor or parcel is None or not sheet.do.world.knows("works_at", (second, parcel.holder))


OF_INCIDENTS: Facts = {
    "incident_open": lambda sheet: incidents_open(sheet) > 0,
    "under_incident": under_incident,
    "found_in_parcel": found_in_parcel,
    "second_person_missing": second_person_missing,
    "incident_ending": lambda sheet: sheet.body.ending if isinstance(sheet.body, EndIncident) else "no_damage",
}
