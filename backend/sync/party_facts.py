"""Facts about who acts for the owner and who may receive."""

from backend.acts.model import Source
from backend.clock import local_date
from backend.dossiers.party_model import Party
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


def authority_live(sheet: FactSheet) -> Fact:
    """False where all that is known of whoever was met has ended or was taken back: also on the road (F05)."""
    row, on = sheet.case_visit(), local_date(sheet.do.act.occurred_at)
    parties = sheet.do.world.of_case(Party, sheet.do.subject)
    met = [party for party in parties if row is not None and party.role == row.met]
    return not met or any(party.live and (party.authority_until or on) >= on for party in met)


OF_PARTIES: Facts = {
    "authority_live": authority_live,
    "recipient_fits": recipient_fits,
    "result_out": result_out,
    "owner_proved": owner_proved,
}
