"""Bodies of acts as phones and desks write them, and the stretches of a visit that most stories begin with."""

import hashlib
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from backend.acts.model import Answer
from backend.ids import uuid7
from tests.builders import TODAY, Field, Phone, a_paper, standings

Body = dict[str, Any]
Line = tuple[str, int]
"""A charge and the đồng paid for it."""


def met(visit: str, **changes: Any) -> Body:
    return {"visit_id": visit, "party": "owner", "means": "card_seen"} | changes


def signed(visit: str, document: str = "slip", **changes: Any) -> Body:
    return {
        "visit_id": visit,
        "signature_id": str(uuid7()),
        "document": document,
        "mode": "drawn",
        "shown_sha256": "a" * 64,
    } | changes


def paid(visit: str, slip: int, *lines: Line, **changes: Any) -> Body:
    """In cash, with the exact money."""
    total = sum(amount for _, amount in lines)
    return {
        "visit_id": visit,
        "slip_number": slip,
        "lines": [{"charge_id": charge, "amount": amount} for charge, amount in lines],
        "total": total,
        "means": "cash",
        "tendered": total,
        "change": 0,
    } | changes


def page(visit: str, paper: Body, number: int = 1, picture: bytes = b"a page") -> Body:
    return {
        "visit_id": visit,
        "page_id": str(uuid7()),
        "paper_id": paper["id"],
        "component": paper["component"],
        "page_number": number,
        "file": {"sha256": hashlib.sha256(picture).hexdigest(), "bytes": len(picture), "media_type": "image/webp"},
    }


def sealed(visit: str, label: str, papers: Sequence[Body], **changes: Any) -> Body:
    return {
        "visit_id": visit,
        "parcel_id": str(uuid7()),
        "label": label,
        "seal_number": "NP-0001",
        "paper_ids": [paper["id"] for paper in papers],
    } | changes


def courier(person: UUID) -> Body:
    return {"kind": "courier", "id": str(person)}


def unit(office: UUID) -> Body:
    return {"kind": "unit", "id": str(office)}


def offered(to: Body, *parcels: str, papers: Sequence[str] = (), offer: str | None = None) -> Body:
    return {"offer_id": offer or str(uuid7()), "parcel_ids": list(parcels), "paper_ids": list(papers), "to": to}


def received(offer: Body, giver: Body, receiver: Body | None = None) -> Body:
    """The other half of an offer."""
    things = {name: offer[name] for name in ("offer_id", "parcel_ids", "paper_ids")}
    return things | {"giver": giver, "receiver": receiver or offer["to"]}


def begun(field: Field, amount: int = 300_000) -> Body:
    return {"unit": str(field.post), "day": TODAY.isoformat(), "float_amount": amount}


async def another_post(field: Field) -> UUID:
    """Not Mỹ Hiệp's: always the same one."""
    return await field.tx.value(
        """SELECT u.id FROM units AS u JOIN unit_versions AS v ON v.unit_id = u.id
           WHERE u.kind = 'post' AND u.id <> $post AND v.valid @> $today::date ORDER BY u.id LIMIT 1""",
        post=field.post,
        today=TODAY,
    )


def label(number: int) -> str:
    return f"TN-LABEL-{number:04}"


def party(role: str, name: str, **changes: Any) -> Body:
    """As it stands in the personal part of an act."""
    return {"party_id": str(uuid7()), "role": role, "name": name} | changes


async def stock(field: Field, *numbers: int, holder: UUID | None = None) -> list[str]:
    """Label sets in Lan's bag (or another courier's), as if they had always been there."""
    for number in numbers:
        await field.tx.run(
            """INSERT INTO label_sets (number, label, item_number, card_token_sha256, look_up_hash, word_hash, unit_id,
                                       state, holder_kind, holder)
               VALUES ($number, $label, $item, $card, $card, $card, $unit, 'issued', 'courier', $holder)""",
            number=number,
            label=label(number),
            item=f"EA{number:09}VN",
            card=hashlib.sha256(b"card %d" % number).digest(),
            unit=field.post,
            holder=holder or field.lan,
        )
    return [label(number) for number in numbers]


async def printed(field: Field, count: int = 1, *, to: UUID | None = None) -> list[int]:
    """New sets in the post's stock, or on into the bag of `to`: their numbers. Út prints and hands out."""
    first = await field.tx.value("SELECT coalesce(max(number), 0) + 1 FROM label_sets")
    numbers = list(range(first, first + count))
    made = {"first": first, "count": count}
    assert (await field.at_desk(field.ut, field.post, "print_label_sets", made, subject="unit")).standing == "applied"
    if to is not None:
        given = {"courier": str(to), "numbers": numbers}
        given_out = await field.at_desk(field.ut, field.post, "issue_label_sets", given, subject="unit")
        assert given_out.standing == "applied", given_out
    return numbers


async def label_of(field: Field, number: int) -> str:
    """What its QR says."""
    return await field.tx.value("SELECT label FROM label_sets WHERE number = $number", number=number)


async def at_the_door(field: Field, case: UUID, visit: str, *, phone: Phone | None = None) -> None:
    """Departed, arrived, and the citizen is known."""
    made = phone or field.phone
    answers = await field.send(
        made.make(case, "depart", {"visit_id": visit}),
        made.make(case, "record_arrival", {"visit_id": visit}),
        made.make(case, "check_identity", met(visit)),
        carrier=made,
    )
    assert standings(answers) == ["applied"] * 3, answers


async def took_papers(field: Field, case: UUID, visit: str, *papers: Body) -> list[Body]:
    """At the door, with the papers in hand."""
    await at_the_door(field, case, visit)
    taken = list(papers) or [a_paper()]
    answer = await field.does(case, "take_papers", {"visit_id": visit, "papers": taken})
    assert answer.standing == "applied", answer
    return taken


async def clear(field: Field, case: UUID, *, most: int = 1000) -> list[Answer]:
    """Út has looked at every open exception of the case."""
    rows = await field.tx.all(
        "SELECT exception_id FROM exceptions WHERE case_id = $case AND cleared_at IS NULL LIMIT $most",
        case=case,
        most=most,
    )
    return [
        await field.at_desk(
            field.ut, case, "clear_exception", {"exception_id": str(row["exception_id"]), "reason": "looked_at"}
        )
        for row in rows
    ]


async def in_review(field: Field, case: UUID, kind: str, body: Body, **more: Any) -> UUID:
    """An act of Lan's phone that a person must look at first: Tú's name stands on it."""
    [answer] = await field.send(field.phone.make(case, kind, body, **{"actor": field.tu} | more))
    assert answer.standing == "review", answer
    assert answer.id is not None
    return answer.id


async def decide(
    field: Field,
    act: object,
    case: UUID,
    resolution: str = "apply",
    *,
    by: UUID | None = None,
    subject: str = "case",
    **more: Any,
) -> UUID:
    """`act`: the id of one in review. Hùng decides, unless told otherwise. Returns the id of the decision."""
    body = {"made_by": str(more.pop("made_by", field.phone.device)), "act_id": str(act), "resolution": resolution}
    body |= {"reason": "looked_at", "case": more.pop("onto", None)} | more
    decision = uuid7()
    answer = await field.at_desk(by or field.hung, case, "resolve_review", body, act=decision, subject=subject)
    assert answer.standing == "applied", answer
    return decision


async def countersign(
    field: Field,
    decision: UUID,
    case: UUID,
    *,
    of: UUID | None = None,
    by: UUID | None = None,
    act: UUID | None = None,
    subject: str = "case",
) -> Answer:
    """Út signs what Hùng decided, unless told otherwise. `act`: the id in the form."""
    body = {"made_by": str(of or field.hung), "act_id": str(decision)}
    return await field.at_desk(by or field.ut, case, "countersign_review", body, act=act, subject=subject)


async def resolve(
    field: Field, act: object, case: UUID, resolution: str = "apply", *, subject: str = "case", **more: Any
) -> None:
    """Hùng (`by`) decides, and where that takes two people, Út signs too."""
    maker, by = more.get("made_by", field.phone.device), more.get("by", field.hung)
    decision = await decide(field, act, case, resolution, subject=subject, **more)
    if await waits(field, maker, act):
        await countersign(field, decision, case, of=by, subject=subject)


async def waits(field: Field, maker: object, act: object) -> bool:
    """Whether an act is still in review."""
    standing = await field.tx.value(
        "SELECT standing FROM inbox WHERE made_by = $maker AND id = $act", maker=maker, act=act
    )
    return standing == "review"
