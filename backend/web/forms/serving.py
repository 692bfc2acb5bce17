"""Forms at a counter, with the citizen and the papers there (F02): the same acts as at a door. Pure: no I/O."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from backend.ids import derived
from backend.staff.model import AT_COUNTERS
from backend.visits.lists import is_taken
from backend.web.forms.counter import counters, visit_here, visit_served
from backend.web.forms.field import Field, Filled, FilledWrong, Form, Option, Written, options
from backend.web.forms.originals import component_options
from backend.web.forms.planning import PURPOSE_IN
from backend.web.forms.situation import Situation
from backend.web.views import PaperView
from backend.web.words import COMPONENTS, CONDITIONS, FORMS, PURPOSES, Words, act_words

MOST_PAPERS = 200


def record_arrival(about: Situation) -> Iterator[Form]:
    """The citizen stands at the counter: for a visit that was agreed, or for none."""
    here = counters(about, AT_COUNTERS)
    if not here or visit_here(about) is not None:
        return
    planned = visit_served(about, "planned", roles=AT_COUNTERS)
    purpose = planned.purpose if planned is not None else PURPOSE_IN.get(about.case.state, "collect")
    yield Form(
        kind="record_arrival",
        main=planned is not None,
        title=Words("Công dân đến quầy", "The citizen is at the counter"),
        note=PURPOSES[purpose],
        fields=(
            Field(
                name="unit",
                words=Words("Tại", "At"),
                kind="hidden" if len(here) == 1 else "select",
                value=str(here[0][0]),
                options=about.unit_options([unit for unit, _ in here]),
            ),
        ),
    )


def arrived(about: Situation, filled: Filled, act: UUID) -> Written:
    planned = visit_served(about, "planned", roles=AT_COUNTERS)
    if planned is not None:
        return Written({"visit_id": str(planned.visit_id)})
    places = {str(unit): place for unit, place in counters(about, AT_COUNTERS)}
    unit = filled.choice("unit", places)
    purpose = PURPOSE_IN.get(about.case.state, "collect")
    unplanned = {"unit": unit, "purpose": purpose, "place": places[unit]}
    return Written({"visit_id": str(derived("visit", act.hex)), "unplanned": unplanned})


def take_papers(about: Situation) -> Iterator[Form]:
    """One paper at a time, as it is counted and looked at."""
    visit, known = visit_served(about, "arrived"), takeable(about)
    if visit is None or not known:
        return
    yield Form(
        kind="take_papers",
        title=act_words("take_papers"),
        note=Words("Đếm và xem từng giấy tờ trước mặt công dân.", "Count and look at each paper before the citizen."),
        fields=(
            Field(name="visit", words=act_words("take_papers"), kind="hidden", value=str(visit.visit_id)),
            Field(
                name="component",
                words=Words("Giấy tờ", "Paper"),
                kind="radio",
                value=known[0].value,
                options=known,
            ),
            Field(
                name="form",
                words=Words("Dạng", "Form"),
                kind="select",
                value="original",
                options=options(FORMS),
            ),
            Field(
                name="originals",
                words=Words("Số bản chính", "Originals"),
                kind="number",
                value="1",
                group="counts",
            ),
            Field(name="copies", words=Words("Số bản sao", "Copies"), kind="number", value="0", group="counts"),
            Field(
                name="condition",
                words=Words("Tình trạng", "Condition"),
                kind="radio",
                value="intact",
                options=options(CONDITIONS),
            ),
        ),
    )


def takeable(about: Situation) -> tuple[Option, ...]:
    """What is asked for by the published list, and what the citizen adds by himself."""
    listed = about.version.content.components if about.version is not None else None
    asked = component_options([one for one in listed or () if is_taken(one)])
    own = Option("citizens_own", COMPONENTS["citizens_own"])
    return (*asked, own)


def papers_taken(about: Situation, filled: Filled, act: UUID) -> Written:
    originals, copies = filled.whole("originals", most=MOST_PAPERS), filled.whole("copies", most=MOST_PAPERS)
    if originals + copies == 0:
        raise FilledWrong("Ghi số bản chính hoặc số bản sao rồi gửi lại.", pointer="/originals")
    paper = {
        "id": str(derived("paper", act.hex)),
        "component": filled.choice("component", [one.value for one in takeable(about)]),
        "form": filled.choice("form", FORMS),
        "originals": originals,
        "copies": copies,
        "condition": filled.choice("condition", CONDITIONS),
    }
    return Written({"visit_id": str(filled.id("visit")), "papers": [paper]})


def hand_back_papers(about: Situation) -> Iterator[Form]:
    """Papers that the office has, to the citizen who came for them."""
    visit, there = visit_served(about, "arrived"), held_here(about)
    if visit is None or not there:
        return
    yield Form(
        kind="hand_back_papers",
        main=about.case.state == "return_of_papers",
        title=act_words("hand_back_papers"),
        fields=(
            Field(name="visit", words=act_words("hand_back_papers"), kind="hidden", value=str(visit.visit_id)),
            Field(
                name="papers",
                words=Words("Giấy tờ trả lại", "Papers handed back"),
                kind="checks",
                value="\n".join(str(one.paper_id) for one in there),
                options=tuple(Option(str(one.paper_id), paper_called(about, one)) for one in there),
            ),
        ),
    )


def held_here(about: Situation) -> Sequence[PaperView]:
    """Of the citizen's papers, those that the office of the counter has."""
    mine = {unit for unit, _ in counters(about)}
    return [one for one in about.case.papers if one.holder in mine and not one.is_result]


def paper_called(about: Situation, paper: PaperView) -> Words:
    return about.components.get(paper.component, Words(paper.component, paper.component))


def papers_handed_back(about: Situation, filled: Filled, _act: UUID) -> Written:
    ticked = set(filled.many("papers"))
    chosen = [str(one.paper_id) for one in held_here(about) if str(one.paper_id) in ticked]
    if not chosen:
        raise FilledWrong("Chưa chọn giấy tờ nào. Đánh dấu rồi gửi lại.", pointer="/papers")
    return Written({"visit_id": str(filled.id("visit")), "paper_ids": chosen})
