"""The facts about who was met, may act and receive, and about what was signed, as far as they follow from the acts."""

from collections.abc import Callable, Mapping
from datetime import date

from backend.verify.replay import form_acts, people_acts
from backend.verify.replay.about import UNKNOWN, About, Value
from backend.verify.replay.world import ANYTHING, Row, local_day


def _recipient_fits(about: About) -> Value:
    """Where the class was never known, the owner alone is certain."""
    order, known = ("owner", "registered", "household"), about.case["recipient_class"]
    if not isinstance(known, str | None):
        return UNKNOWN
    if order.index(about.deed.body["recipient_class"]) > order.index(known or "owner"):
        return False
    if about.deed.body.get("of_age") is False:
        return False
    told = about.deed.has_personal or any(row["born"] is not None for row in _met(about))
    return UNKNOWN if told else True  # how old somebody must be on that day, the acts do not say


def _authority_live(about: About) -> Value:
    """False by the last day of what they act by, and once it is taken back. What the procedure asks of who files for
    another, the catalogue said."""
    if about.deed.subject in about.world.parties_unread:
        return UNKNOWN
    on, met = local_day(about.deed.occurred_at), _met(about)
    live = [row for row in met if _nothing_ended(about, row, on)]
    if met and not live:
        return False
    asked = met and all(row["role"] in ("filer", "authorised") for row in live)
    return UNKNOWN if asked or any(row["since"] is ANYTHING for row in met) else True


def _met(about: About) -> list[Row]:
    """That very party where it was said which, else all who are in the case as that."""
    part = about.of_this_case()
    if part is None:
        return []
    column, value = ("party_id", part["met_party"]) if part["met_party"] else ("role", part["met"])
    return [row for row in about.own("parties") if row[column] == value]


def _nothing_ended(about: About, row: Row, on: date) -> bool:
    own = [one for one in about.own("mandates") if one["party_id"] == row["party_id"]]
    stands = row["live"] and (row["authority_until"] or on) >= on
    return stands and (not own or any(people_acts.holds(one, on) for one in own))


def _result_out(about: About) -> Value:
    return any(paper["is_result"] and paper["holder_kind"] == "courier" for paper in about.own("papers"))


def _owner_proved(about: About) -> Value:
    """A code that was read out is in the personal part, and what it was compared with in a key."""
    proof = about.deed.body.get("proved_by")
    if about.deed.by_courier or proof is None:
        return False
    return about.deed.has_personal if proof == "code" else True


def _change_waits(about: About) -> Value:
    """Until when, the calendar of the post said."""
    return UNKNOWN if about.case["result_from"] is ANYTHING else False


def _declarations_unsigned(about: About) -> Value:
    return people_acts.unsigned(about.world, about.deed.subject, about.deed.uuid("visit_id"))


def _word_ok(about: About) -> Value:
    """A word that was said is in the personal part, and what it was compared with in keys."""
    if about.deed.body.get("word_replaced_by") is not None:
        return UNKNOWN
    if about.deed.body.get("word_ok") is False:
        return False
    return UNKNOWN if about.deed.has_personal else True


OF_PEOPLE: Mapping[str, Callable[[About], Value]] = {
    "recipient_fits": _recipient_fits,
    "authority_live": _authority_live,
    "result_out": _result_out,
    "owner_proved": _owner_proved,
    "change_waits": _change_waits,
    "word_ok": _word_ok,
    "declarations_unsigned": _declarations_unsigned,
    "signed_page_missing": lambda about: people_acts.page_missing(about.world, about.deed),
    "signed_as_read": lambda about: people_acts.as_read(about.world, about.deed),
    "content_as_hashed": lambda about: form_acts.as_hashed(about.deed),
    "finger_named": lambda about: people_acts.finger_named(about.deed),
    "consent_given": lambda about: about.deed.body["given"],
}
