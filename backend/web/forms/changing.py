"""Forms about what only the owner changes, seen at a counter: contact, house, way of receiving (F07). Pure: no I/O."""

from collections.abc import Iterator
from uuid import UUID

from backend.web.forms.contact import contact_fields, read_contact
from backend.web.forms.field import Field, Filled, Form, Written, options
from backend.web.forms.house import commune_field, house_fields, read_house
from backend.web.forms.proving import OWNER_ALONE, proof_fields, read_code, read_proof, tried_proof
from backend.web.forms.situation import Situation
from backend.web.place_words import RESULT_WAYS
from backend.web.words import Words, act_words

WAITS = Words(
    "Với thủ tục chỉ chính chủ được nhận, thay đổi có hiệu lực cho kết quả từ ngày làm việc sau.",
    "Where only the owner may receive, it holds for the result from the next working day.",
)


def send_code(_about: Situation) -> Iterator[Form]:
    yield Form(
        kind="send_code",
        main=False,
        title=act_words("send_code"),
        note=Words(
            "Khi chủ hồ sơ gọi điện muốn đổi: gửi mã đến số đã ghi, chủ hồ sơ đọc lại trong 10 phút.",
            "When the owner calls to change something: it goes to the number on file, to be read out in 10 minutes.",
        ),
    )


def code_sent(_about: Situation, _filled: Filled, _act: UUID) -> Written:
    return Written({})


def change_contact(about: Situation) -> Iterator[Form]:
    yield Form(
        kind="change_contact",
        main=False,
        title=act_words("change_contact"),
        note=Words(f"{OWNER_ALONE.vi} Số cũ được báo.", f"{OWNER_ALONE.en} The old contact is told."),
        fields=(*proof_fields(about), *contact_fields(about.case)),
        tried=tried_proof(about) | {"phone": "0900 000 000"},
        tries_personal=True,
    )


def contact_changed(_about: Situation, filled: Filled, _act: UUID) -> Written:
    told = {name: value for name, value in read_contact(filled).items() if value is not None}
    return Written(read_proof(filled), told | read_code(filled))


def change_address(about: Situation) -> Iterator[Form]:
    yield Form(
        kind="change_address",
        main=False,
        title=act_words("change_address"),
        note=Words(f"{OWNER_ALONE.vi} {WAITS.vi}", f"{OWNER_ALONE.en} {WAITS.en}"),
        fields=(*proof_fields(about), *_commune(about), *house_fields(about.case)),
        tried=tried_proof(about) | {"address": "Số 1"},
        tries_personal=True,
    )


def address_changed(about: Situation, filled: Filled, _act: UUID) -> Written:
    house = {name: text for name, text in read_house(filled).items() if text is not None}
    known = [code for code, _ in about.communes]
    commune = filled.maybe_choice("visit_commune", known) if known else None
    moved = {} if commune in (None, about.case.visit_commune) else {"visit_commune": commune}
    return Written(read_proof(filled) | moved, house | read_code(filled))


def _commune(about: Situation) -> Iterator[Field]:
    if about.communes:
        yield commune_field(about.communes, about.case.visit_commune or "")


def change_result_way(about: Situation) -> Iterator[Form]:
    others = {way: said for way, said in RESULT_WAYS.items() if way != about.case.result_way}
    yield Form(
        kind="change_result_way",
        main=False,
        title=act_words("change_result_way"),
        note=Words(f"{OWNER_ALONE.vi} {WAITS.vi}", f"{OWNER_ALONE.en} {WAITS.en}"),
        fields=(
            *proof_fields(about),
            Field(
                name="way",
                words=Words("Từ nay nhận kết quả", "From now on the result is"),
                kind="radio",
                value=next(iter(others)),
                options=options(others),
            ),
        ),
        tried=tried_proof(about),
    )


def result_way_changed(_about: Situation, filled: Filled, _act: UUID) -> Written:
    way = filled.choice("way", RESULT_WAYS)
    return Written(read_proof(filled) | {"way": way}, read_code(filled) or None)
