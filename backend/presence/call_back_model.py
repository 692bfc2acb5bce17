"""Call-backs (phúc tra): somebody else asks the citizen whether a visit was as it was recorded (F12). Pure: no I/O."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

Cause = Literal["red", "failure", "fee", "transfer", "random"]
"""Why: the grade, a failure, a fee refused, exempted or unpaid, a transfer said but not come, or drawn by lot."""
_OUT_OF = 1000


class CallBack(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `call_backs`. `causes`: codes, a space between them. `arranged_by`: who booked or moved the visit; like
    the courier they do not ask."""

    case_id: UUID
    call_back_id: UUID
    visit_id: UUID
    causes: str
    courier: UUID
    arranged_by: list[UUID]
    state: str
    listed_at: datetime
    tries: int = 0
    answered_by: UUID | None = None
    answered_at: datetime | None = None


class ListCallBack(msgspec.Struct, frozen=True, tag_field="kind", tag="list_call_back"):
    """A visit is put on the call-back list."""

    call_back_id: UUID
    visit_id: UUID
    causes: Annotated[list[Cause], msgspec.Meta(min_length=1, max_length=5)]
    courier: UUID
    arranged_by: Annotated[list[UUID], msgspec.Meta(max_length=50)]


class RecordCallBack(msgspec.Struct, frozen=True, tag_field="kind", tag="record_call_back"):
    """What the citizen said, in the personal part: `{"note": "..."}`, and whether it agrees with what was recorded."""

    call_back_id: UUID
    answer: Literal["agrees", "disagrees", "no_answer"]


class Draw(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `call_back_draws`: the lot of one day. `looked_at`: when all of that day's visits that were known by
    then had been looked at last."""

    day: date
    seed: bytes
    per_mille: int
    drawn_at: datetime
    looked_at: datetime | None = None


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """An ended visit that is not on the list. `courier`: who served, also at a counter, where no grade is given.
    `said_unpaid`: a transfer that the citizen says was sent did not come."""

    case_id: UUID
    visit_id: UUID
    courier: UUID
    grade: str | None
    outcome: str
    day: date
    fee_open: bool
    said_unpaid: bool
    arranged_by: list[UUID]


def is_drawn(draw: Draw, case: UUID, visit: UUID) -> bool:
    """By lot: nobody knows beforehand, and everybody can work it out afterwards."""
    number = int.from_bytes(hashlib.sha256(draw.seed + case.bytes + visit.bytes).digest()[:8], "big")
    return number % _OUT_OF < draw.per_mille


def causes(one: Candidate, draw: Draw) -> list[Cause]:
    """Empty: nobody calls."""
    found: list[tuple[Cause, bool]] = [
        ("red", one.grade == "red"),
        ("failure", one.outcome == "failed"),
        ("fee", one.fee_open),
        ("transfer", one.said_unpaid),
        ("random", is_drawn(draw, one.case_id, one.visit_id)),
    ]
    return [name for name, holds in found if holds]


def listed(case: UUID, body: ListCallBack, at: datetime) -> CallBack:
    return CallBack(
        case_id=case,
        call_back_id=body.call_back_id,
        visit_id=body.visit_id,
        causes=" ".join(body.causes),
        courier=body.courier,
        arranged_by=list(body.arranged_by),
        state="none",
        listed_at=at,
    )


def concerned(row: CallBack) -> Sequence[UUID]:
    """Who had a hand in the visit, and so does not ask about it."""
    return (row.courier, *row.arranged_by)
