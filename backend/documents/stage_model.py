"""Stages (công đoạn) of making a dossier digital, and who does each: the post or the office. Pure: no I/O."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

LONGEST_BASIS = 200


class Stage(StrEnum):
    """In the order in which they follow. Between two of different assignees the data is handed over."""

    PHOTOGRAPH = "photograph"
    ARRANGE = "arrange"
    CHECK_QUALITY = "check_quality"
    ASSEMBLE = "assemble"
    CROSS_CHECK = "cross_check"


class Assignee(StrEnum):
    """Of a case: its post, or the agency that decides it."""

    POST = "post"
    OFFICE = "office"


class Assignment(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `digitisation_stages`. `unit_id`: the post; None, as shipped for all. `procedure`: None for every other.
    `until`: its last day; None: nothing else is decided."""

    id: UUID
    unit_id: UUID | None = None
    procedure: str | None = None
    stage: Stage
    assignee: Assignee
    since: date | None = None
    until: date | None = None
    basis: str
    set_by: UUID | None = None
    recorded_at: datetime

    def holds(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


class Assignments(msgspec.Struct, frozen=True):
    """What is in force of some posts, whatever the day, and what is shipped for all."""

    known: Sequence[Assignment] = ()

    def of(self, unit: UUID, procedure: str | None, stage: Stage, on: date) -> Assignment:
        """The most particular: for the procedure at the post, for the post, for all."""
        fits = [
            one
            for one in self.known
            if one.stage is stage and one.unit_id in (None, unit) and one.procedure in (None, procedure)
            if one.holds(on)
        ]
        return max(fits, key=lambda one: (one.procedure is not None, one.unit_id is not None))

    def of_all(self, unit: UUID, procedure: str | None, on: date) -> list[Assignment]:
        """In the order of the stages."""
        return [self.of(unit, procedure, stage, on) for stage in Stage]
