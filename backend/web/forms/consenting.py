"""Forms for mandates, notice and consent (F05, F19): at any counter of the case, and by 1022. Pure: no I/O."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from backend.dossiers.party_model import PartyRole
from backend.ids import derived
from backend.procedures import people
from backend.procedures.model import Authority
from backend.web.forms.counter import ids, page_words, visit_field, visit_here, visit_of
from backend.web.forms.field import Field, Filled, Form, Option, Written, hidden, options
from backend.web.forms.party_fields import read_day
from backend.web.forms.situation import Situation
from backend.web.party_words import party_called
from backend.web.people_words import EXTRAS, HOW_SHOWN, mandate_words
from backend.web.procedure_words import AUTHORITIES
from backend.web.words import OVER, Words, act_words, day

PAPERS = {code: AUTHORITIES[Authority(code)] for code in ("mandate", "certified_mandate", "introduction")}
_AGENT, _PAPER = Words("Ai làm thay", "Who acts"), Words("Giấy gì", "Paper")
_HOW = Words("Cách báo", "How")
REVOKING = {
    "owner_asked": Words("Chủ hồ sơ yêu cầu", "The owner asked"),
    "mistake": Words("Ghi nhầm", "By mistake"),
}
ANSWERS = {"yes": Words("Đồng ý", "Agrees"), "no": Words("Không đồng ý", "Does not agree")}
FOR_WHOM = {
    "owner": Words("Chủ hồ sơ", "The owner"),
    "representative": Words("Người đại diện, giám hộ", "Representative or guardian"),
}
CHILD = {
    "not_asked": Words("Không phải hỏi trẻ", "No child is asked"),
    "yes": Words("Trẻ từ 7 tuổi cũng đồng ý", "The child from 7 years agrees too"),
    "no": Words("Trẻ từ 7 tuổi không đồng ý", "The child from 7 years does not agree"),
}


def record_mandate(about: Situation) -> Iterator[Form]:
    agents = tuple(
        Option(str(one.party_id), party_called(one)) for one in about.case.parties if one.role != PartyRole.OWNER
    )
    if about.case.state in OVER or not agents:
        return
    yield Form(
        kind="record_mandate",
        main=False,
        title=act_words("record_mandate"),
        note=Words(
            "Chưa có người này trong hồ sơ thì thêm bằng “Sửa đăng ký” trước.",
            "Somebody who is not in the case is added to it first.",
        ),
        fields=(
            Field(name="agent", words=_AGENT, kind="radio", value=agents[0].value, options=agents),
            Field(name="authority", words=_PAPER, kind="radio", value="mandate", options=options(PAPERS)),
            Field(name="from", words=Words("Từ ngày", "From"), value=day(about.offices.today), group="days"),
            Field(name="last", words=Words("Ngày cuối", "Last day"), required=False, group="days"),
            Field(
                name="kinship",
                words=Words("Quan hệ", "Kinship"),
                kind="checks",
                required=False,
                options=(Option("yes", Words("Có giấy chứng minh quan hệ", "Kinship was proved")),),
            ),
            Field(
                name="page",
                words=Words("Ảnh của giấy", "Its photograph"),
                kind="checks",
                required=False,
                options=tuple(Option(str(one.page_id), page_words(about, one)) for one in about.case.people.pages),
            ),
        ),
    )


def mandate_recorded(about: Situation, filled: Filled, act: UUID) -> Written:
    last = filled.maybe("last", longest=20)
    pages = ids(filled, "page", {one.page_id for one in about.case.people.pages})
    return Written(
        {
            "mandate_id": str(derived("mandate", act.hex)),
            "party_id": filled.choice("agent", [str(one.party_id) for one in about.case.parties]),
            "authority": filled.choice("authority", PAPERS),
            "from_day": read_day(filled.text("from", longest=20), "from").isoformat(),
            "last_day": None if last is None else read_day(last, "last").isoformat(),
            "kinship_proved": bool(filled.many("kinship")),
            "page_id": pages[0] if pages else None,
        }
    )


def _mandate_called(name: str, said: Words) -> Words:
    return Words(f"{name}: {said.vi}", f"{name}: {said.en}")


def revoke_mandate(about: Situation) -> Iterator[Form]:
    stand = [one for one in about.case.people.mandates if one.state == "in_force"]
    names = {one.party_id: one.name for one in about.case.parties}
    if not stand:
        return
    choices = tuple(
        Option(str(one.mandate_id), _mandate_called(names.get(one.party_id, ""), mandate_words(one))) for one in stand
    )
    yield Form(
        kind="revoke_mandate",
        main=False,
        title=act_words("revoke_mandate"),
        note=Words("Có hiệu lực ngay, cả với kết quả đang trên đường.", "At once, also for a result on the road."),
        fields=(
            Field(name="mandate", words=Words("Giấy", "Paper"), kind="radio", value=choices[0].value, options=choices),
            Field(
                name="reason",
                words=Words("Lý do", "Reason"),
                kind="radio",
                value="owner_asked",
                options=options(REVOKING),
            ),
        ),
    )


def mandate_revoked(_about: Situation, filled: Filled, _act: UUID) -> Written:
    return Written({"mandate_id": str(filled.id("mandate")), "reason": filled.choice("reason", REVOKING)})


def show_notice(about: Situation) -> Iterator[Form]:
    """While there is something to do; not again where this version was told."""
    told = {(one.notice, one.version) for one in about.case.people.notices}
    for one in people.notices(about.offices.today):
        if about.case.state not in OVER and (one.notice, one.version) not in told:
            yield Form(
                kind="show_notice",
                main=False,
                title=act_words("show_notice"),
                note=Words(one.vi, one.en),
                fields=(
                    visit_field(visit_here(about)),
                    hidden("notice", one.notice),
                    Field(name="how", words=_HOW, kind="radio", value="read", options=options(HOW_SHOWN)),
                ),
            )


def notice_shown(about: Situation, filled: Filled, _act: UUID) -> Written:
    known = {one.notice: one for one in people.notices(about.offices.today)}
    one = known[filled.choice("notice", known)]
    body = {"notice": one.notice, "version": one.version, "text_sha256": one.sha256}
    return Written(visit_of(filled) | body | {"how": filled.choice("how", HOW_SHOWN)})


def record_consent(about: Situation) -> Iterator[Form]:
    """One question at a time, and no answer chosen beforehand."""
    answered = {one.extra for one in about.case.people.consents if one.state == "given"}
    asked = [one for one in people.extras(about.offices.today) if one.extra not in answered]
    if about.case.state in OVER or not asked:
        return
    questions = tuple(Option(one.extra, Words(one.vi, one.en)) for one in asked)
    yield Form(
        kind="record_consent",
        main=False,
        title=act_words("record_consent"),
        note=Words("Mỗi lần một câu. Không đồng ý vẫn được phục vụ như nhau.", "One at a time. A no changes nothing."),
        fields=(
            visit_field(visit_here(about)),
            Field(name="extra", words=Words("Câu hỏi", "Question"), kind="radio", options=questions),
            Field(name="answer", words=Words("Trả lời", "Answer"), kind="radio", options=options(ANSWERS)),
            Field(
                name="answered_as",
                words=Words("Ai trả lời", "Who answers"),
                kind="radio",
                value=_answers(about),
                options=options(FOR_WHOM),
            ),
            *([_child()] if _is_child(about, about.offices.today) else []),
        ),
        tried={"extra": questions[0].value, "answer": "no"},
    )


def _answers(about: Situation) -> str:
    represented = any(one.role == PartyRole.REPRESENTATIVE for one in about.case.parties)
    return "representative" if represented else "owner"


def _is_child(about: Situation, on: date) -> bool:
    born = next((one.born for one in about.case.parties if one.role == PartyRole.OWNER), None)
    return born is not None and people.age(born, on)[0] < people.ages(on).adult


def _child() -> Field:
    return Field(name="child", words=Words("Trẻ", "The child"), kind="radio", value="not_asked", options=options(CHILD))


def consent_recorded(about: Situation, filled: Filled, _act: UUID) -> Written:
    known = {one.extra: one for one in people.extras(about.offices.today)}
    one = known[filled.choice("extra", known)]
    child = filled.maybe_choice("child", CHILD)
    return Written(
        visit_of(filled)
        | {
            "extra": one.extra,
            "given": filled.choice("answer", ANSWERS) == "yes",
            "version": one.version,
            "text_sha256": one.sha256,
            "answered_as": filled.choice("answered_as", FOR_WHOM),
            "child_agrees": {"yes": True, "no": False}.get(child or ""),
        }
    )


def withdraw_consent(about: Situation) -> Iterator[Form]:
    given = tuple(Option(one.extra, EXTRAS[one.extra]) for one in about.case.people.consents if one.state == "given")
    if given:
        words = Words("Điều đã đồng ý", "What was agreed to")
        yield Form(
            kind="withdraw_consent",
            main=False,
            title=act_words("withdraw_consent"),
            fields=(Field(name="extra", words=words, kind="radio", value=given[0].value, options=given),),
        )


def consent_withdrawn(_about: Situation, filled: Filled, _act: UUID) -> Written:
    return Written({"extra": filled.choice("extra", EXTRAS)})
