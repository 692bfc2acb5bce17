"""What a courier does at a door, as acts: the same for an officer at a table, the order is the order of the day."""

import hashlib
import io
import json
from random import Random
from typing import Any
from uuid import UUID

from PIL import Image, ImageDraw

from backend.simulate.bundle import Owed
from backend.simulate.case import Case, Paper
from backend.simulate.citizens import place
from backend.simulate.courier import Courier
from backend.simulate.expecting import OVER, PAID
from backend.simulate.files import SealedFile
from backend.simulate.outbox import Written

NOTES = (10_000, 20_000, 50_000, 100_000, 200_000, 500_000)
"""Đồng: a citizen pays with the smallest note, or notes of it, that covers the sum."""
_SLATE = (320, 140)
_STROKES, _POINTS = 3, 14


def go_there(courier: Courier, case: Case, visit: UUID, where: dict[str, float] | None = None) -> None:
    """`where`: what the phone says; somewhere on the plain, if nothing."""
    courier.does("depart", case, {"visit_id": visit})
    courier.does("record_arrival", case, {"visit_id": visit}, personal={"place": where or place(courier.chance)})


def register_at_the_gate(courier: Courier, case: Case, *, unit: UUID, one_stop: UUID, agency: UUID) -> Written:
    """A neighbour asks for the service: the case is born on the phone."""
    body = {
        "registration_id": case.registration,
        "channel": "post",
        "procedure": "2.000635",
        "registered_at_unit": unit,
        "supporting_unit": one_stop,
        "handling_unit": unit,
        "competent_unit": agency,
    }
    return courier.does("register", case, body, personal=case.citizen.told())


def check_identity(courier: Courier, case: Case, visit: UUID, party: str, party_id: UUID | None = None) -> None:
    """`party_id`: which of those in the case, where that is known."""
    met = {"visit_id": visit, "party": party, "means": "card_seen"}
    courier.does("check_identity", case, met if party_id is None else {**met, "party_id": party_id})


def take(courier: Courier, case: Case) -> None:
    papers = [
        {"id": paper.id, "component": paper.component, "form": "original", "originals": 1, "copies": 0}
        for paper in case.papers
    ]
    courier.does("take_papers", case, {"visit_id": case.visit, "papers": papers})


def photograph_all(courier: Courier, case: Case) -> None:
    for paper in case.papers:
        for page in range(1, paper.pages + 1):
            photograph(courier, case, paper, page)


def photograph(courier: Courier, case: Case, paper: Paper, page: int) -> None:
    picture(courier, case, case.visit, paper.id, paper.component, page)


def picture(courier: Courier, case: Case, visit: UUID, of: UUID, component: str, page: int) -> SealedFile:
    """`of`: the paper, or what else is to be seen, such as a gate."""
    taken = courier.album.page(component, courier.chance.randrange(1000))
    file = courier.keeps(taken.data, case.name, str(of), page)
    courier.does(
        "photograph",
        case,
        {
            "visit_id": visit,
            "page_id": courier.naming.id("page", of, page),
            "paper_id": of,
            "component": component,
            "page_number": page,
            "file": {
                "sha256": file.plain_sha256,
                "sealed_sha256": file.sha256,
                "bytes": file.plain_bytes,
                "media_type": taken.media_type,
            },
        },
    )
    return file


def sign(
    courier: Courier,
    case: Case,
    visit: UUID,
    document: str,
    shown: dict[str, Any],
    *,
    evidence: dict[str, Any] | None = None,
    personal: dict[str, Any] | None = None,
) -> Written:
    """Bound to the hash of exactly what was shown. Drawn, strokes and picture are files of their own; `evidence`: of
    another mode, and `personal` who saw it."""
    signature_id = courier.naming.id("signature", case.name, document, str(visit))
    text = json.dumps({"document": document, "case": str(case.id), **shown}, ensure_ascii=False)
    body = {
        "visit_id": visit,
        "signature_id": signature_id,
        "document": document,
        "shown_sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    return courier.does("sign", case, body | (evidence or _strokes(courier, case, visit, document)), personal=personal)


def _strokes(courier: Courier, case: Case, visit: UUID, document: str) -> dict[str, Any]:
    strokes, drawing = drawn(courier.chance)
    signed = (case.name, document, str(visit))
    return {
        "mode": "drawn",
        "strokes_sha256": courier.keeps(strokes, *signed, "strokes").plain_sha256,
        "image_sha256": courier.keeps(drawing, *signed, "picture").plain_sha256,
    }


def drawn(chance: Random) -> tuple[bytes, bytes]:
    """Strokes as JSON (x, y, milliseconds, pressure) and their picture as PNG."""
    strokes: list[list[tuple[int, int, int, float]]] = []
    at = 0
    for _ in range(_STROKES):
        x, y = chance.randrange(20, _SLATE[0] // 2), chance.randrange(30, _SLATE[1] - 30)
        stroke: list[tuple[int, int, int, float]] = []
        for _ in range(_POINTS):
            x = min(_SLATE[0] - 5, x + chance.randrange(2, 14))
            y = min(_SLATE[1] - 5, max(5, y + chance.randrange(-14, 15)))
            at += chance.randrange(8, 25)
            stroke.append((x, y, at, round(chance.uniform(0.2, 0.9), 2)))
        strokes.append(stroke)
        at += 120
    slate = Image.new("L", _SLATE, 255)
    pen = ImageDraw.Draw(slate)
    for stroke in strokes:
        pen.line([(x, y) for x, y, _, _ in stroke], fill=30, width=3)
    out = io.BytesIO()
    slate.save(out, "PNG")
    return json.dumps({"width": _SLATE[0], "height": _SLATE[1], "strokes": strokes}).encode(), out.getvalue()


def collect(
    courier: Courier, case: Case, visit: UUID, owed: list[Owed], *, order: dict[str, Any] | None = None
) -> Written | None:
    """Cash, wholly, under the next slip of this phone's block, or the one on paper. Without a number nothing may be
    collected. `order`: where one payment is for several cases."""
    if not owed:
        return None
    slip = courier.next_slip()
    if slip is None:
        courier.without["slip"] += 1
        return None
    total = sum(charge.amount for charge in owed)
    tendered = next((note for note in NOTES if note >= total), -(-total // NOTES[-1]) * NOTES[-1])
    collected = courier.does(
        "collect",
        case,
        {
            "visit_id": visit,
            "slip_number": slip,
            "lines": [{"charge_id": charge.charge_id, "amount": charge.amount} for charge in owed],
            "total": total,
            "means": "cash",
            "tendered": tendered,
            "change": tendered - total,
            **({} if order is None else {"order": order}),
        },
    )
    courier.cash += total
    for charge in owed:
        case.expects.charged(charge.charge_id, charge.amount, PAID)
    return collected


def seal(courier: Courier, case: Case) -> None:
    """Under a label of the courier's own stock, by one scan; without a label the papers travel loose."""
    label = courier.roll.take(courier.phone.bundle.labels)
    if label is None:
        courier.without["label"] += 1
        return
    case.parcel = courier.naming.id("parcel", case.name)
    case.card_token = courier.roll.card_token(label)
    courier.does(
        "seal",
        case,
        {
            "visit_id": case.visit,
            "parcel_id": case.parcel,
            "label": label,
            "seal_number": seal_number(courier),
            "paper_ids": [paper.id for paper in case.papers],
        },
    )


def seal_number(courier: Courier) -> str:
    """Of the next seal in the bag."""
    return f"NP{courier.chance.randrange(10**8):08}"


def offer(courier: Courier, case: Case, to: UUID) -> UUID:
    """The giver's half, shown as a QR. Returns its id."""
    offer_id = courier.naming.id("offer", case.name, to)
    parcels, papers = carried(case)
    body = {"offer_id": offer_id, "parcel_ids": parcels, "paper_ids": papers, "to": {"kind": "unit", "id": to}}
    courier.does("offer", case, body)
    return offer_id


def carried(case: Case) -> tuple[list[UUID], list[UUID]]:
    """Of the citizen's papers: the parcel they are sealed in, else the papers themselves."""
    return ([case.parcel], []) if case.parcel is not None else ([], [paper.id for paper in case.papers])


def receive_result(courier: Courier, case: Case, offer_id: UUID, giver: UUID) -> None:
    assert case.result is not None
    assert case.result_parcel is not None
    receive(courier, case, offer_id, giver, [case.result_parcel], [])
    case.expects.held([case.result], "courier", courier.person)


def receive(courier: Courier, case: Case, offer_id: UUID, giver: UUID, parcels: list[UUID], papers: list[UUID]) -> None:
    """The receiver's half: the scan at the office's counter."""
    courier.does(
        "receive",
        case,
        {
            "offer_id": offer_id,
            "parcel_ids": parcels,
            "paper_ids": papers,
            "giver": {"kind": "unit", "id": giver},
            "receiver": {"kind": "courier", "id": courier.person},
        },
    )


def hand_over(courier: Courier, case: Case, visit: UUID) -> None:
    """Identity, what is due, the signature, the result."""
    check_identity(courier, case, visit, "recipient")
    known = courier.phone.bundle.cases.get(case.id)
    collect(courier, case, visit, known.owes("return") if known is not None else [])
    sign(courier, case, visit, "hand_over", {"papers": [str(case.result)]})
    courier.does(
        "hand_over_result",
        case,
        {
            "visit_id": visit,
            "paper_ids": [case.result],
            "recipient_class": "owner",
            "relationship": "chinh_chu",
            "means": "card_seen",
            "word_ok": True,
        },
    )
    assert case.result is not None
    case.expects.held([case.result], "citizen", case.id)
    case.expects.states = OVER


def finish(courier: Courier, case: Case, visit: UUID) -> None:
    courier.does("finish_visit", case, {"visit_id": visit, "outcome": "done"})


def fail(courier: Courier, case: Case, visit: UUID, reason: str) -> None:
    courier.does("fail_visit", case, {"visit_id": visit, "reason": reason})


def offer_result(courier: Courier, case: Case, to: UUID) -> None:
    """What could not be handed over goes back to the post."""
    offer_id = courier.naming.id("offer", case.name, "back")
    to_unit = {"kind": "unit", "id": to}
    body = {"offer_id": offer_id, "parcel_ids": [case.result_parcel], "paper_ids": [], "to": to_unit}
    courier.does("offer", case, body)
