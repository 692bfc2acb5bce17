"""What the forms of a counter visit begin with: the visit whose citizen is there, at a place where the clerk sits."""

from collections.abc import Collection
from uuid import UUID

from backend.staff.model import AT_COUNTERS, Role
from backend.web.forms.field import Field, Filled
from backend.web.forms.situation import Situation
from backend.web.people_views import PageView
from backend.web.people_words import page_called
from backend.web.views import VisitView
from backend.web.words import Words, act_words

SERVING = (Role.COUNTER_CLERK, Role.POST_EMPLOYEE_AT_ONE_STOP)
"""Who takes papers and money there."""


def counters(about: Situation, roles: Collection[Role] = SERVING) -> list[tuple[UUID, str]]:
    """Those of the case at which the clerk sits: (unit, place). A post may support a case as well: it stays a post."""
    case, mine = about.case, set(about.units_as(*roles))
    places = {case.competent_unit: "one_stop", case.supporting_unit: "one_stop", case.handling_unit: "post_counter"}
    return [(unit, place) for unit, place in places.items() if unit in mine]


def visit_served(about: Situation, *states: str, roles: Collection[Role] = SERVING) -> VisitView | None:
    """At one of them, and not yet ended for the case."""
    places = {place for _, place in counters(about, roles)}
    return next(
        (one for one in about.case.visits if one.place in places and one.state in states and one.outcome is None), None
    )


def visit_here(about: Situation) -> VisitView | None:
    """The one that somebody has come to."""
    return visit_served(about, "arrived", roles=AT_COUNTERS)


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
    said = page_called(one.component, about.components)
    return Words(f"{said.vi}, trang {one.page_number}", f"{said.en}, page {one.page_number}")
