"""What a courier has seen of the day's list, and what changed in it since (Nhận việc). Pure: no I/O."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from backend.visits.model import CaseVisit

Window = Annotated[str, msgspec.Meta(max_length=40)]


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One case's part in a visit as it stood on the list. Without `day`: it was no longer on it."""

    visit_id: UUID
    case_id: UUID
    day: date | None = None
    window: Window = ""


Jobs = Annotated[list[Job], msgspec.Meta(max_length=300)]


class AcceptJobs(msgspec.Struct, frozen=True, tag_field="kind", tag="accept_jobs"):
    """The courier has seen the list of the day, or what changed in it. Of a job named twice the later stands."""

    jobs: Jobs


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A job as the tables have it. `present`: it is on the courier's list. `outcome`: of its case, once it has one."""

    visit_id: UUID
    case_id: UUID
    day: date
    window: str
    present: bool
    outcome: str | None
    owner_name: str | None


class JobChange(msgspec.Struct, frozen=True, kw_only=True):
    """What the courier has not said to have seen. `day`, `window`: as they are; `was_day`, `was_window`: as accepted.

    `cancelled`: nobody goes there. `taken_away`: another courier does, or a visit of another number.
    """

    visit_id: UUID
    case_id: UUID
    what: Literal["new", "moved", "cancelled", "taken_away"]
    day: date | None
    window: str
    was_day: date | None
    was_window: str
    owner_name: str | None
    """Said once more of what has left the list; None once the case is erased."""


Key = tuple[UUID, UUID]


def accepted(acts: Iterable[AcceptJobs]) -> dict[Key, Job]:
    """By visit and case: what was seen last. `acts`: in their order."""
    return {(job.visit_id, job.case_id): job for act in acts for job in act.jobs}


def changes(seen: Mapping[Key, Job], now: Sequence[Standing]) -> list[JobChange]:
    """In the order of `now`."""
    found: list[JobChange] = []
    for one in now:
        before = seen.get((one.visit_id, one.case_id))
        what = _what(before if before is not None and before.day is not None else None, one)
        if what is not None:
            was = before if what != "new" else None
            found.append(
                JobChange(
                    visit_id=one.visit_id,
                    case_id=one.case_id,
                    what=what,
                    day=one.day if one.present else None,
                    window=one.window if one.present else "",
                    was_day=None if was is None else was.day,
                    was_window="" if was is None else was.window,
                    owner_name=one.owner_name,
                )
            )
    return found


def _what(before: Job | None, now: Standing) -> Literal["new", "moved", "cancelled", "taken_away"] | None:
    """`before`: None where it was not on the list that was seen. What was done has left the list as it should."""
    if before is None:
        return "new" if now.present else None
    if now.present:
        return None if (before.day, before.window) == (now.day, now.window) else "moved"
    if now.outcome is None:
        return "taken_away"
    return "cancelled" if now.outcome == CaseVisit.GIVEN_UP else None
