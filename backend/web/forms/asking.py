"""Forms between post and agency: a question about the case, and its answer. Pure: no I/O."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from backend.questions.model import LONGEST
from backend.web.forms.field import Field, Filled, FilledWrong, Form, Written
from backend.web.forms.situation import Situation
from backend.web.words import OVER, Words, act_words, moment


def ask_guidance(about: Situation) -> Iterator[Form]:
    """While the case goes on."""
    if about.case.state not in OVER:
        yield Form(
            kind="ask_guidance",
            main=False,
            title=act_words("ask_guidance"),
            button=Words("Gửi câu hỏi", "Send the question"),
            note=Words(
                f"Gửi đến {about.offices.name(about.case.competent_unit)}.",
                f"It goes to {about.offices.name(about.case.competent_unit)}.",
            ),
            fields=(Field(name="question", words=Words("Câu hỏi", "Question"), kind="textarea"),),
            tried={"question": "…"},
            tries_personal=True,
        )


def asked(_about: Situation, filled: Filled, act: UUID) -> Written:
    return Written({"question_id": str(act)}, {"question": text_of(filled, "question")})


def answer_guidance(about: Situation) -> Iterator[Form]:
    """One for each question that nobody has answered."""
    waiting = [one for one in about.case.questions if one.state == "asked"]
    for number, one in enumerate(waiting, 1):
        yield Form(
            kind="answer_guidance",
            title=numbered("answer_guidance", number, len(waiting)),
            button=Words("Gửi trả lời", "Send the answer"),
            note=Words(*[f"{one.asked_by_name or ''}, {moment(one.asked_at)}: {one.question or ''}"] * 2),
            fields=(
                Field(name="question_id", words=Words("", ""), kind="hidden", value=str(one.question_id)),
                Field(name="answer", words=Words("Trả lời", "Answer"), kind="textarea"),
            ),
            tried={"answer": "…"},
            tries_personal=True,
        )


def numbered(kind: str, number: int, of: int) -> Words:
    title = act_words(kind)
    return title if of == 1 else Words(f"{title.vi} ({number})", f"{title.en} ({number})")


def answered(_about: Situation, filled: Filled, _act: UUID) -> Written:
    return Written({"question_id": str(filled.id("question_id"))}, {"answer": text_of(filled, "answer")})


def lasted(value: timedelta) -> Words:
    """25 phút; 3 giờ 10 phút; 2 ngày."""
    minutes = max(int(value.total_seconds()) // 60, 1)
    hours, days = minutes // 60, minutes // (24 * 60)
    if days:
        return Words(f"{days} ngày", f"{days} d")
    if hours:
        return Words(f"{hours} giờ {minutes % 60} phút", f"{hours} h {minutes % 60} min")
    return Words(f"{minutes} phút", f"{minutes} min")


def text_of(filled: Filled, name: str) -> str:
    found = filled.maybe(name, longest=LONGEST, lines=True)
    if found is None:
        raise FilledWrong("Ô này chưa có gì. Điền vào rồi gửi lại.", pointer=f"/{name}")
    return found
