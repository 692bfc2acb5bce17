"""What no honest phone sends, and what must come of it: bytes are kept for a person, and nothing else changes."""

import secrets
from typing import Any

from backend.simulate.carrier import Carrier, Refused, ShutOut, on_the_wire
from backend.simulate.case import Case
from backend.simulate.courier import Courier
from backend.simulate.files import Files, upload_of_another
from backend.simulate.journal import Finding, Journal
from backend.simulate.outbox import Answer, Standing

UNKNOWN_KIND = "record_noise"


async def play(courier: Courier, other: Carrier | None, tricks: frozenset[str], files: Files) -> None:
    if "rubbish" in tricks:
        await rubbish(courier)
    if "forged" in tricks and other is not None:
        await forged(courier, other)
    if "same_id" in tricks:
        await same_id(courier)
        if other is not None:
            await same_upload(courier, other, files)


def newer(courier: Courier, case: Case) -> None:
    """A kind of act the server does not know yet, in its place in the line: a person must look."""
    courier.does(UNKNOWN_KIND, case, {"visit_id": case.visit, "decibels": courier.chance.randrange(40, 90)})


async def rubbish(courier: Courier) -> None:
    """Bytes that are no act at all."""
    bytes_sent = secrets.token_bytes(courier.chance.randrange(1, 400))
    sent = on_the_wire(bytes_sent, secrets.token_bytes(64))
    await _expect(courier.journal, courier.carrier, "rubbish", sent, Standing.REVIEW)


async def forged(courier: Courier, other: Carrier) -> None:
    """Another phone writes in this one's name, with its own key: it must not take the place of the real act."""
    case = next(iter(courier.phone.bundle.cases), courier.person)
    act = other.phone.draft(
        "depart",
        case,
        {"visit_id": case},
        made_by=courier.phone.device,
        id=courier.naming.id("forged", courier.number, courier.journal.tricks["forged"]),
    )
    sent = on_the_wire(act.data, act.signature)
    await _expect(courier.journal, other, "forged", sent, Standing.REVIEW)


async def same_id(courier: Courier) -> None:
    """A number used again for something else, well signed: refused, and the first stands."""
    first = next(iter(courier.phone.outbox.acknowledged()), None)
    if first is None:
        return
    act = courier.phone.draft("depart", first.subject, {"visit_id": first.subject}, id=first.id)
    sent = on_the_wire(act.data, act.signature)
    answer = await _expect(courier.journal, courier.carrier, "same_id", sent, Standing.REFUSED)
    if answer.problem is None or answer.problem.status != 422:
        courier.journal.stuck.append(Finding(what="same id, other content: no 422", act=first.id, now=str(answer)))


async def same_upload(courier: Courier, other: Carrier, files: Files) -> None:
    """Another phone takes the id of an upload of this one: to it, there is none."""
    device = courier.phone.device
    mine = next((upload for upload, received in files.received.items() if received.by == device), None)
    if mine is None:
        return
    courier.journal.tricks["same_upload"] += 1
    status = await upload_of_another(other, mine)
    if status != 404:
        courier.journal.stuck.append(Finding(what="an upload of another phone", act=mine, now=str(status)))


async def _expect(journal: Journal, carrier: Carrier, trick: str, sent: dict[str, Any], wanted: Standing) -> Answer:
    journal.tricks[trick] += 1
    try:
        [answer] = await carrier.post_until([sent])
    except ShutOut:
        raise
    except Refused as refused:
        journal.stuck.append(Finding(what=f"{trick}: the batch was refused", now=str(refused)))
        return Answer(id=None, fingerprint="", standing=Standing.REFUSED)
    if answer.standing is not wanted:
        journal.stuck.append(Finding(what=trick, act=answer.id, before=wanted, now=answer.standing))
    return answer
