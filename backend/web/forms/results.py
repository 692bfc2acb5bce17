"""Forms about a result that could not be handed over, or is wrong (F07). Pure: no I/O."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from backend.ids import derived
from backend.web.forms.agency import MISMATCHES
from backend.web.forms.field import Field, Filled, FilledWrong, Form, Option, Written, note_field, options, with_note
from backend.web.forms.house import house_fields, read_house
from backend.web.forms.situation import Situation
from backend.web.words import Words, act_words

HOW = {
    "call": Words("Gọi điện", "By phone"),
    "message": Words("Nhắn tin", "By message"),
    "letter": Words("Gửi giấy mời", "By letter"),
    "card": Words("Để thẻ lại nhà", "A card left at the house"),
    "in_person": Words("Báo trực tiếp", "In person"),
}


def invite(about: Situation) -> Iterator[Form]:
    yield Form(
        kind="invite",
        main=about.case.state in ("result_at_post", "kept_at_post"),
        title=act_words("invite"),
        note=Words(
            f"Đã mời {about.case.invitations} lần.",
            f"Invited {about.case.invitations} times so far.",
        ),
        fields=(Field(name="how", words=Words("Mời bằng", "How"), kind="radio", value="call", options=options(HOW)),),
    )


def invited(_about: Situation, filled: Filled, act: UUID) -> Written:
    return Written({"invitation_id": str(derived("invitation", act.hex)), "how": filled.choice("how", HOW)})


def keep_at_post(_about: Situation) -> Iterator[Form]:
    yield Form(kind="keep_at_post", main=False, title=act_words("keep_at_post"), fields=(note_field(),))


def kept(_about: Situation, filled: Filled, _act: UUID) -> Written:
    return with_note({}, filled)


def forward_result(about: Situation) -> Iterator[Form]:
    posts = _posts(about)
    if not posts:
        return
    yield Form(
        kind="forward_result",
        main=False,
        title=act_words("forward_result"),
        note=Words("Ghi địa chỉ mới của người nhận.", "Enter the recipient's new address."),
        fields=(
            Field(
                name="post",
                words=Words("Bưu cục nơi ở mới", "Post of the new address"),
                kind="select",
                value=posts[0].value,
                options=posts,
            ),
            *house_fields(),
        ),
        tried={"address": "Số 1"},
        tries_personal=True,
    )


def _posts(about: Situation) -> tuple[Option, ...]:
    here = str(about.case.handling_unit)
    posts = about.offices.once("posts", lambda: about.unit_options(about.offices.posts()))
    return tuple(one for one in posts if one.value != here)


def forwarded(about: Situation, filled: Filled, _act: UUID) -> Written:
    house: dict[str, Any] = {name: text for name, text in read_house(filled).items() if text is not None}
    if not house.keys() & {"address", "hamlet", "landmark"}:
        raise FilledWrong("Chưa có địa chỉ mới. Ghi số nhà, ấp hoặc mốc gần nhà rồi gửi lại.", pointer="/address")
    post = filled.choice("post", [one.value for one in _posts(about)])
    return Written({"post": post}, house)


def return_result(_about: Situation) -> Iterator[Form]:
    yield Form(
        kind="return_result",
        main=False,
        title=act_words("return_result"),
        note=Words(
            "Đã mời đủ số lần theo quy định mà không đến nhận, hoặc người nhận từ chối, sai địa chỉ.",
            "Invited as often as the law asks and not collected, or refused, or the address is wrong.",
        ),
        fields=(note_field(),),
    )


def returned(_about: Situation, filled: Filled, _act: UUID) -> Written:
    return with_note({}, filled)


def send_back_for_correction(_about: Situation) -> Iterator[Form]:
    yield Form(
        kind="send_back_for_correction",
        main=False,
        title=act_words("send_back_for_correction"),
        fields=(
            Field(
                name="field",
                words=Words("Chỗ sai", "What is wrong"),
                kind="select",
                value="owner_name",
                options=options(MISMATCHES),
            ),
            note_field(),
        ),
    )


def sent_back(_about: Situation, filled: Filled, _act: UUID) -> Written:
    return with_note({"field": filled.choice("field", MISMATCHES)}, filled)
