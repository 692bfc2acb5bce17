"""What a citizen sees behind the QR: eight coarse steps with their days, and the one thing to do next. Pure: no I/O."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

import msgspec

from backend.clock import local_date
from backend.dossiers.model import RESULT_GOES_OUT

KEPT = timedelta(days=30)
"""For so long after the end the page still answers."""


class Words(NamedTuple):
    vi: str
    en: str


STEPS: tuple[Words, ...] = (
    Words("Đã hẹn", "Booked"),
    Words("Bưu tá đang đến", "Courier on the way"),
    Words("Đã nhận giấy tờ", "Papers taken"),
    Words("Đã bàn giao cơ quan", "Handed to the agency"),
    Words("Đang giải quyết", "Being handled"),
    Words("Đã có kết quả", "Result ready"),
    Words("Đang phát", "Out for hand-over"),
    Words("Đã trả kết quả", "Result handed over"),
)
"""In the order of the way."""
_BOOKED, _COMING, _TAKEN, _HANDED, _HANDLED, _READY, _OUT, _DONE = range(len(STEPS))
_NOT_YET = -1

REACHED: dict[str, int | None] = {
    "registered": _NOT_YET,
    "waiting_to_forward": _NOT_YET,
    "waiting_confirmation": _NOT_YET,
    "confirmed": _NOT_YET,
    "mismatch": None,
    "waiting_call": _NOT_YET,
    "booked": _BOOKED,
    "on_the_way": _COMING,
    "papers_taken": _TAKEN,
    "taken_awaiting_confirmation": _TAKEN,
    "handed_to_agency": _HANDED,
    "check_passed": _HANDLED,
    "check_not_passed": _HANDED,
    "waiting_supplement": None,
    "in_progress": _HANDLED,
    "result_ready": _READY,
    "result_at_post": _READY,
    "out_for_hand_over": _OUT,
    "kept_at_post": _READY,
    "forwarded": _READY,
    "back_for_correction": _HANDLED,
    "returned_to_agency": _HANDLED,
    "handed_over": _DONE,
    "return_of_papers": None,
    "deferred": _NOT_YET,
    "withdrawn": None,
    "cancelled": None,
    "merged": None,
    "closed": None,
}
"""How far a case in that state has come; None: as far as it had before."""

_NOTHING = Words("Ông/bà không phải làm gì.", "You do not have to do anything.")
_WILL_CALL = Words(
    "Ông/bà không phải làm gì. Bưu điện sẽ gọi để hẹn giờ.",
    "You do not have to do anything. The post will call to agree on a time.",
)
_OVER = Words("Ông/bà không phải làm gì. Việc này đã xong.", "You do not have to do anything. This is finished.")
_WILL_BRING = Words(
    "Ông/bà không phải làm gì. Bưu điện sẽ hẹn giờ phát kết quả.",
    "You do not have to do anything. The post will agree on a time to bring the result.",
)

TO_DO: dict[str, Words] = {
    "booked": Words(
        "Trước giờ hẹn, chuẩn bị giấy tờ cần nộp và giấy tờ tùy thân.",
        "Before the time agreed, have your papers and your identity card ready.",
    ),
    "on_the_way": Words(
        "Chuẩn bị giấy tờ. Hỏi mã xác minh trên máy bưu tá trước khi đưa giấy tờ.",
        "Have your papers ready. Ask the courier for the code on the phone before you give them.",
    ),
    "waiting_supplement": Words(
        "Cần bổ sung giấy tờ. Gọi 0277 1022 để biết còn thiếu gì và hẹn giờ.",
        "Papers are missing. Call 0277 1022 to hear which, and to agree on a time.",
    ),
    "out_for_hand_over": Words(
        "Chuẩn bị giấy tờ tùy thân và thẻ theo dõi để nhận kết quả.",
        "Have your identity card and your tracking card ready to receive the result.",
    ),
    "kept_at_post": Words(
        "Đến bưu cục đã mời để nhận kết quả. Mang giấy tờ tùy thân và thẻ theo dõi.",
        "Come to the post office that invited you to receive the result. Bring identity card and tracking card.",
    ),
    "mismatch": Words(
        "Thông tin đăng ký chưa khớp. Gọi 0277 1022 để sửa.",
        "What was registered does not fit. Call 0277 1022 to correct it.",
    ),
}
"""States in which it is the citizen's turn."""
NOTHING_TO_DO: dict[str, Words] = {
    "registered": _WILL_CALL,
    "waiting_to_forward": _WILL_CALL,
    "waiting_confirmation": _WILL_CALL,
    "confirmed": _WILL_CALL,
    "waiting_call": _WILL_CALL,
    "result_ready": _WILL_BRING,
    "result_at_post": _WILL_BRING,
    "forwarded": _WILL_BRING,
    "check_not_passed": Words(
        "Ông/bà không phải làm gì. Cơ quan đang xem lại giấy tờ.",
        "You do not have to do anything. The agency is looking at the papers again.",
    ),
    "back_for_correction": Words(
        "Ông/bà không phải làm gì. Cơ quan đang đính chính kết quả.",
        "You do not have to do anything. The agency is correcting the result.",
    ),
    "returned_to_agency": Words(
        "Kết quả đã chuyển về cơ quan. Gọi 0277 1022 nếu còn muốn nhận.",
        "The result has gone back to the agency. Call 0277 1022 if you still want it.",
    ),
    "return_of_papers": Words(
        "Ông/bà không phải làm gì. Bưu điện sẽ hẹn giờ trả lại giấy tờ.",
        "You do not have to do anything. The post will agree on a time to bring your papers back.",
    ),
    "deferred": Words(
        "Ông/bà không phải làm gì. Việc này hoãn sau dịch, bưu điện sẽ gọi lại.",
        "You do not have to do anything. This is deferred; the post will call.",
    ),
    "withdrawn": _OVER,
    "cancelled": _OVER,
    "merged": _OVER,
    "handed_over": _OVER,
    "closed": _OVER,
}


class Moment(msgspec.Struct, frozen=True):
    """The case came into a state."""

    state: str
    at: datetime


class Promise(msgspec.Struct, frozen=True):
    """A window that was agreed."""

    purpose: str
    day: date
    time_window: str


class Standing(StrEnum):
    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """`on`: the day it happened, or the day promised. `window`: promised too. Ahead and without a day: only expected
    ("dự kiến"), nothing is promised."""

    words: Words
    standing: Standing
    on: date | None = None
    window: str | None = None


class Transfer(msgspec.Struct, frozen=True):
    """A transfer that is waited for: what the citizen compares with the code on the courier's phone (F09). No amount.

    `payee` without tone marks, as a bank shows it.
    """

    payee: str
    reference: str


class Track(msgspec.Struct, frozen=True, kw_only=True):
    """All that the page says. `consents`: to which extras the citizen has said yes."""

    steps: tuple[Step, ...]
    next: Words
    to_do: bool
    transfers: tuple[Transfer, ...] = ()
    consents: tuple[str, ...] = ()


def track(
    moments: Iterable[Moment],
    promise: Promise | None,
    due_on: date | None = None,
    transfers: Iterable[Transfer] = (),
    consents: Iterable[str] = (),
) -> Track:
    """`moments`: in the order in which they took effect, the first is the registration. `due_on`: the day that the
    agency's receipt (Mẫu 01) promises."""
    reached, days, state = _NOT_YET, dict[int, date](), ""
    for moment in moments:
        state = moment.state
        step = REACHED[state]
        if step is None:
            continue
        # A visit that failed takes the case back: what comes after has not happened any more.
        days = {earlier: on for earlier, on in days.items() if earlier <= step}
        days.setdefault(step, local_date(moment.at))
        reached = step
    return Track(
        steps=tuple(_step(number, reached, days, promise, due_on) for number in range(len(STEPS))),
        next=TO_DO.get(state) or NOTHING_TO_DO.get(state, _NOTHING),
        to_do=state in TO_DO,
        transfers=tuple(transfers),
        consents=tuple(consents),
    )


_PROMISED = {_COMING: {"collect", "supplement"}, _OUT: RESULT_GOES_OUT}
"""Steps that a visit makes, and for what purposes."""


def _step(number: int, reached: int, days: dict[int, date], promise: Promise | None, due_on: date | None) -> Step:
    if number <= reached:
        standing = Standing.NOW if number == reached else Standing.DONE
        return Step(words=STEPS[number], standing=standing, on=days.get(number))
    if promise is not None and promise.purpose in _PROMISED.get(number, ()):
        return Step(words=STEPS[number], standing=Standing.AHEAD, on=promise.day, window=promise.time_window)
    promised = due_on if number == _READY and reached == _HANDLED else None
    return Step(words=STEPS[number], standing=Standing.AHEAD, on=promised)
