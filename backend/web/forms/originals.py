"""The form for an original that is looked at and handed back at a counter or a one-stop (row 25). Pure: no I/O."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from backend.ids import derived
from backend.procedures.model import Component, OriginalFate
from backend.staff.model import Role
from backend.visits.lists import PAPERS_COME_IN
from backend.web.forms.field import Field, Filled, Form, Option, Written, options
from backend.web.forms.situation import Situation
from backend.web.views import VisitView
from backend.web.words import CONDITIONS, SEEN, Words, act_words

LOOKING = (Role.COUNTER_CLERK, Role.POST_EMPLOYEE_AT_ONE_STOP, Role.ONE_STOP_OFFICER)
MOST = 200


def see_original(about: Situation) -> Iterator[Form]:
    """While the citizen is there. What a picture is kept of is only named: desks take none."""
    visit, to_see = _visit(about), _to_see(about)
    by_phone = component_options([one for one in to_see if one.photograph])
    known = component_options([one for one in to_see if not one.photograph])
    if visit is None or not known:
        return
    yield Form(
        kind="see_original",
        title=act_words("see_original"),
        note=Words(
            "Xem bản chính rồi trả lại ngay cho công dân. Không giữ lại, không chứng thực.",
            "Look at the original and hand it back at once. It is neither kept nor certified.",
        ),
        fields=(
            Field(name="visit", words=act_words("see_original"), kind="hidden", value=str(visit.visit_id)),
            Field(name="component", words=SEEN, kind="radio", value=known[0].value, options=known),
            *([_by_phone(by_phone)] if by_phone else []),
            Field(name="originals", words=Words("Số bản chính", "Originals"), kind="number", value="1"),
            Field(
                name="condition",
                words=Words("Tình trạng", "Condition"),
                kind="radio",
                value="intact",
                options=options(CONDITIONS),
            ),
        ),
    )


def _by_phone(listed: Sequence[Option]) -> Field:
    words = Words("Phải giữ ảnh: xem và chụp bằng điện thoại của bưu tá", "A picture is kept: with the courier's phone")
    return Field(name="by_phone", words=words, kind="told", options=listed)


def _visit(about: Situation) -> VisitView | None:
    """The one at a place where the clerk sits, whose citizen is there to hand papers in."""
    mine = set(about.units_as(*LOOKING))
    case = about.case
    places = {"post_counter": {case.handling_unit}, "one_stop": {case.supporting_unit, case.competent_unit}}
    return next(
        (
            one
            for one in case.visits
            if one.state == "arrived" and one.purpose in PAPERS_COME_IN and mine & places.get(one.place, set())
        ),
        None,
    )


def _to_see(about: Situation) -> list[Component]:
    """As the day list has it: what was seen already is not asked for again."""
    listed = about.version.content.components if about.version is not None else None
    seen = {one.component for one in about.case.papers if one.state == "seen"}
    return [one for one in listed or () if one.original is OriginalFate.HANDED_BACK and one.code not in seen]


def original_seen(about: Situation, filled: Filled, act: UUID) -> Written:
    known = [one.code for one in _to_see(about) if not one.photograph]
    return Written(
        {
            "visit_id": str(filled.id("visit")),
            "paper_id": str(derived("seen", act.hex)),
            "component": filled.choice("component", known),
            "originals": filled.whole("originals", least=1, most=MOST),
            "condition": filled.choice("condition", CONDITIONS),
        }
    )


def component_options(listed: Sequence[Component]) -> tuple[Option, ...]:
    """By code, each with the case in which alone it is asked for."""
    return tuple(
        Option(one.code, Words(f"{one.name}{f' (chỉ {one.when})' if one.when else ''}", one.name_en or one.name))
        for one in listed
    )
