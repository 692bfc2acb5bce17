"""What the province urges a unit about, on a case, and what the unit answers (row 41, F28). Pure: no I/O."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from backend.clock import local_date
from backend.dossiers.model import Case
from backend.questions.errors import CaseIsErased, DayIsOver, UnitNotOfCase
from backend.questions.model import Words


class Urging(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `urgings`. The words of both are personal, and gone once the case is erased. `answer_by`: the last day
    for an answer."""

    case_id: UUID
    urging_id: UUID
    unit_id: UUID
    state: str
    words: str | None
    answer_by: date
    urged_by: UUID
    urged_at: datetime
    answer: str | None = None
    answered_by: UUID | None = None
    answered_at: datetime | None = None


class Urge(msgspec.Struct, frozen=True, tag_field="kind", tag="urge"):
    """The province urges a unit of the case. What about is the personal part: `{"words": "..."}`."""

    urging_id: UUID
    unit: UUID
    answer_by: date


class UrgingPersonal(msgspec.Struct, frozen=True):
    """The personal part of `urge`."""

    words: Words


class AnswerUrging(msgspec.Struct, frozen=True, tag_field="kind", tag="answer_urging"):
    """The unit answers. The answer itself is the personal part: `{"answer": "..."}`."""

    urging_id: UUID


def urged(case: Case, body: Urge, words: str | None, by: UUID, at: datetime) -> Urging:
    """`words` None: they may not be kept any more. Raises CaseIsErased, UnitNotOfCase, DayIsOver."""
    if words is None:
        raise CaseIsErased("Lời đôn đốc không còn được giữ ở hồ sơ này. Gọi thẳng cho đơn vị.")
    if body.unit not in case.offices:
        raise UnitNotOfCase("Chọn bưu cục, Một cửa hoặc cơ quan giải quyết ghi trên hồ sơ này.", pointer="/unit")
    if body.answer_by < local_date(at):
        raise DayIsOver("Chọn hạn trả lời từ hôm nay trở đi.", pointer="/answer_by")
    return Urging(
        case_id=case.case_id,
        urging_id=body.urging_id,
        unit_id=body.unit,
        state="none",
        words=words,
        answer_by=body.answer_by,
        urged_by=by,
        urged_at=at,
    )


def answering(urging: Urging, case: Case) -> frozenset[UUID]:
    """Offices that owe the answer: the one that was urged, or those of the case once that one is none of them."""
    return frozenset((urging.unit_id,)) if urging.unit_id in case.offices else case.offices
