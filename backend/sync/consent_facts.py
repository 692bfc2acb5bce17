"""Facts about an answer to a question that may be refused (F19)."""

from backend.clock import local_date
from backend.consents.model import everybody_answered
from backend.dossiers.party_model import Party
from backend.procedures import people
from backend.sync.sheet import Fact, Facts, FactSheet


def consent_lawful(sheet: FactSheet) -> Fact:
    """A question that nobody has on record concerns private life."""
    on, body = local_date(sheet.do.act.occurred_at), sheet.body
    asked = next((one for one in people.extras(on) if one.extra == body.extra), None)
    return everybody_answered(
        body,
        sheet.do.world.of_case(Party, sheet.do.subject),
        people.ages(on),
        on,
        private_life=asked is None or asked.private_life,
    )


OF_CONSENTS: Facts = {"consent_given": lambda sheet: sheet.body.given, "consent_lawful": consent_lawful}
