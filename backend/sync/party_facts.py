"""Facts about who acts for the owner and who may receive."""

from typing import Any

import msgspec

from backend.acts.model import Source
from backend.clock import local_date
from backend.dossiers import mandates
from backend.dossiers.mandate_model import Mandate
from backend.dossiers.party_model import Party, PartyRole
from backend.notices.model import Contact
from backend.notices.wording import mobile
from backend.parcels.model import HolderKind, Paper
from backend.procedures import people
from backend.staff.model import AT_COUNTERS
from backend.sync.sheet import Fact, Facts, FactSheet
from backend.visits.model import HandOverPersonal

RECIPIENTS = {
    "owner": {"owner"},
    "registered": {"owner", "registered"},
    "household": {"owner", "registered", "household"},
}
"""Who fits a class of recipients (F07). Where the class is not known, the owner alone does for certain."""


def recipient_fits(sheet: FactSheet) -> Fact:
    return sheet.body.recipient_class in RECIPIENTS[sheet.do.case.recipient_class or "owner"] and not _is_minor(sheet)


def _is_minor(sheet: FactSheet) -> bool:
    """Too young to receive, as far as a birth date is told or on file, or the courier saw it."""
    on = local_date(sheet.do.act.occurred_at)
    ages, own = people.ages(on), sheet.body.recipient_class == "owner"
    met = [party for party in met_in(sheet) if own or party.role is not PartyRole.OWNER]
    born = [party.born for party in met if party.born is not None]
    if not own and (told := _told(sheet)) is not None:
        born = [told]
    needed = ages.owner if own and all(party.role is PartyRole.OWNER for party in met) else ages.recipient
    return getattr(sheet.body, "of_age", None) is False or any(people.age(one, on)[1] < needed for one in born)


def _told(sheet: FactSheet) -> str | None:
    try:
        return msgspec.json.decode(sheet.do.act.personal or b"{}", type=HandOverPersonal).born
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None


def result_out(sheet: FactSheet) -> Fact:
    papers = sheet.do.world.of_case(Paper, sheet.do.subject)
    return any(paper.is_result and paper.holder_kind is HolderKind.COURIER for paper in papers)


def owner_proved(sheet: FactSheet) -> Fact:
    """By what a named person at a counter was shown, which nobody sees at a door or on the telephone; or by the code
    that this person had sent to the contact on file."""
    if getattr(sheet.body, "proved_by", None) == "code":
        return sheet.do.act.source is Source.DESK and sheet.do.world.knows("owner_code", sheet.do.act.key)
    at_a_counter = sheet.do.act.source is Source.DESK and any(post.role in AT_COUNTERS for post in sheet.posts)
    return at_a_counter and getattr(sheet.body, "proved_by", None) is not None


def code_reaches(sheet: FactSheet) -> Fact:
    """On a shared phone anybody reads it: not where only the owner may receive (F17)."""
    case, contact = sheet.do.case, sheet.do.world.get(Contact, sheet.do.subject)
    private = (case.recipient_class or "owner") != "owner" or contact is None or not contact.shared_phone
    return private and (mobile(case.phone) is not None or (contact is not None and contact.email is not None))


def change_waits(sheet: FactSheet) -> Fact:
    since = sheet.do.case.result_from
    return since is not None and local_date(sheet.do.act.occurred_at) < since


def met_in(sheet: FactSheet) -> list[Party]:
    """Whoever was met in the visit: that very person where it was said who, else all who are in the case as that."""
    row: Any = sheet.case_visit()
    parties = sheet.do.world.of_case(Party, sheet.do.subject)
    if row is None:
        return []
    return [one for one in parties if (one.party_id == row.met_party if row.met_party else one.role == row.met)]


def authority_live(sheet: FactSheet) -> Fact:
    """Whether one of those met may act for the owner today: nothing by which they do has ended or was taken back, also
    on the road, and it is what the procedure asks of them (F05)."""
    met = met_in(sheet)
    return not met or any(_may_act(sheet, party) for party in met)


def _may_act(sheet: FactSheet, party: Party) -> bool:
    on = local_date(sheet.do.act.occurred_at)
    own = [one for one in sheet.do.world.of_case(Mandate, sheet.do.subject) if one.party_id == party.party_id]
    if not mandates.is_live(party, own, on):
        return False
    content = sheet.do.world.contents.get(sheet.do.act.key)
    if party.role not in mandates.ACTING or content is None:
        return True
    return people.may_act(content.acting, party.relation, mandates.shown_by(party, own, on), on)


def word_ok(sheet: FactSheet) -> Fact:
    """Not wrong; or replaced by what the rule of the day takes instead."""
    instead = people.receiving(sheet.body.recipient_class, local_date(sheet.do.act.occurred_at)).instead_of_word
    if sheet.body.word_replaced_by is not None:
        return sheet.body.word_replaced_by in instead
    return sheet.body.word_ok is not False and not sheet.do.world.knows("wrong_word", sheet.do.act.key)


OF_PARTIES: Facts = {
    "authority_live": authority_live,
    "recipient_fits": recipient_fits,
    "result_out": result_out,
    "owner_proved": owner_proved,
    "change_waits": change_waits,
    "code_reaches": code_reaches,
    "word_ok": word_ok,
}
