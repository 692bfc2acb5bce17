"""Results that were not handed over: kept and collected, sent on, sent back, put right (F07)."""

from typing import Any
from uuid import UUID

from backend.simulate.case import Case
from backend.simulate.expecting import OVER
from backend.simulate.office import Office

NOT_YET = "not-now"


async def at_the_post(office: Office, case: Case) -> None:
    """The courier has brought it back; what follows depends on why."""
    assert case.result is not None
    assert case.pick_up.delivery is not None
    case.expects.held([case.result], "unit", office.at.post)
    case.expects.states = ("result_at_post",)
    follow = {
        "kept": _kept,
        "forwarded": _forwarded,
        "refused_result": _refused,
        "not_collected": _invited,
        "wrong_result": _wrong,
    }.get(case.pick_up.delivery.happening or "")
    if follow is not None:
        await follow(office, case)


async def _kept(office: Office, case: Case) -> None:
    """The citizen comes to the counter for it."""
    await office.does(office.dispatcher, "keep_at_post", case, {})
    case.expects.states = ("kept_at_post",)
    if office.counter is None:
        return
    visit, clerk = office.naming.id("visit", case.name, "counter"), office.counter
    at: dict[str, Any] = {"visit_id": visit}
    unplanned = {"unit": office.at.post, "purpose": "deliver", "place": "post_counter"}
    await office.does(clerk, "record_arrival", case, {**at, "unplanned": unplanned})
    await office.does(clerk, "check_identity", case, {**at, "party": "recipient", "means": "card_seen"})
    signature = office.naming.id("signature", case.name, "counter")
    signed = {"signature_id": signature, "document": "hand_over", "mode": "drawn", "shown_sha256": "0" * 64}
    await office.does(clerk, "sign", case, {**at, **signed})
    handed = {"paper_ids": [case.result], "recipient_class": "owner", "relationship": "chinh_chu"}
    await office.does(clerk, "hand_over_result", case, {**at, **handed, "means": "card_seen"})
    await office.does(clerk, "finish_visit", case, {**at, "outcome": "done"})
    assert case.result is not None
    case.expects.held([case.result], "citizen", case.id)
    case.expects.states = OVER
    office.journal.played["kept"] += 1


async def _forwarded(office: Office, case: Case) -> None:
    """The citizen has moved: the post of the new place answers for it."""
    if office.another_post is None:
        return
    house = {"address": "Ấp 5", "hamlet": "Mỹ Thạnh"}
    body = {"post": office.another_post}
    await office.does(office.dispatcher, "forward_result", case, body, personal=house)
    case.expects.states = ("forwarded",)
    office.journal.played["forwarded"] += 1


async def _refused(office: Office, case: Case) -> None:
    await office.does(office.dispatcher, "return_result", case, {})
    await _back_to_the_agency(office, case)
    case.expects.states = ("returned_to_agency",)
    office.journal.played["refused_result"] += 1


async def _invited(office: Office, case: Case) -> None:
    """Called once more on the same day, which is no second invitation: it does not go back yet."""
    await _invite(office, case, "call")
    case.expects.states = ("kept_at_post",)
    await office.refused(office.dispatcher, "return_result", case, {}, NOT_YET)


async def _invite(office: Office, case: Case, how: str) -> None:
    body = {"invitation_id": office.naming.id("invitation", case.name, case.expects.invitations), "how": how}
    await office.does(office.dispatcher, "invite", case, body)
    case.expects.invitations += 1


async def not_collected(office: Office, case: Case) -> None:
    """Days later: the second invitation, and nobody comes."""
    await _invite(office, case, "letter")
    await office.does(office.dispatcher, "return_result", case, {})
    await _back_to_the_agency(office, case)
    case.expects.states = ("returned_to_agency",)
    office.journal.played["not_collected"] += 1


async def _wrong(office: Office, case: Case) -> None:
    """The agency puts it right: another result takes its place."""
    note = {"note": "Huê, không phải Huệ"}
    await office.does(office.dispatcher, "send_back_for_correction", case, {"field": "owner_name"}, personal=note)
    await _back_to_the_agency(office, case)
    assert case.result is not None
    case.expects.superseded.add(case.result)
    case.result, case.result_parcel = office.naming.id("result", case.name, 2), office.naming.id("sealed", case.name, 2)
    body = {"paper_id": case.result, "parcel_id": case.result_parcel, "component": "ket_qua"}
    await office.does(office.officer, "release_result", case, body)
    case.expects.held([case.result], "unit", office.at.agency)
    case.expects.states = ("result_ready",)
    office.journal.played["wrong_result"] += 1


async def _back_to_the_agency(office: Office, case: Case) -> None:
    assert case.result is not None
    giver: dict[str, Any] = {"kind": "unit", "id": office.at.post}
    to: dict[str, Any] = {"kind": "unit", "id": office.at.agency}
    body: dict[str, UUID | list[UUID | None] | Any] = {
        "offer_id": office.naming.id("offer", case.name, "agency"),
        "parcel_ids": [case.result_parcel],
        "paper_ids": [],
    }
    await office.does(office.dispatcher, "offer", case, {**body, "to": to})
    await office.does(office.officer, "receive", case, {**body, "giver": giver, "receiver": to})
    case.expects.held([case.result], "unit", office.at.agency)
