"""The form of the agency's receipt and appointment (Mẫu 01, F03). Pure: no I/O."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from backend.clock import local_date
from backend.web.forms.field import Field, Filled, FilledWrong, Form, Written
from backend.web.forms.party_fields import read_day
from backend.web.forms.situation import Situation
from backend.web.words import Words, act_words, day, moment

RECEIPT_DUE = ("check_passed", "in_progress")
"""States in which a case waits for it."""


def issue_receipt(about: Situation) -> Iterator[Form]:
    """Not twice for the same papers."""
    reached, before = about.reached, about.case.receipt_received_at
    if about.case.state not in RECEIPT_DUE or reached is None or (before is not None and before >= reached):
        return
    due = "" if about.due_on is None else day(about.due_on)
    yield Form(
        kind="issue_receipt",
        title=act_words("issue_receipt"),
        note=Words(
            f"Nhận đủ hồ sơ lúc {moment(reached)}. Ngày hẹn trả tính theo thời hạn của thủ tục; có thể hẹn sớm hơn.",
            f"Everything was received at {moment(reached)}. The day follows from the procedure's time limit; an"
            " earlier one may be promised.",
        ),
        fields=(
            Field(name="received_at", words=Words("", ""), kind="hidden", value=reached.isoformat()),
            Field(
                name="due_on",
                words=Words("Ngày hẹn trả", "Due on"),
                value=due,
                hint=Words("như 30/11/2026", "such as 30/11/2026"),
            ),
        ),
        tried={"due_on": due or day(local_date(reached))},
    )


def receipt_issued(_about: Situation, filled: Filled, _act: UUID) -> Written:
    try:
        received_at = datetime.fromisoformat(filled.text("received_at"))
    except ValueError:
        raise FilledWrong("Tải lại trang rồi cấp giấy lại.", pointer="/received_at") from None
    due_on = read_day(filled.text("due_on", longest=20), "due_on")
    return Written({"received_at": received_at.isoformat(), "due_on": due_on.isoformat()})
