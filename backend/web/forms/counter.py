"""What the forms of a counter visit begin with: the visit whose citizen is there, at a place where the clerk sits."""

from uuid import UUID

from backend.staff.model import Role
from backend.web.forms.field import Field, Filled
from backend.web.forms.situation import Situation
from backend.web.people_views import PageView
from backend.web.views import VisitView
from backend.web.words import Words, act_words

AT_THE_COUNTER = (Role.COUNTER_CLERK, Role.POST_EMPLOYEE_AT_ONE_STOP, Role.ONE_STOP_OFFICER)


def visit_here(about: Situation) -> VisitView | None:
    """The one that somebody has come to."""
    mine, case = set(about.units_as(*AT_THE_COUNTER)), about.case
    places = {"post_counter": {case.handling_unit}, "one_stop": {case.supporting_unit, case.competent_unit}}
    return next((one for one in case.visits if one.state == "arrived" and mine & places.get(one.place, set())), None)


def visit_field(visit: VisitView | None) -> Field:
    value = "" if visit is None else str(visit.visit_id)
    return Field(name="visit", words=act_words("record_arrival"), kind="hidden", value=value, required=False)


def visit_of(filled: Filled) -> dict[str, str]:
    """Of the body; nothing where there was none."""
    return {} if filled.maybe("visit") is None else {"visit_id": str(filled.id("visit"))}


def ids(filled: Filled, name: str, among: set[UUID]) -> list[str]:
    """Those that were ticked and are there."""
    ticked = set(filled.many(name))
    return [text for text in map(str, sorted(among)) if text in ticked]


def page_words(about: Situation, one: PageView) -> Words:
    said = about.components.get(one.component, Words(one.component, one.component))
    return Words(f"{said.vi}, trang {one.page_number}", f"{said.en}, page {one.page_number}")
