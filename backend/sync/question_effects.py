"""What asking the agency and its answer do to the row of the question."""

import msgspec

from backend.questions import service as questions
from backend.questions.errors import NothingWritten, QuestionUnknown
from backend.questions.model import AnswerGuidance, AnswerPersonal, AskGuidance, Question, QuestionPersonal
from backend.sync.doing import Doing, Effect
from backend.sync.party_effects import personal_of


def ask_guidance(do: Doing, body: AskGuidance) -> None:
    """The first question under an id stays: the table has said that there is one."""
    if body.visit_id is not None:
        do.visit(body.visit_id)
    asked = said(do, QuestionPersonal, "question")
    if do.world.get(Question, do.subject, body.question_id) is None:
        do.world.put(questions.ask(do.subject, body, asked, do.actor, do.act.occurred_at))


def answer_guidance(do: Doing, body: AnswerGuidance) -> None:
    asked = do.world.get(Question, do.subject, body.question_id)
    if asked is None:
        raise QuestionUnknown("Hồ sơ này không có câu hỏi đó. Tải lại trang rồi chọn lại.")
    do.world.put(questions.answer(asked, said(do, AnswerPersonal, "answer"), do.actor, do.act.occurred_at))


def said(do: Doing, kind: type[msgspec.Struct], name: str) -> str | None:
    """The words of the personal part. None once the case is erased: then nothing that anybody wrote is kept. Raises
    NothingWritten where nobody wrote anything."""
    if do.case.erased_at is not None:
        return None
    if do.act.personal is None:
        raise NothingWritten("Ghi rõ bằng chữ rồi gửi lại.", pointer="/personal")
    return questions.written(getattr(personal_of(do, kind), name), f"/personal/{name}")


EFFECTS: dict[str, Effect] = {"ask_guidance": ask_guidance, "answer_guidance": answer_guidance}
