"""What offices do about what does not go straight: incidents, reliefs, cases that are withdrawn, refused or merged."""

from uuid import UUID

from backend.simulate.aside import RELIEF
from backend.simulate.case import Case, another_of
from backend.simulate.door import carried
from backend.simulate.expecting import FREED
from backend.simulate.handles import handled
from backend.simulate.office import Office

WHY = "same_matter"
UNDER_INCIDENT = "under-incident"


async def torn_pouch(office: Office, case: Case) -> None:
    """At the post: what is frozen goes nowhere; the head takes it on and ends it, and it goes on."""
    if case.incident is None or case.reported is None:
        return
    if office.journal.applied(case.reported):
        parcels, papers = carried(case)
        body = {"offer_id": office.naming.id("offer", case.name, "frozen"), "parcel_ids": parcels, "paper_ids": papers}
        to = {"kind": "unit", "id": office.at.one_stop}
        await office.refused(office.dispatcher, "offer", case, {**body, "to": to}, UNDER_INCIDENT)
    else:
        await office.attention.look_at_list()
    replaced = office.naming.dice("incident", case.name).random() < 0.5
    more = {"helped_by": office.at.one_stop, "paid_by": "post"} if replaced else {}
    ending = "replaced" if replaced else "no_damage"
    await office.ends(case.incident, ending, more)
    case.expects.incidents[case.incident] = ending
    office.journal.played["torn_pouch"] += 1


async def exempt(office: Office, case: Case) -> None:
    """By an approver, where the agency has one; else what is claimed stays due."""
    if case.happening != "exempted" or office.approver is None:
        return
    for charge, amount in case.claimed.items():
        await office.does(office.approver, "exempt", case, {"charge_id": charge, "relief": RELIEF})
        case.expects.charged(charge, amount, FREED)
    office.journal.played["exempted"] += 1


async def pay_at_the_bank(office: Office, case: Case) -> None:
    """The citizen transfers what the phone showed; the bank tells us hours later, three times. No pretend bank, no
    money. Raises Refused."""
    if case.payment is None:
        return
    reference, amount = case.payment
    body = {"amount": amount, "when": "late_thrice", "reference": reference}
    line = office.dispatcher.line
    case.paid_at_bank = await handled(line, office.calm, "POST", "/demo/bank/payments", body) is not None


# Papers go home


async def ends_early(office: Office, case: Case, courier: UUID) -> UUID:
    """Withdrawn by the citizen, or refused by the agency: the papers are offered to who brings them home."""
    if case.happening == "withdrawn":
        asked = office.province.operator or office.officer
        await office.does(asked, "withdraw", case, {})
        await office.does(office.officer, "accept_withdrawal", case, {})
    else:
        await office.does(office.officer, "refuse_dossier", case, {"reason": "not_of_this_agency"})
    case.expects.states = ("return_of_papers",)
    parcels, papers = carried(case)
    offer_id = office.naming.id("offer", case.name, "home")
    body = {"offer_id": offer_id, "parcel_ids": parcels, "paper_ids": papers}
    await office.does(office.officer, "offer", case, {**body, "to": {"kind": "courier", "id": courier}})
    await office.book(case, courier, purpose="return_papers")
    return offer_id


# Two cases of one matter


async def merge(office: Office, case: Case) -> Case:
    """The same person registers the same at the one-stop once more. Returns that one: it ends in the other."""
    twin = another_of(office.naming, case)
    await office.register(twin)
    body = {"reason": WHY, "survivor": case.id}
    await office.does(office.officer, "merge", twin, body)
    twin.expects.states, twin.expects.merged_into = ("merged",), case.id
    if case.happening == "merge_undone":
        await office.does(office.officer, "undo_merge", twin, body)
        await office.does(office.dispatcher, "cancel", twin, {"reason": "citizen_asked"})
        twin.expects.states, twin.expects.merged_into = ("cancelled",), None
    office.journal.played[case.happening or "merged"] += 1
    return twin
