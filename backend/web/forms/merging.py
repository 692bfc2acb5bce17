"""Forms by which two cases of one matter become one, and are taken apart again (F02). Pure: no I/O."""

from collections.abc import Iterator
from uuid import UUID

from backend.clock import local_date
from backend.dossiers.service import WAY
from backend.web.forms.field import Field, Filled, Form, Option, Written, note_field, options, with_note
from backend.web.forms.situation import Situation
from backend.web.views import Alike
from backend.web.words import CHANNELS, Words, act_words, day, state_words

WHY_ONE = {
    "same_matter": Words("Cùng một việc, đăng ký hai lần", "One matter, registered twice"),
    "mistake": Words("Đăng ký nhầm", "Registered by mistake"),
}
WHY_TWO = {
    "another_matter": Words("Hai việc khác nhau", "Two different matters"),
    "mistake": Words("Gộp nhầm", "Merged by mistake"),
}


def merge(about: Situation) -> Iterator[Form]:
    """Into one that has come at least as far; which those are, the rules say."""
    others = tuple(Option(str(one.case_id), _called(one)) for one in about.case.alike)
    if not others:
        return
    yield Form(
        kind="merge",
        main=False,
        title=act_words("merge"),
        note=Words(
            "Hồ sơ được chọn đi tiếp. Giấy tờ, tiền và các việc đã ghi của hồ sơ này giữ nguyên, không mất gì.",
            "The chosen case goes on. Papers, money and everything recorded of this one stay; nothing is lost.",
        ),
        fields=(
            Field(
                name="survivor",
                words=Words("Hồ sơ giữ lại", "The case that goes on"),
                kind="radio",
                value=others[0].value,
                options=others,
            ),
            _why(WHY_ONE),
            note_field(),
        ),
        tried={"survivor": _furthest(about)},
    )


def _furthest(about: Situation) -> str:
    """The likeliest to survive: the form is there if any may."""
    return str(max(about.case.alike, key=lambda one: WAY.index(one.state)).case_id)


def _called(one: Alike) -> Words:
    name, registered = one.owner_name or "", day(local_date(one.opened_at))
    named = f"{name}, {one.dossier_code}" if one.dossier_code else name
    state, channel = state_words(one.state), CHANNELS[one.channel]
    return Words(f"{named}: {state.vi}, {channel.vi}, {registered}", f"{named}: {state.en}, {channel.en}, {registered}")


def _why(among: dict[str, Words]) -> Field:
    return Field(
        name="reason",
        words=Words("Lý do", "Reason"),
        kind="select",
        value=next(iter(among)),
        options=options(among),
    )


def merged(about: Situation, filled: Filled, _act: UUID) -> Written:
    survivor = filled.choice("survivor", [str(one.case_id) for one in about.case.alike])
    return with_note({"survivor": survivor, "reason": filled.choice("reason", WHY_ONE)}, filled)


def undo_merge(about: Situation) -> Iterator[Form]:
    if about.case.merged_into is not None:
        yield Form(kind="undo_merge", main=False, title=act_words("undo_merge"), fields=(_why(WHY_TWO), note_field()))


def merge_undone(about: Situation, filled: Filled, _act: UUID) -> Written:
    return with_note({"survivor": str(about.case.merged_into), "reason": filled.choice("reason", WHY_TWO)}, filled)
