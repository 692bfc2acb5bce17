"""What acts say of who is who in a case: the owner, and everybody told beside."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid5

import msgspec

from backend.verify.replay import case_acts, change_acts, form_acts, presence_acts, question_acts
from backend.verify.replay.deed import Deed
from backend.verify.replay.world import ANYTHING, Missing, Row, World

Told = Mapping[str, Any]
IDS = UUID("6d0c2f0e-8f43-5d0c-9a53-7a1e6e9d4b11")
"""Names what the centre makes itself."""
TEXTS = ("relation", "number", "old_number", "passport", "tax_code", "born", "phone", "authority")
WHO = (*TEXTS, "role", "kind", "name", "shared_phone", "authority_until", "live", "since")
CMND = 9
"""Digits of the number of a card that no longer holds."""


def register(world: World, deed: Deed) -> None:
    """The case, its owner and the others; where the personal part cannot be read any more, whoever is there."""
    case_acts.register(world, deed)
    presence_acts.mark(world, deed)
    case = deed.subject
    if deed.personal is None:
        world.parties_unread.add(case)
        for there in world.parties_there.get(case, ()):
            world.put("parties", {"case_id": case, "party_id": there} | dict.fromkeys(WHO, ANYTHING))
        return
    said: Told = msgspec.json.decode(deed.personal)
    number = said.get("owner_number")
    given = {"old_number" if number is not None and len(number) == CMND else "number": number}
    own = {"party_id": str(_owner(case)), "role": "owner", "relation": "owner", "name": said["owner_name"]}
    known = {name: value for name, value in given.items() if value is not None}
    owner: Told = {**(said.get("owner") or {}), **own, **known}
    others: list[Told] = said.get("parties") or []
    for told in (owner, *others):
        world.put("parties", party(case, told))


def corrected(world: World, deed: Deed) -> None:
    changed = _changed(world, deed)
    code = deed.body.get("dossier_code")
    if code is not None:
        world.put("dossiers", world.get("dossiers", deed.subject), code=code)
    for row in changed:
        if row["party_id"] == _owner(deed.subject):
            case, number = world.get("cases", deed.subject), row["number"] or row["old_number"]
            named = {"owner_name": row["name"], "owner_folded": case_acts.folded(row["name"]), "owner_number": number}
            world.put("cases", case, **named)


def recipient_changed(world: World, deed: Deed) -> None:
    """Where only the owner may receive, whoever is named waits: until when, the calendar of the post said."""
    if any(row["role"] not in ("recipient", ANYTHING) for row in _changed(world, deed)):
        raise Missing("only recipients to change")
    waits = world.get("cases", deed.subject)["recipient_class"] not in ("registered", "household")
    for told in _told(deed) if waits else ():
        world.put("parties", world.get("parties", deed.subject, UUID(told["party_id"])), since=ANYTHING)


def _changed(world: World, deed: Deed) -> list[Row]:
    gone = [world.get("parties", deed.subject, one) | {"live": False} for one in deed.uuids("removes")]
    told = [party(deed.subject, one) for one in _told(deed)]
    for row in (*told, *gone):
        world.put("parties", row)
    return [*told, *gone]


def _told(deed: Deed) -> list[Told]:
    said: Told = msgspec.json.decode(deed.personal) if deed.personal is not None else {}
    return said.get("parties") or []


def erase(world: World, deed: Deed) -> None:
    """Nobody is left, nothing of what was asked and answered, and no house on the map."""
    case_acts.erase(world, deed)
    question_acts.blank(world, deed)
    presence_acts.blank(world, deed)
    change_acts.blank(world, deed)
    form_acts.blank(world, deed)
    for row in world.of_case("parties", deed.subject):
        world.drop("parties", row)


def _owner(case: UUID) -> UUID:
    return uuid5(IDS, "\x1f".join(("party", case.hex, "owner")))


def party(case: UUID, told: Told) -> Row:
    until = told.get("authority_until")
    return {
        "case_id": case,
        "party_id": UUID(told["party_id"]),
        "role": told["role"],
        "kind": told.get("kind", "person"),
        "name": told["name"],
        "shared_phone": told.get("shared_phone", False),
        "authority_until": None if until is None else date.fromisoformat(until),
        "live": True,
        "since": None,
        **{name: told.get(name) for name in TEXTS},
    }
