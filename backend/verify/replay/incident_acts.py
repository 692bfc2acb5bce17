"""What acts on incidents mean. The row of an incident is told by its own chain, what it touches and freezes by the
chains of the cases it touches, and what is lost under it by theirs."""

import unicodedata
from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

import msgspec

from backend.verify.replay.custody_acts import inside
from backend.verify.replay.deed import Deed
from backend.verify.replay.looking import bring_miscount
from backend.verify.replay.world import ANYTHING, Missing, Row, World

NOT_ENDED = dict.fromkeys(("ended_by", "ended_at", "helped_by", "paid_by", "postage", "compensation"))


def report_incident(world: World, deed: Deed) -> None:
    """What was reported first under an id stays."""
    if world.find("incidents", deed.subject) is not None:
        return
    body = deed.body
    found, gave = body.get("found_by"), body.get("last_holder")
    if gave is not None and gave["kind"] == "lost":
        gave = None
    world.put(
        "incidents",
        {
            "incident_id": deed.subject,
            "cause": body["cause"],
            "state": "none",
            "unit_id": UUID(body.get("answers") or body["unit"]),
            "reported_unit": deed.uuid("unit"),
            "happened_at": min(_moment(body.get("happened_at")) or deed.occurred_at, deed.occurred_at),
            "reported_at": deed.received_at,
            "reported_by": deed.actor,
            "last_holder_kind": None if gave is None else gave["kind"],
            "last_holder": None if gave is None else UUID(gave["id"]),
            "last_hand_over": _id(body.get("last_hand_over")),
            "amount": body.get("amount"),
            "people": list(dict.fromkeys(deed.uuids("people"))),
            "photographs": list(dict.fromkeys(body.get("photographs") or ())),
            "place": _said(deed, "place"),
            "note": _said(deed, "note"),
            "found_by": None if found is None else UUID(found["act_id"]),
            **dict.fromkeys(("taken_on_by", "taken_on_at", "reopened_because")),
            **NOT_ENDED,
        },
    )


def add_to_incident(world: World, deed: Deed) -> None:
    row = world.get("incidents", deed.subject)
    said = _said(deed, "note")
    note: object = ANYTHING
    if said is not ANYTHING and row["note"] is not ANYTHING:
        note = "\n".join(part for part in (row["note"], said) if isinstance(part, str)) or None
    world.put(
        "incidents",
        row,
        people=list(dict.fromkeys([*row["people"], *deed.uuids("people")])),
        photographs=list(dict.fromkeys([*row["photographs"], *(deed.body.get("photographs") or ())])),
        note=note,
        place=ANYTHING if said is ANYTHING else row["place"],
    )


def take_on_incident(world: World, deed: Deed) -> None:
    row = world.get("incidents", deed.subject)
    world.put("incidents", row, taken_on_by=deed.actor, taken_on_at=deed.occurred_at)


def end_incident(world: World, deed: Deed) -> None:
    body = deed.body
    world.put(
        "incidents",
        world.get("incidents", deed.subject),
        ended_by=deed.actor,
        ended_at=deed.occurred_at,
        helped_by=_id(body.get("helped_by")),
        paid_by=body.get("paid_by"),
        postage=body.get("postage"),
        compensation=body.get("compensation"),
    )


def reopen_incident(world: World, deed: Deed) -> None:
    world.put("incidents", world.get("incidents", deed.subject), reopened_because=deed.body["reason"], **NOT_ENDED)


def blank(world: World, incident: UUID, there: Row) -> None:
    """It touches an erased case: where its words are gone they may be, and what was added of that case is not kept.
    Whether they had to go, `personal` looks at."""
    row = world.find("incidents", incident)
    if row is not None:
        world.put("incidents", row, place=ANYTHING if there["place"] is None else row["place"], note=ANYTHING)


def _id(said: str | None) -> UUID | None:
    return None if said is None else UUID(said)


def _moment(said: str | None) -> datetime | None:
    return None if said is None else datetime.fromisoformat(said)


def _said(deed: Deed, name: str) -> object:
    """Anything where the words cannot be read any more."""
    if deed.personal is None:
        return ANYTHING if deed.has_personal else None
    text = msgspec.json.decode(deed.personal).get(name)
    if text is None:
        return None
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip() or None


# In the chains of cases


def _touch(world: World, deed: Deed, incident: UUID, things: Iterable[tuple[str, UUID]], first: object) -> None:
    """`first`: whether the incident is open, where it did not touch the case before."""
    for kind, thing in (("case", deed.subject), *things):
        rows = [row for row in world.of_case("incident_things", deed.subject) if row["incident_id"] == incident]
        if world.find("incident_things", deed.subject, incident, kind, thing) is None:
            row = {"case_id": deed.subject, "incident_id": incident, "kind": kind, "thing_id": thing}
            world.put("incident_things", row, open=rows[0]["open"] if rows else first)


def _touched_here(deed: Deed) -> list[tuple[str, UUID]]:
    named = deed.body.get("touches") or ()
    return [(one["kind"], UUID(one["id"])) for one in named if UUID(one["case_id"]) == deed.subject]


def _reported(world: World, deed: Deed) -> None:
    """What was reported first under an id stays: of a second report nothing is touched."""
    if deed.command not in world.first_reports:
        return
    _touch(world, deed, deed.of, _touched_here(deed), first=True)


def _added(world: World, deed: Deed) -> None:
    """To one that may have ended before it touched this case."""
    if things := _touched_here(deed):
        _touch(world, deed, deed.of, things, first=ANYTHING)


def _ended(world: World, deed: Deed) -> None:
    _freeze(world, deed, on=False)


def _reopened(world: World, deed: Deed) -> None:
    _freeze(world, deed, on=True)


def _freeze(world: World, deed: Deed, *, on: bool) -> None:
    for row in world.of_case("incident_things", deed.subject):
        if row["incident_id"] == deed.of:
            world.put("incident_things", row, open=on)


ON_CASES: dict[str, Callable[[World, Deed], None]] = {
    "report_incident": _reported,
    "add_to_incident": _added,
    "end_incident": _ended,
    "reopen_incident": _reopened,
}


def record_loss(world: World, deed: Deed) -> None:
    """With nobody, under the incident."""
    incident = deed.uuid("incident_id")
    _give(world, deed, {"holder_kind": "lost", "holder": incident})
    things = [("parcel", one) for one in deed.uuids("parcel_ids")] + [("paper", one) for one in deed.uuids("paper_ids")]
    _touch(world, deed, incident, things, first=ANYTHING)


def record_found(world: World, deed: Deed) -> None:
    """In the hands of who says so, or of the office named."""
    lost = ("lost", deed.uuid("incident_id"))
    named = [world.get("parcels", deed.subject, one) for one in deed.uuids("parcel_ids")]
    named += [world.get("papers", deed.subject, one) for one in deed.uuids("paper_ids")]
    if not named or any((row["holder_kind"], row["holder"]) != lost for row in named):
        raise Missing("what is lost under this incident")
    if deed.by_courier:
        _give(world, deed, {"holder_kind": "courier", "holder": deed.actor})
    else:
        _give(world, deed, {"holder_kind": "unit", "holder": deed.uuid("unit")})


def _give(world: World, deed: Deed, hands: Row) -> None:
    """Parcels with what is in them; a paper that goes by itself lies in none from now on."""
    parcels = deed.uuids("parcel_ids")
    for paper in [world.get("papers", deed.subject, one) for one in deed.uuids("paper_ids")]:
        if paper["parcel_id"] not in parcels:
            world.put("papers", paper, parcel_id=None, **hands)
    for parcel in parcels:
        world.put("parcels", world.get("parcels", deed.subject, parcel), **hands)
        for paper in inside(world, deed.subject, parcel):
            world.put("papers", paper, **hands)


def open_on_record(world: World, deed: Deed) -> None:
    """Counted by two and sealed anew, where it was."""
    parcel = world.get("parcels", deed.subject, deed.uuid("parcel_id"))
    bring_miscount(world, deed, parcel["parcel_id"], len(inside(world, deed.subject, parcel["parcel_id"])))
    world.put("parcels", parcel, seal_number=deed.body["seal_number"])
