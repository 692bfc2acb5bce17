"""Forms of a counter about how a visit ends: what was done, why not, and the result in the recipient's hands (F07).
Pure: no I/O."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from backend.acts.reasons import Reason, reasons
from backend.dossiers.model import RESULT_GOES_OUT
from backend.procedures import people
from backend.staff.model import AT_COUNTERS
from backend.web.forms.counter import counters, visit_here
from backend.web.forms.field import Field, Filled, FilledWrong, Form, Option, Written, hidden, optional, options
from backend.web.forms.party_fields import read_born
from backend.web.forms.signing import MEANS
from backend.web.forms.situation import Situation
from backend.web.procedure_words import RELATIONS
from backend.web.views import PaperView
from backend.web.words import Words, act_words

CLASSES = {
    "owner": Words("Chính chủ", "The owner"),
    "registered": Words("Người đã đăng ký nhận", "Who was registered to receive"),
    "household": Words("Người cùng nhà", "Of the household"),
}
ENDED = ("done", "partly", "incomplete_sent")
AT_THE_HOUSE = frozenset({"card_left", "gate_photo", "two_calls", "one_call", "place", "photo_or_notice", "area"})
"""Evidence that only somebody who went to a house has: such a reason is none at a counter."""
INSTEAD = {
    "owner_called": Words("Đã gọi chủ hồ sơ theo số đã ghi", "The owner was called at the number on file"),
    "code_sent": Words("Mã gửi đến số đã ghi, đọc lại đúng", "A code sent to the contact on file, read out"),
    "card_shown": Words("Đưa thẻ công dân ra xem", "The citizen's card was shown"),
}


def finish_visit(about: Situation) -> Iterator[Form]:
    visit = visit_here(about)
    if visit is not None:
        said = {one.code: Words(one.vi, one.en) for one in reasons().outcomes if one.code in ENDED}
        yield Form(
            kind="finish_visit",
            title=act_words("finish_visit"),
            fields=(
                hidden("visit", visit.visit_id),
                Field(
                    name="outcome",
                    words=Words("Kết quả lượt", "Outcome"),
                    kind="radio",
                    value="done",
                    options=options(said),
                ),
            ),
        )


def visit_finished(_about: Situation, filled: Filled, _act: UUID) -> Written:
    return Written({"visit_id": str(filled.id("visit")), "outcome": filled.choice("outcome", ENDED)})


def fail_visit(about: Situation) -> Iterator[Form]:
    visit = visit_here(about)
    if visit is None:
        return
    known = _reasons(visit.purpose)
    yield Form(
        kind="fail_visit",
        main=False,
        title=act_words("fail_visit"),
        fields=(
            hidden("visit", visit.visit_id),
            hidden("purpose", visit.purpose),
            Field(
                name="reason",
                words=Words("Vì", "Because"),
                kind="select",
                value=known[0].code,
                options=tuple(Option(one.code, Words(f"{one.code} {one.vi}", f"{one.code} {one.en}")) for one in known),
            ),
            Field(
                name="evidence",
                words=Words("Nói rõ", "Say what"),
                kind="textarea",
                hint=Words("ai đến, đưa gì, thiếu gì, hẹn lúc nào", "who came, what was shown or missing, until when"),
            ),
        ),
        tried={"evidence": "…"},
    )


def _reasons(purpose: str) -> Sequence[Reason]:
    every = reasons().hand_over if purpose in RESULT_GOES_OUT else reasons().pick_up
    return [one for one in every if AT_THE_HOUSE.isdisjoint(one.evidence)]


def visit_failed(_about: Situation, filled: Filled, _act: UUID) -> Written:
    known = {one.code: one for one in _reasons(filled.text("purpose"))}
    reason = known[filled.choice("reason", known)]
    said = filled.maybe("evidence", longest=2000, lines=True)
    if said is None:
        raise FilledWrong("Ô này chưa có gì. Nói rõ rồi gửi lại.", pointer="/evidence")
    body = {"visit_id": str(filled.id("visit")), "reason": reason.code, "evidence": list(reason.evidence)}
    return Written(body, {"evidence": dict.fromkeys(reason.evidence or ("text",), said)})


def hand_over_result(about: Situation) -> Iterator[Form]:
    """Identity first, then what is due, open and count, read, sign."""
    visit, there = visit_here(about), results_here(about)
    if visit is None or not there:
        return
    yield Form(
        kind="hand_over_result",
        title=act_words("hand_over_result"),
        note=Words(
            "Xem giấy tờ tùy thân, mở bì và đếm trước mặt người nhận, nghe mã nhận kết quả.",
            "See the identity, open and count before the recipient, hear the hand-over word.",
        ),
        fields=(hidden("visit", visit.visit_id), *_what(about, there), *_to_whom(), *_known_by(about)),
        tries_personal=True,
    )


def results_here(about: Situation) -> list[PaperView]:
    """Those that the office of the counter has, loose or sealed, and that no other took the place of."""
    mine = {unit for unit, _ in counters(about, AT_COUNTERS)}
    return [one for one in about.case.papers if one.is_result and not one.superseded and one.holder in mine]


def _what(about: Situation, there: Sequence[PaperView]) -> Iterator[Field]:
    yield Field(
        name="papers",
        words=Words("Kết quả", "Result"),
        kind="checks",
        value="\n".join(str(one.paper_id) for one in there),
        options=tuple(Option(str(one.paper_id), _counted(about, one)) for one in there),
    )


def _counted(about: Situation, paper: PaperView) -> Words:
    said = about.components.get(paper.component, Words(paper.component, paper.component))
    return Words(
        f"{said.vi}: {paper.originals} bản chính, {paper.copies} bản sao",
        f"{said.en}: {paper.originals} originals, {paper.copies} copies",
    )


def _to_whom() -> Iterator[Field]:
    yield Field(
        name="recipient", words=Words("Cho ai", "To whom"), kind="radio", value="owner", options=options(CLASSES)
    )
    yield relation_field()
    part = Words("Người nhận chưa có trong hồ sơ", "Who receives is not in the case")
    yield Field(name="name", words=Words("Họ tên", "Name"), required=False, part=part)
    yield Field(name="born", words=Words("Ngày sinh", "Day of birth"), required=False, part=part)


def relation_field(part: Words | None = None) -> Field:
    return Field(
        name="relation",
        words=Words("Quan hệ với chủ hồ sơ", "Relation to the owner"),
        kind="select",
        value="owner",
        options=options(RELATIONS),
        part=part,
    )


def _known_by(about: Situation) -> Iterator[Field]:
    yield Field(
        name="means", words=Words("Biết bằng", "Known by"), kind="radio", value="card_seen", options=options(MEANS)
    )
    yield Field(
        name="word",
        words=Words("Mã nhận kết quả", "Hand-over word"),
        required=False,
        hint=Words("công dân đọc trên thẻ", "read out from the card"),
        group="word",
    )
    yield Field(
        name="instead",
        words=Words("Không có mã thì", "Where there is none"),
        kind="select",
        required=False,
        options=optional(Words("Đã đọc mã", "It was read out"), _instead(about)),
        group="word",
    )


def _instead(about: Situation) -> Mapping[str, Words]:
    """What stands in for a word that nobody has, as the rule of the day says for the class of the case."""
    of = people.receiving(about.case.recipient_class or "owner", about.offices.today)
    return {code: INSTEAD.get(code, Words(code, code)) for code in of.instead_of_word}


def result_handed_over(about: Situation, filled: Filled, _act: UUID) -> Written:
    ticked = set(filled.many("papers"))
    papers = [str(one.paper_id) for one in results_here(about) if str(one.paper_id) in ticked]
    if not papers:
        raise FilledWrong("Chưa chọn kết quả nào. Đánh dấu rồi gửi lại.", pointer="/papers")
    body: dict[str, Any] = {
        "visit_id": str(filled.id("visit")),
        "paper_ids": papers,
        "recipient_class": filled.choice("recipient", CLASSES),
        "relationship": filled.choice("relation", [str(one) for one in RELATIONS]),
        "means": filled.choice("means", MEANS),
    }
    if (instead := filled.maybe_choice("instead", _instead(about))) is not None:
        body["word_replaced_by"] = instead
    told = {
        "word": filled.maybe("word", longest=100),
        "name": filled.maybe("name", longest=200),
        "born": read_born(filled, "born"),
    }
    personal = {name: value for name, value in told.items() if value is not None}
    return Written(body, personal or None)
