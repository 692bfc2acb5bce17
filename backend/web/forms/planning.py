"""Forms until somebody knocks at the door: forward, acknowledge, book, move, cancel, withdraw. Pure: no I/O."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from backend.ids import derived
from backend.units.model import UnitKind
from backend.web.forms.field import Field, Filled, Form, Option, Written, note_field, options, with_note
from backend.web.forms.situation import DAYS_AHEAD, Offices, Situation
from backend.web.views import RegistrationView
from backend.web.words import PLACES, PURPOSES, Words, act_words, weekday

PURPOSE_IN = {
    "papers_taken": "supplement",
    "taken_awaiting_confirmation": "supplement",
    "handed_to_agency": "supplement",
    "check_not_passed": "supplement",
    "waiting_supplement": "supplement",
    "result_ready": "deliver",
    "result_at_post": "deliver",
    "kept_at_post": "deliver",
    "forwarded": "deliver",
    "out_for_hand_over": "deliver",
    "return_of_papers": "return_papers",
}
"""What a visit is usually for in these states; in all others it takes papers."""
USUAL_WINDOWS = tuple(f"{hour:02}:00-{hour + 1:02}:00" for hour in range(7, 17))
REASONS_TO_CANCEL = {
    "citizen_asked": Words("Công dân yêu cầu", "The citizen asked"),
    "unreachable": Words("Gọi nhiều lần không gặp", "Not reached by phone"),
    "mistake": Words("Đăng ký nhầm", "Registered by mistake"),
}

ASKED = {
    "no": Words("Chưa hỏi, sẽ gọi", "Not asked yet, will be called"),
    "yes": Words("Đã đồng ý", "Has agreed"),
}


def forward(about: Situation) -> Iterator[Form]:
    for registration in _to_forward(about):
        posts = [unit for unit in about.offices.units.values() if unit.kind in (UnitKind.POST, UnitKind.PROVINCE_POST)]
        usual = about.offices.same_level.get(registration.unit_id, about.case.handling_unit)
        yield Form(
            kind="forward",
            title=act_words("forward"),
            note=Words("Chuyển đến bưu điện cùng cấp.", "To the post of the same level."),
            fields=(
                _hidden("registration", registration.registration_id),
                Field(
                    name="to_unit",
                    words=Words("Bưu điện nhận", "Post"),
                    kind="select",
                    value=str(usual),
                    options=about.unit_options([unit.id for unit in posts]),
                ),
            ),
        )


def forwarded(about: Situation, filled: Filled, _act: UUID) -> Written:
    return Written({"registration_id": str(filled.id("registration")), "to_unit": str(filled.id("to_unit"))})


def acknowledge(about: Situation) -> Iterator[Form]:
    for registration in _to_acknowledge(about):
        yield Form(
            kind="acknowledge_forward",
            title=act_words("acknowledge_forward"),
            fields=(_hidden("registration", registration.registration_id),),
        )


def acknowledged(about: Situation, filled: Filled, _act: UUID) -> Written:
    return Written({"registration_id": str(filled.id("registration"))})


FORWARDING = ("hotline", "one_stop")
"""Channels that must forward to the post (row 21); the post itself has no such step."""


def _to_forward(about: Situation) -> list[RegistrationView]:
    """Registrations of the clerk's own office that it has not forwarded."""
    return [
        one
        for one in about.case.registrations
        if one.channel in FORWARDING
        and one.forwarded_at is None
        and one.acknowledged_at is None
        and one.unit_id in about.clerk.units()
    ]


def _to_acknowledge(about: Situation) -> list[RegistrationView]:
    return [one for one in about.case.registrations if one.channel in FORWARDING and one.acknowledged_at is None]


def _hidden(name: str, value: UUID) -> Field:
    return Field(name=name, words=Words("", ""), kind="hidden", value=str(value))


def book(about: Situation) -> Iterator[Form]:
    purpose = PURPOSE_IN.get(about.case.state, "collect")
    couriers = about.offices.couriers_of(about.case.handling_unit)
    yield Form(
        kind="book",
        main=purpose != "supplement" or about.case.state == "waiting_supplement",
        title=act_words("book"),
        fields=(
            Field(name="purpose", words=Words("Để", "For"), kind="select", value=purpose, options=options(PURPOSES)),
            *_when(about, couriers),
            Field(name="place", words=Words("Nơi gặp", "Place"), kind="select", value="home", options=options(PLACES)),
            _asked(),
        ),
        tried={"courier": couriers[0].value} if couriers else {},
    )


def _when(about: Situation, couriers: tuple[Option, ...]) -> Iterator[Field]:
    windows = about.offices.windows.get(about.case.handling_unit) or USUAL_WINDOWS
    days = [about.offices.today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD + 1)]
    yield Field(
        name="day",
        words=Words("Ngày", "Day"),
        kind="select",
        value=about.offices.next_day().isoformat(),
        options=tuple(Option(day.isoformat(), weekday(day)) for day in days),
    )
    yield Field(
        name="window",
        words=Words("Khung giờ", "Time window"),
        kind="select",
        value="07:00-08:00" if "07:00-08:00" in windows else windows[0],
        options=tuple(Option(window, Words(window, window)) for window in windows),
        group="when",
    )
    yield Field(
        name="seat",
        words=Words("Chỗ", "Seat"),
        kind="number",
        required=False,
        hint=Words("để trống: tự chọn", "empty: chosen for you"),
        group="when",
    )
    yield Field(name="courier", words=Words("Bưu tá", "Courier"), kind="select", options=couriers)


def booked(about: Situation, filled: Filled, act: UUID) -> Written:
    return Written(
        {
            "appointment_id": str(derived("appointment", act.hex)),
            "visit_id": str(derived("visit", act.hex)),
            "purpose": filled.choice("purpose", PURPOSES),
            "unit": str(about.case.handling_unit),
            "place": filled.choice("place", PLACES),
            **_promised(about.offices, about.case.handling_unit, filled),
            "agreed": filled.choice("agreed", ASKED) == "yes",
        }
    )


def _asked() -> Field:
    """Whoever has the citizen before them or on the phone need not call again."""
    words = Words("Công dân với giờ này", "The citizen and this window")
    return Field(name="agreed", words=words, kind="radio", value="no", options=options(ASKED))


def _promised(offices: Offices, unit: UUID, filled: Filled) -> dict[str, Any]:
    day: date = filled.day("day")
    window = filled.text("window", longest=11)
    chosen = filled.maybe("seat")
    seat = offices.free_seat(unit, day, window) if chosen is None else filled.whole("seat", least=1, most=1000)
    return {"courier": str(filled.id("courier")), "day": day.isoformat(), "window": window, "seat": seat}


def move(about: Situation) -> Iterator[Form]:
    visit = about.case.live_visit
    if visit is None or visit.appointment_id is None:
        return
    couriers = about.offices.couriers_of(about.case.handling_unit)
    values = {"day": visit.day.isoformat(), "window": visit.time_window, "courier": str(visit.courier)}
    yield Form(
        kind="move_appointment",
        main=False,
        title=act_words("move_appointment"),
        fields=(
            _hidden("appointment", visit.appointment_id),
            *(_with(field, values.get(field.name, "")) for field in _when(about, couriers)),
            _asked(),
        ),
        tried={"seat": "1000"},
    )


def _with(field: Field, value: str) -> Field:
    known = field.options
    if field.kind == "select" and value not in {option.value for option in known}:
        said = weekday(date.fromisoformat(value)) if field.name == "day" else Words(value, value)
        known = (Option(value, said), *known) if field.name in ("day", "window") else known
    return Field(
        name=field.name,
        words=field.words,
        kind=field.kind,
        value=value,
        options=known,
        required=field.required,
        hint=field.hint,
        group=field.group,
    )


def moved(about: Situation, filled: Filled, act: UUID) -> Written:
    """With the id of a new visit, for a case that leaves others of its household in theirs."""
    promised = _promised(about.offices, about.case.handling_unit, filled)
    visit, agreed = str(derived("visit", act.hex)), filled.choice("agreed", ASKED) == "yes"
    return Written({"appointment_id": str(filled.id("appointment")), "visit_id": visit, **promised, "agreed": agreed})


def cancel_appointment(about: Situation) -> Iterator[Form]:
    visit = about.case.live_visit
    if visit is not None and visit.appointment_id is not None:
        yield Form(
            kind="cancel_appointment",
            main=False,
            title=act_words("cancel_appointment"),
            fields=(_hidden("appointment", visit.appointment_id), _why(), note_field()),
        )


def appointment_cancelled(about: Situation, filled: Filled, _act: UUID) -> Written:
    reason = filled.choice("reason", REASONS_TO_CANCEL)
    return with_note({"appointment_id": str(filled.id("appointment")), "reason": reason}, filled)


def withdraw(about: Situation) -> Iterator[Form]:
    yield Form(kind="withdraw", main=False, title=act_words("withdraw"), fields=(note_field(),))


def withdrawn(about: Situation, filled: Filled, _act: UUID) -> Written:
    return with_note({}, filled)


def cancel(about: Situation) -> Iterator[Form]:
    yield Form(kind="cancel", main=False, title=Words("Hủy đăng ký", "Cancel"), fields=(_why(), note_field()))


def cancelled(about: Situation, filled: Filled, _act: UUID) -> Written:
    return with_note({"reason": filled.choice("reason", REASONS_TO_CANCEL)}, filled)


def _why() -> Field:
    return Field(
        name="reason",
        words=Words("Lý do", "Reason"),
        kind="select",
        value="citizen_asked",
        options=options(REASONS_TO_CANCEL),
    )
