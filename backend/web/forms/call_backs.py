"""The form of one call-back: what the citizen said of the visit. Pure: no I/O."""

from uuid import UUID

from backend.web.forms.field import Field, Filled, Form, Written, note_field, options, with_note
from backend.web.words import Words, act_words

ANSWERS = {
    "agrees": Words("Đúng như đã ghi", "As it was recorded"),
    "disagrees": Words("Không đúng như đã ghi", "Not as it was recorded"),
    "no_answer": Words("Không nghe máy", "No answer"),
}
CAUSES = {
    "red": Words("mức đỏ", "graded red"),
    "failure": Words("không thành công", "failed"),
    "fee": Words("phí chưa nộp, từ chối hoặc được miễn", "fee unpaid, refused or exempt"),
    "transfer": Words("báo đã chuyển, ngân hàng chưa báo có", "said to be transferred, not come"),
    "random": Words("chọn ngẫu nhiên", "drawn by lot"),
}
DOUBTS = {
    "far": Words("xa nhà", "far from the house"),
    "short": Words("quá nhanh", "too short"),
    "jump": Words("hai nơi xa nhau trong ít phút", "two far places within minutes"),
    "evidence": Words("thiếu bằng chứng", "evidence missing"),
    "word": Words("sai mã nhận kết quả", "wrong hand-over word"),
}
GRADES = {
    "green": Words("Xanh", "Green"),
    "amber": Words("Vàng", "Amber"),
    "red": Words("Đỏ", "Red"),
}


def call_back_form(call_back: UUID) -> Form:
    return Form(
        kind="record_call_back",
        main=False,
        title=act_words("record_call_back"),
        button=Words("Ghi trả lời", "Record the answer"),
        fields=(
            Field(name="call_back", words=Words("", ""), kind="hidden", value=str(call_back)),
            Field(
                name="answer", words=Words("Công dân nói", "The citizen said"), kind="radio", options=options(ANSWERS)
            ),
            note_field(),
        ),
    )


def recorded(filled: Filled) -> Written:
    """Raises FilledWrong."""
    return with_note({"call_back_id": str(filled.id("call_back")), "answer": filled.choice("answer", ANSWERS)}, filled)
