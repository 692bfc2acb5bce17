"""Facts about papers that go home, and about cases that are one matter."""

from backend.dossiers import service as dossiers
from backend.dossiers.model import Case
from backend.parcels.model import HolderKind
from backend.sync.sheet import Fact, Facts, FactSheet


def last_paper_back(sheet: FactSheet) -> Fact:
    """A paper that is lost is not back."""
    away = {paper.paper_id for paper in sheet.papers() if paper.holder_kind is not HolderKind.CITIZEN}
    return away <= set(sheet.body.paper_ids)


def survivor_live(sheet: FactSheet) -> Fact:
    return dossiers.may_survive(sheet.do.case, sheet.do.world.get(Case, sheet.body.survivor))


OF_RETURNS: Facts = {
    "return_cause": lambda sheet: sheet.do.case.return_cause,
    "withdrawal_asked": lambda sheet: sheet.do.case.withdrawal_asked,
    "last_paper_back": last_paper_back,
    "survivor_live": survivor_live,
}
