"""What urging a unit and its answer do to the row of the urging."""

from msgspec.structs import replace

from backend.questions import urging_model
from backend.questions.errors import UrgingUnknown
from backend.questions.model import AnswerPersonal
from backend.questions.urging_model import AnswerUrging, Urge, Urging, UrgingPersonal
from backend.sync.doing import Doing, Effect
from backend.sync.question_effects import said


def urge(do: Doing, body: Urge) -> None:
    words = said(do, UrgingPersonal, "words")
    do.world.put(urging_model.urged(do.case, body, words, do.actor, do.act.occurred_at))


def answer_urging(do: Doing, body: AnswerUrging) -> None:
    row = do.world.get(Urging, do.subject, body.urging_id)
    if row is None:
        raise UrgingUnknown("Hồ sơ này không có đôn đốc đó. Tải lại trang rồi chọn lại.")
    answer = said(do, AnswerPersonal, "answer")
    do.world.put(replace(row, answer=answer, answered_by=do.actor, answered_at=do.act.occurred_at))


EFFECTS: dict[str, Effect] = {"urge": urge, "answer_urging": answer_urging}
