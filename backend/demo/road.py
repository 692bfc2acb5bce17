"""Steps of a case from the door to the agency and back: taken, handed from one to the next, checked, returned."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from backend.clock import local_date
from backend.demo.cases import CaseStory, holder
from backend.demo.cast import Member
from backend.demo.planning import NIGHT
from backend.ids import uuid7
from backend.procedures import people

OVERNIGHT = frozenset({"take", "nobody_home", "check", "release", "out"})
"""Steps that come a day after the one before."""
AWAY = 0.054
"""Degrees of latitude: six kilometres."""
FLOAT = 200_000
"""Đồng of change at begin of day."""


async def begin_shift(story: CaseStory) -> None:
    day = local_date(story.past.at + NIGHT).isoformat()
    body = {"unit": str(story.place.post), "day": day, "float_amount": FLOAT}
    await story.past.by_phone(story.place.phone, story.shift, ("begin_shift", body))


async def close_shift(story: CaseStory) -> None:
    counted = {"counted": FLOAT + sum(amount for _, amount in story.charges)}
    await story.past.by_phone(story.place.phone, story.shift, ("close_shift", counted))


async def take(story: CaseStory) -> None:
    story.parcel = str(uuid7())
    papers = [
        {"id": str(uuid7()), "component": "to_khai", "form": "original", "originals": 1, "copies": 0},
        {"id": str(uuid7()), "component": "ban_sao", "form": "certified_copy", "originals": 0, "copies": 2},
    ]
    story.papers = [str(paper["id"]) for paper in papers]
    here = {"visit_id": story.visit}
    await story.door(
        ("depart", here),
        ("record_arrival", here),
        ("check_identity", {**here, "party": "owner", "means": "card_seen"}),
        *_told(story, here),
        ("take_papers", {**here, "papers": [{**paper, "condition": "intact"} for paper in papers]}),
        ("sign", _signed(story, "slip")),
        *_collected(story),
        ("seal", {**here, "parcel_id": story.parcel, **_sealed(story), "paper_ids": story.papers}),
        ("finish_visit", {**here, "outcome": "done"}),
    )


def _told(story: CaseStory, here: dict[str, str]) -> list[tuple[str, dict[str, Any]]]:
    """The notice is read, and one question is asked that may be refused."""
    on = local_date(story.past.at)
    texts = [(one, {"version": one.version, "text_sha256": one.sha256}) for one in people.notices(on)]
    asked = [one for one in people.extras(on) if one.extra == "zalo_messages"]
    answers = {"given": story.citizen.phone is not None, "answered_as": "owner"}
    return [
        *(("show_notice", {**here, **text, "notice": one.notice, "how": "read"}) for one, text in texts),
        *(
            (
                "record_consent",
                {**here, **answers, "extra": one.extra, "version": one.version, "text_sha256": one.sha256},
            )
            for one in asked
        ),
    ]


def _signed(story: CaseStory, document: str) -> dict[str, Any]:
    return {
        "visit_id": story.visit,
        "signature_id": str(uuid7()),
        "document": document,
        "mode": "drawn",
        "shown_sha256": "0" * 64,
    }


def _sealed(story: CaseStory) -> dict[str, Any]:
    label = story.place.labels.pop(0)
    story.past.bound.add(label)
    return {"label": label, "seal_number": f"NP{len(story.past.bound):05}"}


def _collected(story: CaseStory) -> list[tuple[str, dict[str, Any]]]:
    if not story.charges:
        return []
    total = sum(amount for _, amount in story.charges)
    body = {
        "visit_id": story.visit,
        "slip_number": story.place.phone.slip,
        "lines": [{"charge_id": charge, "amount": amount} for charge, amount in story.charges],
        "total": total,
        "means": "cash",
        "tendered": total,
        "change": 0,
    }
    story.place.phone.slip += 1
    return [("collect", body)]


async def _to_office(story: CaseStory, who: Member, giver: tuple[str, UUID], unit: UUID) -> None:
    """The receiver's half of a hand-over that was offered just before."""
    await story.desk(who, "receive", **story.half(), giver=holder(*giver), receiver=holder("unit", unit))


async def to_post(story: CaseStory) -> None:
    place = story.place
    await story.door(("offer", story.offered("unit", place.post)))
    await _to_office(story, place.dispatcher, ("courier", place.courier.id), place.post)


async def to_one_stop(story: CaseStory) -> None:
    place = story.place
    await story.desk(place.dispatcher, "offer", **story.offered("unit", place.one_stop))
    await _to_office(story, place.officer, ("unit", place.post), place.one_stop)


async def _open_and_check(story: CaseStory, result: str) -> None:
    await story.desk(story.place.officer, "open_seal", parcel_id=story.parcel, counted=len(story.papers))
    items = [
        {"component": "to_khai", "result": "match"},
        {"component": "ban_sao", "result": "match" if result == "passed" else "mismatch"},
    ]
    await story.desk(story.place.officer, "cross_check", result=result, items=items)


async def check(story: CaseStory) -> None:
    await _open_and_check(story, "passed")


async def check_not_passed(story: CaseStory) -> None:
    await _open_and_check(story, "not_passed")


async def start(story: CaseStory) -> None:
    """The agency gives its receipt, and goes to work."""
    receipt = await story.past.receipt(story.case, story.citizen.procedure, story.place.agency)
    if receipt is not None:
        await story.desk(story.place.officer, "issue_receipt", **receipt)
    await story.desk(story.place.officer, "report_portal_status", status=4, source="portal")


async def release(story: CaseStory) -> None:
    story.result, story.parcel = str(uuid7()), str(uuid7())
    body = {"paper_id": story.result, "parcel_id": story.parcel, "component": "ket_qua", "originals": 1}
    await story.desk(story.place.officer, "release_result", **body)


async def back(story: CaseStory) -> None:
    place = story.place
    await story.desk(place.officer, "offer", **story.offered("unit", place.post))
    await _to_office(story, place.dispatcher, ("unit", place.agency), place.post)


async def deliver(story: CaseStory) -> None:
    await story.booked(story.place.courier, "deliver", local_date(story.past.at + NIGHT), "14:00-15:00")


async def deliver_lan(story: CaseStory) -> None:
    await story.booked(story.place.lan, "deliver", story.place.today, "10:00-11:00")


async def out(story: CaseStory) -> None:
    place = story.place
    await story.desk(place.dispatcher, "offer", **story.offered("courier", place.courier.id))
    receive = {
        **story.half(),
        "giver": holder("unit", place.post),
        "receiver": holder("courier", place.courier.id),
    }
    await story.door(("receive", receive), ("depart", {"visit_id": story.visit}))


async def hand_over(story: CaseStory) -> None:
    here = {"visit_id": story.visit}
    handed = {
        **here,
        "paper_ids": [story.result],
        "recipient_class": "owner",
        "relationship": "owner",
        "means": "card_seen",
    }
    await story.door(
        ("record_arrival", here),
        ("check_identity", {**here, "party": "recipient", "means": "card_seen"}),
        ("hand_over_result", handed),
        ("sign", _signed(story, "hand_over")),
        ("finish_visit", {**here, "outcome": "done"}),
    )


async def nobody_home(story: CaseStory) -> None:
    """Where the house is on the map, the phone was kilometres away: a red visit, to be called back."""
    here, mark = {"visit_id": story.visit}, story.citizen.mark
    elsewhere = None if mark is None else {"lat": mark[0] + AWAY, "lon": mark[1], "accuracy": 20.0, "age": 5.0}
    failed = ("fail_visit", {**here, "reason": "V01"})
    await story.door(("depart", here), ("record_arrival", here), failed, place=elsewhere)


async def result_wrong(story: CaseStory) -> None:
    """The citizen reads it and finds a fault: it goes back to the agency."""
    here = {"visit_id": story.visit}
    await story.door(
        ("record_arrival", here),
        ("check_identity", {**here, "party": "recipient", "means": "card_seen"}),
        ("fail_visit", {**here, "reason": "H11"}),
    )


ROAD: dict[str, Callable[[CaseStory], Awaitable[None]]] = {
    "begin_shift": begin_shift,
    "close_shift": close_shift,
    "take": take,
    "to_post": to_post,
    "to_one_stop": to_one_stop,
    "check": check,
    "check_not_passed": check_not_passed,
    "start": start,
    "release": release,
    "back": back,
    "deliver": deliver,
    "deliver_lan": deliver_lan,
    "out": out,
    "hand_over": hand_over,
    "nobody_home": nobody_home,
    "result_wrong": result_wrong,
}
