"""Forms of a counter for identity, reading back and signing (F05, F06). A desk draws on no glass. Pure: no I/O."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from uuid import UUID

from backend.ids import derived
from backend.web.forms.counter import ids, page_words, visit_field, visit_here, visit_of
from backend.web.forms.field import Field, Filled, FilledWrong, Form, Option, Written, optional, options
from backend.web.forms.party_fields import read_born, read_paper
from backend.web.forms.situation import Situation
from backend.web.party_words import ROLES, party_called
from backend.web.people_views import SignatureView
from backend.web.people_words import DOCUMENTS, FINGERS, HANDS, MODES, signed_words
from backend.web.words import Words, act_words

MEANS = {
    "card_seen": Words("Đã xem thẻ căn cước", "Identity card seen"),
    "vneid": Words("VNeID trên máy của công dân", "VNeID on the citizen's own phone"),
    "passport": Words("Hộ chiếu", "Passport"),
    "birth_certificate": Words("Giấy khai sinh của trẻ", "Birth certificate of a child"),
    "known_to_witness": Words("Người làm chứng nhận biết", "Known to a named witness"),
    "none": Words("Không có giấy tờ nào", "Nothing"),
}
ON_PAPER = {mode: MODES[mode] for mode in ("ink", "fingerprint", "representative", "witnessed", "digital")}
_HERE = Words("Ai có mặt", "Who is here")
VOIDING = {
    "changed": Words("Nội dung đã đổi", "The content changed"),
    "wrong_way": Words("Ký chưa đúng cách", "Signed in the wrong way"),
    "wrong_person": Words("Không đúng người ký", "Not the right person"),
}


def check_identity(about: Situation) -> Iterator[Form]:
    visit = visit_here(about)
    if visit is None:
        return
    who = tuple(Option(f"{one.role}:{one.party_id}", party_called(one)) for one in about.case.parties)
    if who:
        yield Form(
            kind="check_identity",
            main=not visit.met,
            title=act_words("check_identity"),
            fields=(
                visit_field(visit),
                Field(name="who", words=_HERE, kind="radio", value=who[0].value, options=who),
                Field(
                    name="means",
                    words=Words("Biết bằng", "Known by"),
                    kind="radio",
                    value="card_seen",
                    options=options(MEANS),
                ),
            ),
        )


ROLES_OF = {str(role): said for role, said in ROLES.items()}


def identity_checked(about: Situation, filled: Filled, _act: UUID) -> Written:
    known = [f"{one.role}:{one.party_id}" for one in about.case.parties]
    role, _, party = filled.choice("who", known).partition(":")
    return Written(visit_of(filled) | {"party": role, "party_id": party, "means": filled.choice("means", MEANS)})


def read_back(about: Situation) -> Iterator[Form]:
    """The hash is made of what was read: a printed form carries it, and so may be typed by nobody."""
    visit, papers = visit_here(about), _declarations(about)
    if visit is not None and papers:
        yield Form(
            kind="read_back",
            main=False,
            title=act_words("read_back"),
            note=Words(
                "Đọc từng câu trả lời. Nội dung đổi thì chữ ký cũ bị bỏ, phải ký lại.",
                "Read every answer. If one changes, what was signed before is void.",
            ),
            fields=(
                visit_field(visit),
                _document(papers),
                Field(name="form_version", words=Words("Bản tờ khai", "Version of the form")),
                Field(name="content", words=Words("Nội dung đã đọc", "What was read"), kind="textarea"),
            ),
            tried={"form_version": "1", "content": "…"},
        )


def was_read_back(_about: Situation, filled: Filled, _act: UUID) -> Written:
    text = filled.maybe("content", longest=20_000, lines=True)
    if text is None:
        raise FilledWrong("Ô này chưa có gì. Điền vào rồi gửi lại.", pointer="/content")
    body = {
        "document": filled.text("document", longest=60),
        "form_version": filled.text("form_version", longest=60),
        "content_sha256": sha256(text.encode()).hexdigest(),
    }
    return Written(visit_of(filled) | body)


def sign(about: Situation) -> Iterator[Form]:
    """On paper, which was photographed with the phone of a courier or at the desk of the papers."""
    visit = visit_here(about)
    if visit is None:
        return
    read = {
        one.document: about.components.get(one.document, Words(one.document, one.document))
        for one in about.case.people.readings
    }
    papers = options(read | {code: DOCUMENTS[code] for code in ("slip", "hand_over")})
    yield Form(
        kind="sign",
        main=bool(read) and any(not one.signed for one in about.case.people.readings),
        title=act_words("sign"),
        fields=(
            visit_field(visit),
            _document(papers),
            Field(name="mode", words=Words("Cách ký", "How"), kind="radio", value="ink", options=options(ON_PAPER)),
            Field(
                name="signer",
                words=Words("Người ký", "Who signs"),
                kind="select",
                value="owner",
                options=options(ROLES_OF),
            ),
            *_finger(),
            _pages(about),
            *_witness(),
        ),
        tried=_tried(about),
    )


def _tried(about: Situation) -> dict[str, str]:
    """With the first picture, if there is one; without any only what leaves none on paper can be signed."""
    for one in about.case.people.pages:
        return {"pages": str(one.page_id)}
    return {"document": "slip", "mode": "representative", "signer": "representative"}


def _document(papers: tuple[Option, ...]) -> Field:
    return Field(name="document", words=Words("Giấy", "Paper"), kind="select", value=papers[0].value, options=papers)


def _finger() -> tuple[Field, ...]:
    none = Words("Không điểm chỉ", "No fingerprint")
    return (
        Field(
            name="finger",
            words=Words("Ngón tay (mực trên giấy)", "Finger (ink on paper)"),
            kind="select",
            required=False,
            options=optional(none, FINGERS),
            group="finger",
        ),
        Field(
            name="hand",
            words=Words("Bàn tay", "Hand"),
            kind="select",
            required=False,
            value="right",
            options=options(HANDS),
            group="finger",
        ),
    )


def _pages(about: Situation) -> Field:
    return Field(
        name="pages",
        words=Words("Ảnh trang đã ký", "Photographs of the signed page"),
        kind="checks",
        required=False,
        options=tuple(Option(str(one.page_id), page_words(about, one)) for one in about.case.people.pages),
        hint=None if about.case.people.pages else Words("chưa có ảnh nào", "none yet"),
    )


def _witness() -> tuple[Field, ...]:
    part = Words("Người làm chứng", "Witness")
    return (
        Field(name="witness_name", words=Words("Tên", "Name"), required=False, part=part),
        Field(name="witness_paper", words=Words("Số giấy tờ", "Number of a paper"), required=False, part=part),
        Field(name="witness_born", words=Words("Ngày sinh", "Day of birth"), required=False, part=part),
        Field(
            name="witness_relation",
            words=Words("Quan hệ với người ký", "Relation to the signer"),
            required=False,
            part=part,
        ),
        Field(
            name="witness_adult",
            words=Words("Tuổi", "Age"),
            kind="checks",
            required=False,
            options=(Option("yes", Words("Đã xem thẻ, người làm chứng đủ tuổi", "Card seen: the witness is of age")),),
            part=part,
        ),
    )


def signed(about: Situation, filled: Filled, act: UUID) -> Written:
    document, mode = filled.text("document", longest=60), filled.choice("mode", ON_PAPER)
    reading = next((one for one in about.case.people.readings if one.document == document), None)
    pages = ids(filled, "pages", {one.page_id for one in about.case.people.pages})
    finger = filled.maybe_choice("finger", FINGERS)
    body: dict[str, Any] = visit_of(filled) | {
        "signature_id": str(derived("signature", act.hex)),
        "document": document,
        "mode": mode,
        "signer": filled.choice("signer", ROLES_OF),
        "shown_sha256": _shown(about, document) if reading is None else reading.content_sha256,
        "form_version": None if reading is None else reading.form_version,
        "page_ids": pages,
        "finger": None if finger is None else {"finger": finger, "hand": filled.choice("hand", HANDS)},
    }
    name = filled.maybe("witness_name", longest=200)
    if name is None:
        return Written(body)
    born = read_born(filled, "witness_born")
    witness = {
        "relation": filled.text("witness_relation", longest=60),
        "adult_by": "card_seen" if filled.many("witness_adult") else "born",
        "page_id": pages[0] if pages else None,
    }
    told = {"name": name, "born": born, **read_paper(filled, "witness_paper", "person")}
    return Written(body | {"witnesses": [witness]}, {"witnesses": [told]})


def _shown(about: Situation, document: str) -> str:
    """Of a paper of ours: the papers that it speaks of, as they are."""
    held = sorted(str(one.paper_id) for one in about.case.papers)
    return sha256("\n".join((document, str(about.case.case_id), *held)).encode()).hexdigest()


def _declarations(about: Situation) -> tuple[Option, ...]:
    """Papers of the procedure's list that are signed."""
    content = about.version.content if about.version is not None else None
    listed = [one for one in (content.components if content else None) or () if one.signatures]
    return tuple(Option(one.code, about.components[one.code]) for one in listed)


def void_signature(about: Situation) -> Iterator[Form]:
    visit = visit_here(about)
    stand = [one for one in about.case.people.signatures if one.state == "valid"]
    if visit is not None and stand:
        choices = tuple(Option(str(one.signature_id), _called(about, one)) for one in stand)
        yield Form(
            kind="void_signature",
            main=False,
            title=act_words("void_signature"),
            fields=(
                visit_field(visit),
                Field(
                    name="signature",
                    words=Words("Chữ ký", "Signature"),
                    kind="radio",
                    value=choices[0].value,
                    options=choices,
                ),
                Field(
                    name="reason",
                    words=Words("Lý do", "Reason"),
                    kind="radio",
                    value="changed",
                    options=options(VOIDING),
                ),
            ),
        )


def _called(about: Situation, one: SignatureView) -> Words:
    said, how = DOCUMENTS.get(one.document) or about.components.get(one.document), signed_words(one)
    said = said or Words(one.document, one.document)
    return Words(f"{said.vi}: {how.vi}", f"{said.en}: {how.en}")


def signature_voided(_about: Situation, filled: Filled, _act: UUID) -> Written:
    body = {"signature_id": str(filled.id("signature")), "reason": filled.choice("reason", VOIDING)}
    return Written(visit_of(filled) | body)
