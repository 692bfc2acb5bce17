"""Forms for calls: the one before the visit (F20), with what the citizen said and when to call again, and any other.

Pure: no I/O.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from uuid import UUID

from backend.clock import VIETNAM
from backend.web.forms.field import Field, Filled, Form, Option, Written, note_field, options, with_note
from backend.web.forms.situation import Situation
from backend.web.talk_views import CallSaid
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
DIRECTIONS = {
    "out": Words("Gọi đi", "We called"),
    "in": Words("Công dân gọi đến", "They phoned"),
}
LOGGED = {
    "reached": Words("Nói chuyện được", "Spoke with them"),
    "no_answer": OUTCOMES["no_answer"],
    "busy": Words("Máy bận", "Busy"),
    "wrong_number": OUTCOMES["wrong_number"],
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


def log_call(about: Situation) -> Iterator[Form]:
    """Any other call with the citizen."""
    yield Form(
        kind="log_call",
        main=False,
        title=Words("Ghi cuộc gọi khác", "Log another call")
        if any(True for _ in confirm_call(about))
        else Words("Ghi cuộc gọi", "Log a call"),
        button=Words("Ghi cuộc gọi", "Log the call"),
        fields=(
            Field(
                name="direction",
                words=Words("Ai gọi", "Who called"),
                kind="radio",
                value="out",
                options=options(DIRECTIONS),
            ),
            Field(name="outcome", words=Words("Kết quả", "Outcome"), kind="radio", options=options(LOGGED)),
            note_field(),
        ),
        tried={"outcome": "reached"},
    )


def call_logged(_about: Situation, filled: Filled, _act: UUID) -> Written:
    body = {"direction": filled.choice("direction", DIRECTIONS), "outcome": filled.choice("outcome", LOGGED)}
    return with_note(body, filled)


def said_words(call: CallSaid) -> Words:
    """`Gọi đi: Không nghe máy`."""
    outcome = (OUTCOMES | LOGGED)[call.outcome]
    who = DIRECTIONS.get(call.direction or "")
    return outcome if who is None else Words(f"{who.vi}: {outcome.vi}", f"{who.en}: {outcome.en}")


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
