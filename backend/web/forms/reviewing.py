"""Forms for what waits: a person decides about an act in review, or clears an exception. Pure: no I/O."""

from collections.abc import Iterator
from uuid import UUID

from backend.acts.rules import UnknownWord, current, load
from backend.staff.model import Role
from backend.sync.review import NOBODYS
from backend.web.forms.field import Field, Filled, Form, Option, Written, note_field, options, with_note
from backend.web.forms.situation import Situation
from backend.web.views import WaitingView
from backend.web.words import Words, act_words, exception_words

LOOKED = {
    "seen": Words("Đã xem, để như vậy", "Looked at, stays as it is"),
    "called": Words("Đã gọi công dân", "Called the citizen"),
    "papers_checked": Words("Đã kiểm tra giấy tờ", "Checked the papers"),
    "double": Words("Trùng với việc khác", "Double of another"),
    "other": Words("Lý do khác (ghi rõ)", "Another reason (say which)"),
}
RESOLUTIONS = {
    "apply": Words("Cho có hiệu lực", "Let it take effect"),
    "set_aside": Words("Để riêng", "Set it aside"),
}
UNREADABLE = NOBODYS | {"unknown-kind", "unreadable-body", "wrong-subject"}
"""There is nothing that could take effect."""
SECONDING = (Role.DISPATCHER, Role.HEAD_OF_POST, Role.ONE_STOP_OFFICER, Role.COUNTER_CLERK, Role.APPROVER)


def clear_exception(about: Situation) -> Iterator[Form]:
    for opened in about.case.exceptions:
        crossed = exception_words(opened.reason, opened.machine, opened.state)
        yield Form(
            kind="clear_exception",
            title=Words(f"Giải quyết: {crossed}", f"Clear: {crossed}"),
            fields=(
                Field(name="exception", words=Words("", ""), kind="hidden", value=str(opened.exception_id)),
                _why(),
                note_field(),
            ),
        )


def exception_cleared(_about: Situation, filled: Filled, _act: UUID) -> Written:
    body = {"exception_id": str(filled.id("exception")), "reason": filled.choice("reason", LOOKED)}
    return with_note(body, filled)


def _why() -> Field:
    return Field(name="reason", words=Words("Lý do", "Reason"), kind="select", value="seen", options=options(LOOKED))


def resolve_review(about: Situation) -> Iterator[Form]:
    for waiting in about.case.reviews:
        if waiting.standing == "review":
            yield _decision(about, waiting)


def _decision(about: Situation, waiting: WaitingView) -> Form:
    doing = act_words(waiting.kind)
    return Form(
        kind="resolve_review",
        title=Words(f"Xem xét: {doing.vi}", f"Review: {doing.en}"),
        note=None if waiting.detail is None else Words(waiting.detail, waiting.detail),
        fields=(
            Field(name="made_by", words=Words("", ""), kind="hidden", value=str(waiting.made_by)),
            Field(name="about", words=Words("", ""), kind="hidden", value=str(waiting.id)),
            Field(
                name="resolution",
                words=Words("Quyết định", "Decision"),
                kind="radio",
                value="set_aside" if waiting.reason in UNREADABLE else "apply",
                options=options(RESOLUTIONS),
            ),
            _why(),
            *([_second(about)] if _needs_two(waiting.kind) else []),
            note_field(),
        ),
    )


def _needs_two(kind: str | None) -> bool:
    try:
        rule = load(current()).act(kind or "")
    except UnknownWord:
        return False
    return rule.money or rule.custody


def _second(about: Situation) -> Field:
    others = {
        one.person_id: one.name
        for one in about.offices.colleagues
        if one.unit_id in about.case.units and one.role in SECONDING and one.person_id != about.clerk.person_id
    }
    return Field(
        name="seconded_by",
        words=Words("Người thứ hai cùng đồng ý", "Second person who agrees"),
        kind="select",
        required=False,
        options=(
            Option("", Words("Chưa có", "Nobody yet")),
            *(Option(str(person), Words(name, name)) for person, name in others.items()),
        ),
        hint=Words("việc về tiền hoặc giấy tờ cần hai người", "money and custody need two people"),
    )


def review_resolved(_about: Situation, filled: Filled, _act: UUID) -> Written:
    second = filled.maybe("seconded_by")
    body = {
        "made_by": str(filled.id("made_by")),
        "act_id": str(filled.id("about")),
        "resolution": filled.choice("resolution", RESOLUTIONS),
        "reason": filled.choice("reason", LOOKED),
        "seconded_by": None if second is None else str(filled.id("seconded_by")),
    }
    return with_note(body, filled)
