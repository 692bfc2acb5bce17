"""Facts about an answer to a question that may be refused (F19)."""

from backend.clock import local_date
from backend.consents.model import RecordConsent, everybody_answered
from backend.dossiers.party_model import Party
from backend.procedures import people
from backend.sync.doing import Doing
from backend.sync.sheet import Fact, Facts, FactSheet


def lawful(do: Doing, body: RecordConsent) -> bool:
    """A question that nobody has on record concerns private life."""
    on = local_date(do.act.occurred_at)
    asked = next((one for one in people.extras(on) if one.extra == body.extra), None)
    return everybody_answered(
        body,
        do.world.of_case(Party, do.subject),
        people.ages(on),
        on,
        private_life=asked is None or asked.private_life,
    )


def consent_lawful(sheet: FactSheet) -> Fact:
    return lawful(sheet.do, sheet.body)


OF_CONSENTS: Facts = {"consent_given": lambda sheet: sheet.body.given, "consent_lawful": consent_lawful}
