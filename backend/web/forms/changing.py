"""Forms about what only the owner changes, seen at a counter: contact, house, way of receiving (F07). Pure: no I/O."""

from collections.abc import Iterator
from uuid import UUID

from backend.web.forms.contact import contact_fields, read_contact
from backend.web.forms.field import Field, Filled, Form, Written, options
from backend.web.forms.house import house_fields, read_house
from backend.web.forms.parties import OWNER_ALONE, PROOFS, proof_field
from backend.web.forms.situation import Situation
from backend.web.place_words import RESULT_WAYS
from backend.web.words import Words, act_words

SEEN = {"proved_by": "card_seen"}
WAITS = Words(
    "Với thủ tục chỉ chính chủ được nhận, thay đổi có hiệu lực cho kết quả từ ngày làm việc sau.",
    "Where only the owner may receive, it holds for the result from the next working day.",
)


def change_contact(about: Situation) -> Iterator[Form]:
    yield Form(
        kind="change_contact",
        main=False,
        title=act_words("change_contact"),
        note=Words(f"{OWNER_ALONE.vi} Số cũ được báo.", f"{OWNER_ALONE.en} The old contact is told."),
        fields=(proof_field(), *contact_fields(about.case)),
        tried=SEEN | {"phone": "0900 000 000"},
        tries_personal=True,
    )


def contact_changed(_about: Situation, filled: Filled, _act: UUID) -> Written:
    told = {name: value for name, value in read_contact(filled).items() if value is not None}
    return Written({"proved_by": filled.maybe_choice("proved_by", PROOFS)}, told)


def change_address(about: Situation) -> Iterator[Form]:
    yield Form(
        kind="change_address",
        main=False,
        title=act_words("change_address"),
        note=Words(f"{OWNER_ALONE.vi} {WAITS.vi}", f"{OWNER_ALONE.en} {WAITS.en}"),
        fields=(proof_field(), *house_fields(about.case)),
        tried=SEEN | {"address": "Số 1"},
        tries_personal=True,
    )


def address_changed(_about: Situation, filled: Filled, _act: UUID) -> Written:
    house = {name: text for name, text in read_house(filled).items() if text is not None}
    return Written({"proved_by": filled.maybe_choice("proved_by", PROOFS)}, house)


def change_result_way(about: Situation) -> Iterator[Form]:
    others = {way: said for way, said in RESULT_WAYS.items() if way != about.case.result_way}
    yield Form(
        kind="change_result_way",
        main=False,
        title=act_words("change_result_way"),
        note=Words(f"{OWNER_ALONE.vi} {WAITS.vi}", f"{OWNER_ALONE.en} {WAITS.en}"),
        fields=(
            proof_field(),
            Field(
                name="way",
                words=Words("Từ nay nhận kết quả", "From now on the result is"),
                kind="radio",
                value=next(iter(others)),
                options=options(others),
            ),
        ),
        tried=SEEN,
    )


def result_way_changed(_about: Situation, filled: Filled, _act: UUID) -> Written:
    way = filled.choice("way", RESULT_WAYS)
    return Written({"proved_by": filled.maybe_choice("proved_by", PROOFS), "way": way})
