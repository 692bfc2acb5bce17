"""The form for the call before the visit (F20): what the citizen said, and when to call again. Pure: no I/O."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from uuid import UUID

from backend.clock import VIETNAM
from backend.web.forms.field import Field, Filled, Form, Option, Written, note_field, options, with_note
from backend.web.forms.situation import Situation
from backend.web.words import Words, act_words

OUTCOMES = {
    "agreed": Words("Đồng ý giờ hẹn", "Agrees"),
    "change_time": Words("Xin đổi giờ", "Wants another time"),
    "change_address": Words("Đổi địa chỉ", "Another address"),
    "papers_missing": Words("Chưa đủ giấy tờ", "Papers not ready"),
    "no_answer": Words("Không nghe máy", "No answer"),
    "wrong_number": Words("Sai số", "Wrong number"),
    "cancelled": Words("Không làm nữa", "No longer wanted"),
}
AT_THE_CASE = frozenset({"change_time", "change_address", "cancelled"})
"""After these the case's page is where it goes on."""
SETTLED = frozenset({"agreed", "cancelled"})
"""After these nobody calls again."""
EVENING, MORNING = time(18, 0), time(7, 30)
"""When farmers are back from the field, and when a post begins."""
IN_A_WHILE = timedelta(hours=1)


def call_form(appointment: UUID, at: datetime) -> Form:
    """One call about one appointment."""
    return Form(
        kind="confirm_call",
        main=False,
        title=act_words("confirm_call"),
        button=Words("Ghi cuộc gọi", "Record the call"),
        fields=(
            Field(name="appointment", words=Words("", ""), kind="hidden", value=str(appointment)),
            Field(
                name="outcome",
                words=Words("Công dân trả lời", "The citizen said"),
                kind="radio",
                options=options(OUTCOMES),
            ),
            Field(
                name="next",
                words=Words("Nếu chưa xong, gọi lại", "If not settled, call again"),
                kind="select",
                required=False,
                options=tuple(_next_tries(at)),
            ),
            note_field(),
        ),
        tried={"outcome": "agreed"},
    )


def confirm_call(about: Situation) -> Iterator[Form]:
    visit = about.case.live_visit
    if visit is not None and visit.appointment_id is not None:
        yield call_form(visit.appointment_id, about.offices.at)


def call_confirmed(_about: Situation, filled: Filled, _act: UUID) -> Written:
    outcome, again = filled.choice("outcome", OUTCOMES), filled.moment("next")
    body = {"appointment_id": str(filled.id("appointment")), "outcome": outcome}
    if again is not None and outcome not in SETTLED:
        body["next_try"] = again.isoformat()
    return with_note(body, filled)


def _next_tries(at: datetime) -> Iterator[Option]:
    here = at.astimezone(VIETNAM)
    soon = (here + IN_A_WHILE).replace(second=0, microsecond=0)
    evening = datetime.combine(here.date(), EVENING, VIETNAM)
    morning = datetime.combine(here.date() + timedelta(days=1), MORNING, VIETNAM)
    yield Option("", Words("ngay khi có thể", "as soon as possible"))
    yield Option(soon.isoformat(), Words(f"một giờ nữa ({soon:%H:%M})", f"in an hour ({soon:%H:%M})"))
    if evening > soon:
        yield Option(evening.isoformat(), Words(f"tối nay {evening:%H:%M}", f"this evening {evening:%H:%M}"))
    yield Option(morning.isoformat(), Words(f"sáng mai {morning:%H:%M}", f"tomorrow morning {morning:%H:%M}"))
