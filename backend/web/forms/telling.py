"""Forms for what a person must tell a citizen: told, or nothing is left to tell. Pure: no I/O."""

from collections.abc import Iterator
from uuid import UUID

from backend.notices.templates import templates
from backend.web.forms.field import Field, Filled, Form, Written, note_field, options, with_note
from backend.web.forms.situation import Situation
from backend.web.words import Words

HOW = {
    "call": Words("Gọi điện", "By phone"),
    "call_back": Words("Công dân gọi đến", "They phoned"),
    "in_person": Words("Nói trực tiếp", "Face to face"),
    "counter": Words("Tại quầy", "At a counter"),
    "paper": Words("Đưa giấy", "On paper"),
    "message": Words("Nhắn tin riêng", "By a message of one's own"),
}
WHOM = {
    "owner": Words("Chủ hồ sơ", "Owner"),
    "filer": Words("Người nộp", "Filer"),
    "representative": Words("Người đại diện", "Representative"),
    "household": Words("Người cùng nhà", "Somebody of the household"),
}
DROPPING = {
    "overtaken": Words("Việc đã qua", "Events overtook it"),
    "known": Words("Công dân đã biết", "The citizen knows"),
    "unreachable": Words("Không có cách nào liên hệ", "Cannot be reached in any way"),
}


def template_words(name: str) -> Words:
    """What a message or a duty is about."""
    found = templates().by_name.get(name)
    return Words(name, name) if found is None else Words(found.vi, found.en)


def told_form(duty: UUID, template: str) -> Form:
    """One button for one duty, with what to say."""
    about, found = template_words(template), templates().by_name.get(template)
    return Form(
        kind="record_told",
        title=Words(f"Đã báo công dân: {about.vi}", f"Told: {about.en}"),
        note=None if found is None else Words(found.say, found.say),
        fields=(
            Field(name="duty", words=Words("", ""), kind="hidden", value=str(duty)),
            Field(name="how", words=Words("Đã báo bằng", "Told"), kind="radio", value="call", options=options(HOW)),
            Field(name="whom", words=Words("Người nghe", "Whom"), kind="select", value="owner", options=options(WHOM)),
            note_field(),
        ),
    )


def record_told(about: Situation) -> Iterator[Form]:
    for duty in about.case.duties:
        if duty.state == "open":
            yield told_form(duty.duty_id, duty.template)


def told_recorded(_about: Situation, filled: Filled, _act: UUID) -> Written:
    body = {
        "duty_id": str(filled.id("duty")),
        "how": filled.choice("how", HOW),
        "whom": filled.choice("whom", WHOM),
    }
    return with_note(body, filled)


def drop_duty(about: Situation) -> Iterator[Form]:
    for duty in about.case.duties:
        if duty.state == "open":
            words = template_words(duty.template)
            yield Form(
                kind="drop_duty",
                main=False,
                title=Words(f"Không còn cần báo: {words.vi}", f"Nothing left to tell: {words.en}"),
                fields=(
                    Field(name="duty", words=Words("", ""), kind="hidden", value=str(duty.duty_id)),
                    Field(
                        name="reason",
                        words=Words("Lý do", "Reason"),
                        kind="select",
                        value="overtaken",
                        options=options(DROPPING),
                    ),
                    note_field(),
                ),
            )


def duty_dropped(_about: Situation, filled: Filled, _act: UUID) -> Written:
    return with_note({"duty_id": str(filled.id("duty")), "reason": filled.choice("reason", DROPPING)}, filled)
