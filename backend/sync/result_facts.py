"""Facts about results that could not be handed over."""

from backend.acts.rules import is_final
from backend.dossiers.model import RESULT_GOES_OUT
from backend.sync.sheet import Fact, Facts, FactSheet
from backend.visits.model import CaseVisit, Visit


def invited_enough(sheet: FactSheet) -> Fact:
    return sheet.do.world.knows("invited_enough", sheet.do.subject)


def final_reason(sheet: FactSheet) -> Fact:
    """Of the last hand-over that was tried."""
    world = sheet.do.world
    tried = [
        visit
        for row in world.of_case(CaseVisit, sheet.do.subject)
        if row.has_ended and (visit := world.get(Visit, row.visit_id)) is not None and visit.ended_at is not None
    ]
    last = max(
        (visit for visit in tried if visit.purpose in RESULT_GOES_OUT),
        key=lambda visit: (visit.ended_at, visit.visit_id),
        default=None,
    )
    return last is not None and last.reason is not None and is_final(last.reason)


OF_RESULTS: Facts = {"invited_enough": invited_enough, "final_reason": final_reason}
