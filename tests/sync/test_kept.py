"""P1: whatever a phone sends is kept and answered. What nobody can read waits for a person; nothing is an exception."""

import json
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from backend.acts import envelope
from backend.acts.service import open_personal
from backend.ids import uuid7
from backend.sync.reading import Command
from tests.builders import Field, personal_part, standings
from tests.builders_acts import sealed


def rewritten(command: Command, key: ec.EllipticCurvePrivateKey, **changes: Any) -> Command:
    """The same envelope with other values, signed by `key`: what a phone of another make might write."""
    data = json.dumps(json.loads(command.data) | changes).encode()
    return Command(data, envelope.sign(key, data), command.personal)


async def kept(field: Field, command: Command) -> dict[str, Any]:
    """Its inbox row, found by its bytes."""
    row = await field.tx.first(
        "SELECT made_by, id, standing, reason, seq, data, subject_id FROM inbox WHERE fingerprint = $mark",
        mark=envelope.fingerprint(command.data),
    )
    assert row is not None
    assert bytes(row["data"]) == command.data
    return dict(row.items())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        b"\xff\xfe\xfd",
        b"not an envelope",
        b"{}",
        b"null",
        b"[" * 10_000 + b"]" * 10_000,
        b'{"v":1}',
        b'{"v":2,"made_by":"a phone of next year"}',
        b"x" * 70_000,
    ],
    ids=["nothing", "nul", "bytes", "words", "empty", "null", "deep", "short", "newer", "huge"],
)
async def test_bytes_nobody_can_read_stand_in_review_and_the_rest_of_the_batch_takes_effect(
    field: Field, data: bytes
) -> None:
    case, visit, _ = await field.booked()
    unreadable = Command(data, b"\x00" * 64)
    depart = field.phone.make(case, "depart", {"visit_id": visit})
    answers = await field.send(unreadable, depart)
    assert standings(answers) == ["review", "applied"]
    assert answers[0].fingerprint == envelope.fingerprint(data).hex()
    row = await kept(field, unreadable)
    assert (row["made_by"], row["reason"]) == (field.phone.device, "unreadable")
    assert standings(await field.send(unreadable)) == ["review"]
    assert await field.tx.value("SELECT count(*) FROM inbox WHERE standing = 'review'") == 1


async def test_a_body_that_is_no_utf8_stands_in_review(field: Field) -> None:
    case, visit, _ = await field.booked()
    good = field.phone.make(case, "seal", sealed(visit, "nhãn số 1", []))
    data = good.data.replace("nhãn".encode(), b"nh\xffn")
    [answer] = await field.send(Command(data, envelope.sign(field.phone.key, data)))
    assert answer.standing == "review"


@pytest.mark.parametrize(
    ("when", "standing"), [("0001-01-01T00:00:00+14:00", "review"), ("9999-12-31T23:59:59-14:00", "review")]
)
async def test_a_time_at_the_edge_of_the_calendar_is_kept(field: Field, when: str, standing: str) -> None:
    case, visit, _ = await field.booked()
    odd = rewritten(field.phone.make(case, "depart", {"visit_id": visit}), field.phone.key, occurred_at=when)
    [answer] = await field.send(odd)
    assert answer.standing == standing
    await kept(field, odd)


async def test_a_kind_of_a_newer_app_stands_in_review_with_its_number_used(field: Field) -> None:
    case, _, _ = await field.booked()
    other, other_visit, _ = await field.booked()
    answers = await field.send(
        field.phone.make(case, "weigh_parcel", {"grams": 120}),
        field.phone.make(other, "depart", {"visit_id": other_visit}),
    )
    assert standings(answers) == ["review", "applied"]
    assert await field.tx.value("SELECT reason FROM inbox WHERE kind = 'weigh_parcel'") == "unknown-kind"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("depart", {}),
        ("depart", {"visit_id": "no id"}),
        ("depart", []),
        ("depart", 7),
        ("collect", {"visit_id": "018f0000-0000-7000-8000-000000000000", "total": -1}),
        ("fail_visit", {"visit_id": "$visit", "reason": "V99"}),
        ("fail_visit", {"visit_id": "$visit", "reason": "H99"}),
        ("finish_visit", {"visit_id": "$visit", "outcome": "lost"}),
    ],
)
async def test_a_body_that_does_not_fit_its_kind_stands_in_review(field: Field, kind: str, body: Any) -> None:
    case, visit, _ = await field.booked()
    if isinstance(body, dict):
        body = {name: visit if value == "$visit" else value for name, value in body.items()}
    [answer] = await field.send(field.phone.make(case, kind, body))
    assert answer.standing == "review"
    assert await field.tx.value("SELECT reason FROM inbox WHERE standing = 'review'") == "unreadable-body"
    assert await field.state(case) == "booked"


async def test_an_act_on_the_wrong_kind_of_subject_stands_in_review(field: Field) -> None:
    """A shift must not be begun under the id of a case."""
    case, _, _ = await field.booked()
    body = {"unit": str(field.post), "day": "2026-11-25", "float_amount": 100_000}
    [answer] = await field.send(field.phone.make(case, "begin_shift", body))
    assert answer.standing == "review"
    assert await field.tx.value("SELECT count(*) FROM shifts") == 0
    assert await field.tx.value("SELECT count(*) FROM entries") == 0


async def test_a_wrong_signature_does_not_take_the_id_of_the_act_it_imitates(field: Field) -> None:
    case, visit, _ = await field.booked()
    depart = field.phone.make(case, "depart", {"visit_id": visit})
    forged = Command(depart.data, envelope.sign(field.tu_phone.key, depart.data))
    answers = await field.send(forged, Command(depart.data, None), depart)
    assert standings(answers) == ["review", "review", "applied"]
    assert await field.tx.value("SELECT reason FROM inbox WHERE standing = 'review'") == "signature-wrong"
    assert await field.state(case) == "on_the_way"


async def test_an_act_of_a_phone_we_do_not_know_stands_in_review_under_who_carried_it(field: Field) -> None:
    case, visit, _ = await field.booked()
    key = ec.generate_private_key(ec.SECP256R1())
    stranger = rewritten(field.phone.make(case, "depart", {"visit_id": visit}), key, made_by=str(uuid7()))
    [answer] = await field.send(stranger)
    assert answer.standing == "review"
    row = await kept(field, stranger)
    assert (row["made_by"], row["reason"]) == (field.phone.device, "unknown-device")


@pytest.mark.parametrize("personal", [b"", b"\xff\xfe", b"null", b"[" * 5000, b'{"salt":"short"}'])
async def test_a_registration_at_the_door_with_a_personal_part_nobody_can_read_waits_for_a_person(
    field: Field, personal: bytes
) -> None:
    made = field.phone.make(uuid7(), "register", field.registration())
    mark = envelope.fingerprint(personal).hex()
    odd = rewritten(Command(made.data, None, personal), field.phone.key, personal_hash=mark)
    [answer] = await field.send(odd)
    assert answer.standing == "review", "papers and money may hang on it"
    await kept(field, odd)


async def test_an_act_without_a_number_stands_in_review(field: Field) -> None:
    case, visit, _ = await field.booked()
    depart = field.phone.make(case, "depart", {"visit_id": visit})
    answers = await field.send(rewritten(depart, field.phone.key, seq=None), depart)
    assert standings(answers) == ["review", "applied"]


async def test_an_act_with_another_personal_part_than_was_signed_stands_in_review_and_the_next_goes_on(
    field: Field,
) -> None:
    case, visit, _ = await field.booked()
    other, other_visit, _ = await field.booked()
    first = field.phone.make(case, "depart", {"visit_id": visit}, personal={"note": "cổng xanh"})
    swapped = Command(first.data, first.signature, personal_part({"note": "cổng đỏ"}))
    answers = await field.send(swapped, field.phone.make(other, "depart", {"visit_id": other_visit}))
    assert standings(answers) == ["review", "applied"]


async def test_a_swapped_personal_part_is_found_when_the_act_was_held_too(field: Field) -> None:
    case, visit, _ = await field.booked()
    depart = field.phone.make(case, "depart", {"visit_id": visit})
    arrival = field.phone.make(case, "record_arrival", {"visit_id": visit}, personal={"place": "10.45, 105.63"})
    swapped = Command(arrival.data, arrival.signature, personal_part({"place": "10.00, 105.00"}))
    assert standings(await field.send(swapped)) == ["held"]
    assert standings(await field.send(depart)) == ["applied"]
    assert await field.standing(arrival) == "review"


async def test_who_carries_a_colleagues_act_cannot_spoil_it_by_leaving_its_personal_part_out(field: Field) -> None:
    case, visit, _ = await field.booked()
    first = field.phone.make(case, "depart", {"visit_id": visit}, personal={"note": "cổng xanh"})
    assert standings(await field.send(Command(first.data, first.signature), carrier=field.tu_phone)) == ["review"]
    assert standings(await field.send(first)) == ["applied"]


async def test_the_personal_part_of_what_nobody_can_read_is_kept_sealed(field: Field) -> None:
    """A newer phone's act is readable after our next version: what it was told at the door must not be lost."""
    personal = personal_part({"note": "chủ hồ sơ đi vắng"})
    [answer] = await field.send(Command(b'{"v":2}', b"", personal))
    key = (field.phone.device, UUID(str(answer.id)))
    assert await open_personal(field.tx, field.ring, [key]) == {key: personal}


async def test_a_fact_about_a_case_that_never_was_in_the_couriers_bundle_waits_for_a_person(field: Field) -> None:
    case, visit, _ = await field.booked()
    tu = field.tu_phone
    [answer] = await field.send(tu.make(case, "depart", {"visit_id": visit}), carrier=tu)
    assert answer.standing == "review"
    assert await field.tx.value("SELECT reason FROM inbox WHERE standing = 'review'") == "not-in-bundle"
    assert await field.state(case) == "booked"


async def test_a_fact_about_a_visit_of_another_courier_waits_for_a_person(field: Field) -> None:
    """Lan names a visit of Tú's on a case of her own: Tú's case must not move."""
    case, _, _ = await field.booked()
    theirs, their_visit, _ = await field.booked(courier=str(field.tu))
    for kind in ("depart", "record_arrival"):
        answer = await field.does(case, kind, {"visit_id": their_visit})
        assert answer.standing == ("review" if kind == "depart" else "behind")
    assert await field.state(theirs) == "booked"


async def test_an_act_signed_by_one_person_on_the_phone_of_another_waits_for_a_person(field: Field) -> None:
    case, visit, _ = await field.booked()
    [answer] = await field.send(field.phone.make(case, "depart", {"visit_id": visit}, actor=field.tu))
    assert answer.standing == "review"
    assert await field.tx.value("SELECT reason FROM inbox WHERE standing = 'review'") == "actor-not-of-device"


async def test_an_unknown_case_and_an_unknown_visit_wait_for_a_person(field: Field) -> None:
    case, _, _ = await field.booked()
    answers = await field.send(
        field.phone.make(uuid7(), "depart", {"visit_id": str(uuid7())}),
        field.phone.make(case, "depart", {"visit_id": str(uuid7())}),
    )
    assert standings(answers) == ["review", "review"]


async def test_one_act_the_database_refuses_does_not_hold_up_the_others(field: Field) -> None:
    """The third act breaks a rule of the ledger; the kind before it is unknown; the others are as if alone."""
    case, visit, charges = await field.booked(8000)
    other, other_visit, _ = await field.booked()
    phone = field.phone
    wrong_change = {
        "visit_id": visit,
        "slip_number": 1,
        "lines": [{"charge_id": charges[0], "amount": 8000}],
        "total": 8000,
        "means": "cash",
        "tendered": 10_000,
        "change": 0,
    }
    answers = await field.send(
        phone.make(other, "depart", {"visit_id": other_visit}),
        phone.make(other, "weigh_parcel", {}),
        phone.make(case, "depart", {"visit_id": visit}),
        phone.make(case, "collect", wrong_change),
        phone.make(case, "record_arrival", {"visit_id": visit}),
        phone.make(other, "record_arrival", {"visit_id": other_visit}),
    )
    assert standings(answers) == ["applied", "review", "applied", "review", "behind", "behind"]
    assert answers[3].problem is not None
    assert answers[3].problem.type == "urn:tannha:problem:against-the-records"


async def test_acknowledged_means_committed_and_waited_for_on_the_disk(field: Field) -> None:
    assert await field.tx.value("SELECT current_setting('synchronous_commit')") == "on"
    assert await field.tx.value("SELECT current_setting('fsync')") == "on"
