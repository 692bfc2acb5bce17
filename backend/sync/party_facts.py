"""Facts about who acts for the owner and who may receive."""

from backend.acts.model import Source
from backend.parcels.model import HolderKind, Paper
from backend.sync.sheet import Fact, Facts, FactSheet

RECIPIENTS = {
    "owner": {"owner"},
    "registered": {"owner", "registered"},
    "household": {"owner", "registered", "household"},
}
"""Who fits a class of recipients (F07). Where the class is not known, the owner alone does for certain."""


def recipient_fits(sheet: FactSheet) -> Fact:
    return sheet.body.recipient_class in RECIPIENTS[sheet.do.case.recipient_class or "owner"]


def result_out(sheet: FactSheet) -> Fact:
    papers = sheet.do.world.of_case(Paper, sheet.do.subject)
    return any(paper.is_result and paper.holder_kind is HolderKind.COURIER for paper in papers)


def owner_proved(sheet: FactSheet) -> Fact:
    """By what a named person at a counter was shown: a phone at a door does not do this."""
    return sheet.do.act.source is Source.DESK and getattr(sheet.body, "proved_by", None) is not None


OF_PARTIES: Facts = {
    "recipient_fits": recipient_fits,
    "result_out": result_out,
    "owner_proved": owner_proved,
}
