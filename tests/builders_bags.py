"""Bags as offices fill, hand over and receive them, for stories that need one."""

from typing import Any
from uuid import UUID

from backend.acts.model import Answer
from backend.ids import uuid7
from tests.builders import Field
from tests.builders_acts import courier, label_of, offered, printed, received, sealed, took_papers, unit

SHOWN = "b" * 64
Named = dict[str, str]


async def at_the_post(field: Field) -> Named:
    """A parcel of a case of its own, in the hands of the post."""
    case, visit, _ = await field.booked()
    [number] = await printed(field, to=field.lan)
    papers = await took_papers(field, case, visit)
    sealing = sealed(visit, await label_of(field, number), papers)
    await field.does(case, "seal", sealing)
    offer = offered(unit(field.post), sealing["parcel_id"])
    await field.does(case, "offer", offer)
    await field.at_desk(field.ut, case, "receive", received(offer, courier(field.lan)))
    return {"case_id": str(case), "parcel_id": sealing["parcel_id"]}


async def of_bag(field: Field, bag: UUID, kind: str, body: dict[str, Any], *, by: UUID | None = None) -> Answer:
    return await field.at_desk(by or field.ut, bag, kind, body, subject="bag")


async def opened(field: Field, tag: str = "TM-0031") -> UUID:
    bag = uuid7()
    body = {"tag": tag, "unit": str(field.post), "to_unit": str(field.one_stop)}
    assert (await of_bag(field, bag, "open_bag", body)).standing == "applied"
    return bag


async def put_in(field: Field, bag: UUID, one: Named) -> None:
    body = {"bag_id": str(bag), "parcel_id": one["parcel_id"]}
    assert (await field.at_desk(field.ut, UUID(one["case_id"]), "put_in_bag", body)).standing == "applied"


async def on_the_road(field: Field, *named: Named, tag: str = "TM-0031") -> UUID:
    """Filled with these, tied and offered."""
    bag = await opened(field, tag)
    for one in named:
        await put_in(field, bag, one)
    await of_bag(field, bag, "close_bag", {"parcels": list(named), "seal_number": "T-77"})
    await of_bag(field, bag, "offer_bag", {"announced": len(named)})
    return bag


async def scanned(field: Field, bag: UUID, one: Named, giver: dict[str, str] | None = None) -> Answer:
    body = {
        "offer_id": str(bag),
        "parcel_ids": [one["parcel_id"]],
        "paper_ids": [],
        "giver": giver or unit(field.post),
        "receiver": unit(field.one_stop),
    }
    return await field.at_desk(field.mai, UUID(one["case_id"]), "receive", body)


def found(field: Field, *named: Named, missing: tuple[Named, ...] = (), intact: bool = True) -> dict[str, Any]:
    return {"unit": str(field.one_stop), "found": list(named), "missing": list(missing), "seal_intact": intact}


def signing(side: str, m: int, n: int) -> dict[str, Any]:
    return {"side": side, "found": m, "announced": n, "shown_sha256": SHOWN}
