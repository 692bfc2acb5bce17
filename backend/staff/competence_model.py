"""Who has mastered which model of service, and what an office does about who has not (F23). Pure: no I/O."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from backend.units.model import Model

LONGEST_EVIDENCE = 200


class Mode(StrEnum):
    """Of the gate of an office and model: nobody looks, who has not mastered it is marked, or is refused."""

    OFF = "off"
    WARNING = "warning"
    BLOCKING = "blocking"


class Qualification(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `qualifications`: a person has mastered a model, until the day `until`, as the evidence says."""

    id: UUID
    person_id: UUID
    unit_id: UUID
    """The office that answers for it: it counts everywhere."""
    model: Model
    since: date
    until: date
    evidence: str
    entered_by: UUID
    recorded_at: datetime
    taken_at: datetime | None = None


class Gate(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `competence_gates`. `until`: its last day; None: nothing else is decided."""

    id: UUID
    unit_id: UUID
    model: Model
    mode: Mode
    since: date
    until: date | None = None
    set_by: UUID
    recorded_at: datetime


class Competence(msgspec.Struct, frozen=True):
    """What is in force of some offices and people, whatever the day."""

    gates: Sequence[Gate] = ()
    qualifications: Sequence[Qualification] = ()

    def mode(self, unit: UUID, model: str, on: date) -> Mode:
        """Nobody is qualified on the first day of an installation: until somebody decides, nobody is stopped."""
        of_day = [
            gate.mode
            for gate in self.gates
            if (gate.unit_id, gate.model) == (unit, model)
            and gate.since <= on
            and (gate.until is None or on <= gate.until)
        ]
        return of_day[0] if of_day else Mode.WARNING

    def has_mastered(self, person: UUID, model: str, on: date) -> bool:
        return any(
            (one.person_id, one.model) == (person, model) and one.since <= on <= one.until
            for one in self.qualifications
        )

    def fits(self, unit: UUID, model: str, person: UUID, on: date) -> bool:
        """Whether the gate of that day lets the person take a case of the model for the office."""
        return self.mode(unit, model, on) is not Mode.BLOCKING or self.has_mastered(person, model, on)
