"""Forms of a counter about papers on their way out of the citizen's hands: photographed, sent though something is
missing, sealed under a label of the clerk's own stock (F01, F14). Pure: no I/O."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from backend.ids import derived
from backend.visits.lists import is_taken
from backend.web.forms.counter import visit_served
from backend.web.forms.field import Field, Filled, FilledWrong, Form, Option, Written, hidden
from backend.web.forms.picture import picture_field, read_picture
from backend.web.forms.serving import held_here, paper_called
from backend.web.forms.situation import Situation
from backend.web.people_words import DOCUMENTS
from backend.web.views import PaperView
from backend.web.words import Words, act_words

_SHEETS = ("slip", "hand_over")
"""Our own papers, which are signed in ink."""


def photograph(about: Situation) -> Iterator[Form]:
    """With a camera or a scanner at the counter: a page, or one of our own papers that was signed in ink."""
    visit, known = visit_served(about, "arrived"), _pages(about)
    if visit is None:
        return
    yield Form(
        kind="photograph",
        main=False,
        title=act_words("photograph"),
        note=Words(
            "Cả trang trong khung, đủ sáng, đọc được chữ.", "The whole page, bright enough, and every word readable."
        ),
        fields=(
            hidden("visit", visit.visit_id),
            Field(
                name="page",
                words=Words("Chụp gì", "What it is"),
                kind="radio",
                value=next(iter(known)),
                options=tuple(Option(code, words) for code, words in known.items()),
            ),
            picture_field(Words("Ảnh", "Picture")),
        ),
        tried={"picture": f"{'0' * 64} 1 image/jpeg"},
    )


def _pages(about: Situation) -> Mapping[str, Words]:
    papers = {str(one.paper_id): paper_called(about, one) for one in about.case.papers if not one.is_result}
    signed = {code: Words(f"{DOCUMENTS[code].vi}, đã ký", f"{DOCUMENTS[code].en}, signed") for code in _SHEETS}
    return papers | signed


def photographed(about: Situation, filled: Filled, act: UUID) -> Written:
    page, visit = filled.choice("page", _pages(about)), filled.id("visit")
    papers = {str(one.paper_id): one for one in about.case.papers}
    paper = str(derived("sheet", visit.hex, page)) if page in _SHEETS else page
    component = page if page in _SHEETS else papers[page].component
    taken = [one.page_number for one in about.case.people.pages if one.component == component]
    return Written(
        {
            "visit_id": str(visit),
            "page_id": str(derived("page", act.hex)),
            "paper_id": paper,
            "component": component,
            "page_number": max(taken, default=0) + 1,
            "file": read_picture(filled),
        }
    )


def send_anyway(about: Situation) -> Iterator[Form]:
    """The citizen's choice, never the clerk's: nobody at a counter refuses (F14)."""
    visit, missing = visit_served(about, "arrived"), _missing(about)
    if visit is not None and missing:
        yield Form(
            kind="send_anyway",
            main=False,
            title=act_words("send_anyway"),
            note=Words(
                "Công dân chọn gửi khi còn thiếu, ký dưới danh sách. Cơ quan quyết định sau.",
                "The citizen chooses to send it so and signs below the list. The agency decides.",
            ),
            fields=(
                hidden("visit", visit.visit_id),
                Field(
                    name="missing",
                    words=Words("Còn thiếu", "Missing"),
                    kind="checks",
                    value="\n".join(missing),
                    options=tuple(Option(code, words) for code, words in missing.items()),
                ),
            ),
        )


def _missing(about: Situation) -> Mapping[str, Words]:
    listed = about.version.content.components if about.version is not None else None
    there = {one.component for one in about.case.papers if not one.is_result}
    wanted = [one.code for one in listed or () if is_taken(one) and one.code not in there]
    return {code: about.components[code] for code in wanted}


def sent_anyway(about: Situation, filled: Filled, _act: UUID) -> Written:
    ticked = set(filled.many("missing"))
    missing = [code for code in _missing(about) if code in ticked]
    if not missing:
        raise FilledWrong("Chưa chọn giấy tờ còn thiếu nào. Đánh dấu rồi gửi lại.", pointer="/missing")
    return Written({"visit_id": str(filled.id("visit")), "missing": missing})


def seal(about: Situation) -> Iterator[Form]:
    """Only under a label that the clerk was handed: from nobody else's stock (F01)."""
    visit, loose = visit_served(about, "arrived"), _loose(about)
    if visit is None or not loose:
        return
    left = len(about.label_sets)
    yield Form(
        kind="seal",
        title=act_words("seal"),
        note=Words(
            f"Còn {left} bộ nhãn trong tay. Giao thẻ công dân của bộ này cho công dân.",
            f"{left} label sets in hand. The citizen gets the card of this set.",
        ),
        fields=(
            hidden("visit", visit.visit_id),
            Field(
                name="label",
                words=Words("Quét nhãn dán lên bì", "Scan the label on the pouch"),
                kind="scan",
                hint=Words("hoặc gõ số nhãn", "or type the label's number"),
            ),
            Field(name="seal", words=Words("Số niêm phong", "Seal number")),
            Field(
                name="papers",
                words=Words("Giấy tờ trong bì", "Papers inside"),
                kind="checks",
                value="\n".join(str(one.paper_id) for one in loose),
                options=tuple(Option(str(one.paper_id), paper_called(about, one)) for one in loose),
            ),
        ),
        tried={"label": next(iter(about.label_sets), ""), "seal": "0"},
    )


def _loose(about: Situation) -> list[PaperView]:
    return [one for one in held_here(about) if one.state == "in_hand" and one.parcel_id is None]


def sealed(about: Situation, filled: Filled, act: UUID) -> Written:
    said, ticked = filled.text("label", longest=200), set(filled.many("papers"))
    number = int(said) if said.isascii() and said.isdigit() else None
    label = next((one for one, known in about.label_sets.items() if said == one or number == known), None)
    if label is None:
        raise FilledWrong(
            "Bộ nhãn này không do ông/bà đang giữ. Quét nhãn được cấp cho mình, hoặc xin cấp ở trang Bộ nhãn.",
            pointer="/label",
        )
    papers = [str(one.paper_id) for one in _loose(about) if str(one.paper_id) in ticked]
    if not papers:
        raise FilledWrong("Chưa chọn giấy tờ nào. Đánh dấu rồi gửi lại.", pointer="/papers")
    return Written(
        {
            "visit_id": str(filled.id("visit")),
            "parcel_id": str(derived("parcel", act.hex)),
            "label": label,
            "seal_number": filled.text("seal", longest=20),
            "paper_ids": papers,
        }
    )
