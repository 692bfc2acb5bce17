"""Forms until somebody knocks at the door: forward, acknowledge, book, move, cancel, withdraw. Pure: no I/O."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from backend.ids import derived
from backend.web.forms import booking
from backend.web.forms.field import Field, Filled, Form, Written, hidden, note_field, options, with_note
from backend.web.forms.situation import Situation
from backend.web.visit_views import RegistrationView
from backend.web.words import PLACES, PURPOSES, Words, act_words

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
ON_THE_ROAD = ("home", "mobile_point")
"""Places to which a courier goes at the hours of couriers."""
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
        usual = about.offices.same_level.get(registration.unit_id, about.case.handling_unit)
        posts = about.offices.once("posts", lambda: about.unit_options(about.offices.posts()))
        of_its_day = () if str(usual) in {one.value for one in posts} else about.unit_options([usual])
        yield Form(
            kind="forward",
            title=act_words("forward"),
            note=Words("Chuyển đến bưu điện cùng cấp.", "To the post of the same level."),
            fields=(
                hidden("registration", registration.registration_id),
                Field(
                    name="to_unit",
                    words=Words("Bưu điện nhận", "Post"),
                    kind="select",
                    value=str(usual),
                    options=(*of_its_day, *posts),
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
            fields=(hidden("registration", registration.registration_id),),
        )


def acknowledged(about: Situation, filled: Filled, _act: UUID) -> Written:
    return Written({"registration_id": str(filled.id("registration"))})


FORWARDING = ("hotline", "one_stop")
"""Channels that must forward to the post (row 21); the post itself has no such step."""


def _to_forward(about: Situation) -> list[RegistrationView]:
    """Registrations of the clerk's own office, or of one that is no more, that nobody has forwarded."""
    return [
        one
        for one in about.case.registrations
        if one.channel in FORWARDING
        and one.forwarded_at is None
        and one.acknowledged_at is None
        and (one.unit_id in about.clerk.units() or one.unit_id not in about.offices.units)
    ]


def _to_acknowledge(about: Situation) -> list[RegistrationView]:
    return [one for one in about.case.registrations if one.channel in FORWARDING and one.acknowledged_at is None]


def book(about: Situation) -> Iterator[Form]:
    """One form for homes, one for every counter: each offers what is free there, and nothing else."""
    purpose = PURPOSE_IN.get(about.case.state, "collect")
    usual = purpose != "supplement" or about.case.state == "waiting_supplement"
    for places in (("post_counter",), ("one_stop",), ON_THE_ROAD):
        if when := list(booking.when(about, places[0])):
            yield Form(
                kind="book",
                main=usual and places == ON_THE_ROAD,
                title=act_words("book") if places == ON_THE_ROAD else _at_counter(places[0]),
                fields=(
                    Field(
                        name="purpose",
                        words=Words("Để", "For"),
                        kind="select",
                        value=purpose,
                        options=options(PURPOSES),
                    ),
                    *when,
                    _where(places),
                    _asked(),
                ),
                tried=booking.tried(about, places[0], when),
            )


def _at_counter(place: str) -> Words:
    said = PLACES[place]
    return Words(f"Hẹn tại {said.vi[0].lower()}{said.vi[1:]}", f"Book at the {said.en[0].lower()}{said.en[1:]}")


def _where(places: Sequence[str]) -> Field:
    if len(places) == 1:
        return Field(name="place", words=Words("", ""), kind="hidden", value=places[0])
    known = options({place: PLACES[place] for place in places})
    return Field(name="place", words=Words("Nơi gặp", "Place"), kind="select", value=places[0], options=known)


def booked(about: Situation, filled: Filled, act: UUID) -> Written:
    visit = derived("visit", act.hex)
    place = filled.choice("place", PLACES)
    return Written(
        {
            "appointment_id": str(derived("appointment", act.hex)),
            "visit_id": str(visit),
            "purpose": filled.choice("purpose", PURPOSES),
            "unit": str(about.case.handling_unit),
            "place": place,
            **booking.promised(about, place, filled, visit),
            "agreed": filled.choice("agreed", ASKED) == "yes",
        }
    )


def _asked() -> Field:
    """Whoever has the citizen before them or on the phone need not call again."""
    words = Words("Công dân với giờ này", "The citizen and this window")
    return Field(name="agreed", words=words, kind="radio", value="no", options=options(ASKED))


def move(about: Situation) -> Iterator[Form]:
    """Another window that is free, or the one it has by another courier."""
    visit = about.case.live_visit
    if visit is None or visit.appointment_id is None:
        return
    when = list(booking.when(about, visit.place, visit))
    yield Form(
        kind="move_appointment",
        main=False,
        title=act_words("move_appointment"),
        fields=(hidden("appointment", visit.appointment_id), *when, _asked()),
        tried=booking.tried(about, visit.place, when, visit),
    )


def moved(about: Situation, filled: Filled, act: UUID) -> Written:
    """With the id of a new visit, for a case that leaves others of its household in theirs."""
    visit = about.case.live_visit
    new = derived("visit", act.hex)
    promised = booking.promised(about, "home" if visit is None else visit.place, filled, new)
    agreed = filled.choice("agreed", ASKED) == "yes"
    return Written(
        {"appointment_id": str(filled.id("appointment")), "visit_id": str(new), **promised, "agreed": agreed}
    )


def cancel_appointment(about: Situation) -> Iterator[Form]:
    visit = about.case.live_visit
    if visit is not None and visit.appointment_id is not None:
        yield Form(
            kind="cancel_appointment",
            main=False,
            title=act_words("cancel_appointment"),
            fields=(hidden("appointment", visit.appointment_id), _why(), note_field()),
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
