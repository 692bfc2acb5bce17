"""Facts about an original that is looked at and handed back: what the catalogue that holds for the case says of it."""

from backend.documents.model import Page
from backend.procedures.model import OriginalFate
from backend.sync.sheet import Fact, Facts, FactSheet


def must_travel(sheet: FactSheet) -> Fact:
    listed = sheet.do.world.listed.get(sheet.do.act.key)
    return listed is not None and listed.original is OriginalFate.TRAVELS and not _goes_with_another(sheet)


def _goes_with_another(sheet: FactSheet) -> bool:
    """With another case that the same visit serves."""
    case, visit = sheet.body.goes_with, sheet.visit()
    others = sheet.do.world.others_in(visit.visit_id, sheet.do.subject) if visit is not None else ()
    return any(row.case_id == case for row in others)


def original_returns(sheet: FactSheet) -> Fact:
    """Of what is not on the list the effect says so: it does not stand there as something else."""
    listed = sheet.do.world.listed.get(sheet.do.act.key)
    return listed is None or listed.original is OriginalFate.HANDED_BACK or _goes_with_another(sheet)


def picture_missing(sheet: FactSheet) -> Fact:
    listed = sheet.do.world.listed.get(sheet.do.act.key)
    pages = sheet.do.world.of_case(Page, sheet.do.subject)
    return listed is not None and bool(listed.photograph) and all(one.paper_id != sheet.body.paper_id for one in pages)


OF_ORIGINALS: Facts = {
    "must_travel": must_travel,
    "original_returns": original_returns,
    "picture_missing": picture_missing,
}
