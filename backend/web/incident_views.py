"""Incidents as a desk is shown them: no citizen's name, only what stands on pouches and slips. Pure: no I/O."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from backend.incidents.model import CompensationRule, Incident


class IncidentLine(Incident, frozen=True, kw_only=True):
    """`cases`, `lost`: how many cases it touches, and how many papers and parcels are lost under it."""

    version: int
    cases: int
    lost: int

    @property
    def shown(self) -> str:
        """As it is spoken of: SC-1A2B3C4D."""
        return f"SC-{self.incident_id.hex[-8:].upper()}"


class ThingTouched(msgspec.Struct, frozen=True, kw_only=True):
    """What an incident touches. `component`, `condition`: of a paper; `number`, `item_number`: of a parcel's label."""

    case_id: UUID
    kind: str
    thing_id: UUID
    open: bool
    dossier_code: str | None
    component: str | None
    condition: str | None
    number: int | None
    item_number: str | None
    holder_kind: str | None
    holder: UUID | None
    offices: list[UUID]
    """Of its case: where it is registered, handled, decided."""

    @property
    def label(self) -> str | None:
        return self.item_number or (f"{self.number:05}" if self.number is not None else None)


class IncidentAbout(msgspec.Struct, frozen=True, kw_only=True):
    """One incident with what it touches, and the rule that says what the post owes at least."""

    incident: IncidentLine
    things: Sequence[ThingTouched]
    rule: CompensationRule | None

    @property
    def offices(self) -> frozenset[UUID]:
        """Whom it concerns."""
        of_cases = {unit for thing in self.things for unit in thing.offices}
        return frozenset({self.incident.unit_id, self.incident.reported_unit} | of_cases)


class IncidentOnCase(msgspec.Struct, frozen=True, kw_only=True):
    """What a case shows of an incident that touches it. `things`: frozen by it, papers and parcels."""

    case_id: UUID
    incident_id: UUID
    cause: str
    state: str
    open: bool
    reported_at: datetime
    things: list[UUID]
