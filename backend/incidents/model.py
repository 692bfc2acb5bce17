"""An incident: its cause, what it touches, who answers for it, how it ended. Pure: no I/O."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from backend.acts.envelope import HexHash
from backend.dossiers.model import Code
from backend.fees.model import Dong
from backend.parcels.model import Holder, Ids

Cause = Literal[
    "lost",
    "wet",
    "torn",
    "faded",
    "seal_broken",
    "label_swapped",
    "short",
    "extra",
    "wrong_person",
    "money_short",
    "money_over",
    "money_false",
    "phone_lost",
    "vehicle_lost",
    "accident",
    "threat",
    "dog",
    "data_seen",
    "form_disputed",
    "visit_disputed",
]
Ending = Literal["found", "replaced", "compensated", "no_damage"]
Payer = Literal["post", "agency", "citizen"]
"""Who pays for what is issued again."""
OPEN = ("reported", "being_handled")
LONGEST = 2_000
"""Characters of what is written about an incident, each time."""
Place = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
Words = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST)]


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `incidents`. `unit_id`: who handles it; `reported_unit`: where it was reported.

    `found_by`: the act that brought it to light by itself (a count, a bag, a worse condition); None where somebody
    reported it. `place` and `note` are personal, and gone once a case it touches is erased.
    """

    incident_id: UUID
    cause: str
    state: str
    unit_id: UUID
    reported_unit: UUID
    happened_at: datetime
    reported_at: datetime
    reported_by: UUID
    last_holder_kind: str | None = None
    last_holder: UUID | None = None
    last_hand_over: UUID | None = None
    amount: int | None = None
    people: list[UUID] = []
    photographs: list[str] = []
    place: str | None = None
    note: str | None = None
    found_by: UUID | None = None
    taken_on_by: UUID | None = None
    taken_on_at: datetime | None = None
    ended_by: UUID | None = None
    ended_at: datetime | None = None
    helped_by: UUID | None = None
    paid_by: str | None = None
    postage: int | None = None
    compensation: int | None = None
    reopened_because: str | None = None

    @property
    def open(self) -> bool:
        return self.ended_at is None


class IncidentThing(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `incident_things`. `open`: the incident has not ended, so the thing is frozen."""

    case_id: UUID
    incident_id: UUID
    kind: str
    thing_id: UUID
    open: bool


class CompensationRule(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `compensation_rules`: what the post owes at least, from one day (None: since ever) until another, which
    is no longer in it."""

    valid_from: date | None
    valid_until: date | None
    times: int
    refunds_postage: bool
    source: str

    def holds(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_until is None or on < self.valid_until
        )

    def least(self, postage: int) -> int:
        """Đồng, for a parcel sent for so much postage."""
        return postage * (self.times + int(self.refunds_postage))


def rule_of(rules: Sequence[CompensationRule], on: date) -> CompensationRule | None:
    return next((rule for rule in rules if rule.holds(on)), None)


class Touched(msgspec.Struct, frozen=True):
    """Something that an incident touches: the case itself, or a paper or parcel of it."""

    case_id: UUID
    kind: Literal["case", "paper", "parcel"]
    id: UUID


Things = Annotated[list[Touched], msgspec.Meta(max_length=200)]
Photographs = Annotated[list[HexHash], msgspec.Meta(max_length=20)]


class FoundBy(msgspec.Struct, frozen=True):
    """The act that brought an incident to light."""

    made_by: UUID
    act_id: UUID


class ReportIncident(msgspec.Struct, frozen=True, tag_field="kind", tag="report_incident"):
    """Something went wrong. Where and how is the personal part: `{"place": "...", "note": "..."}`.

    `unit`: where it is reported. `answers`: who handles it, where that is another office. `happened_at`: None where it
    was just now. `photographs`: SHA-256 of pictures sent already. `amount`: đồng concerned. `found_by`: the centre's
    own, for what a count or a bag brought to light.
    """

    cause: Cause
    unit: UUID
    answers: UUID | None = None
    happened_at: datetime | None = None
    touches: Things = []
    people: Ids = []
    photographs: Photographs = []
    amount: Dong | None = None
    last_holder: Holder | None = None
    last_hand_over: UUID | None = None
    found_by: FoundBy | None = None


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What an act brought to light by itself. `on`: the thing it was found on. `unit`: where. `answers`: who handles
    it."""

    cause: Cause
    on: UUID
    touches: Sequence[Touched]
    unit: UUID
    answers: UUID
    last_holder: Holder
    last_hand_over: UUID | None


class ReportPersonal(msgspec.Struct, frozen=True):
    """The personal part of `report_incident`."""

    place: Place | None = None
    note: Words | None = None


class AddToIncident(msgspec.Struct, frozen=True, tag_field="kind", tag="add_to_incident"):
    """More is known: what else it touches, more pictures. What is written is the personal part: `{"note": "..."}`."""

    touches: Things = []
    people: Ids = []
    photographs: Photographs = []


class AddPersonal(msgspec.Struct, frozen=True):
    """The personal part of `add_to_incident`."""

    note: Words | None = None


class TakeOnIncident(msgspec.Struct, frozen=True, tag_field="kind", tag="take_on_incident"):
    """A named person handles it from now on."""


class EndIncident(msgspec.Struct, frozen=True, tag_field="kind", tag="end_incident"):
    """It is over. `replaced` says who helps to re-issue and who pays; `compensated` the postage that was paid and the
    amount that the post pays, at least what the rule of the day demands (both đồng)."""

    ending: Ending
    helped_by: UUID | None = None
    paid_by: Payer | None = None
    postage: Dong | None = None
    compensation: Dong | None = None


class ReopenIncident(msgspec.Struct, frozen=True, tag_field="kind", tag="reopen_incident"):
    """It was not over."""

    reason: Code
