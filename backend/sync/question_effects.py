"""What asking the agency and its answer do to the row of the question."""

from backend.questions import service as questions
from backend.questions.errors import NothingWritten, QuestionUnknown
from backend.questions.model import AnswerGuidance, AnswerPersonal, AskGuidance, Question, QuestionPersonal
from backend.sync.doing import Doing, Effect
from backend.sync.party_effects import personal_of


def ask_guidance(do: Doing, body: AskGuidance) -> None:
    """The first question under an id stays: the table has said that there is one."""
    if body.visit_id is not None:
        do.visit(body.visit_id)
    said = None if _erased(do) else questions.written(personal_of(do, QuestionPersonal).question, "/personal/question")
    if do.world.get(Question, do.subject, body.question_id) is None:
        do.world.put(questions.ask(do.subject, body, said, do.actor, do.act.occurred_at))


def answer_guidance(do: Doing, body: AnswerGuidance) -> None:
    asked = do.world.get(Question, do.subject, body.question_id)
    if asked is None:
        raise QuestionUnknown("Hồ sơ này không có câu hỏi đó. Tải lại trang rồi chọn lại.")
    said = None if _erased(do) else questions.written(personal_of(do, AnswerPersonal).answer, "/personal/answer")
    do.world.put(questions.answer(asked, said, do.actor, do.act.occurred_at))


def _erased(do: Doing) -> bool:
    """Then nothing that anybody wrote is kept. Raises NothingWritten where it should be and nobody wrote anything."""
    if do.case.erased_at is not None:
        return True
    if do.act.personal is None:
        raise NothingWritten("Ghi rõ bằng chữ rồi gửi lại.", pointer="/personal")
    return False


EFFECTS: dict[str, Effect] = {"ask_guidance": ask_guidance, "answer_guidance": answer_guidance}
