"""What an owner changes: how they are reached, where they live, how they receive the result."""

from collections.abc import Mapping
from typing import Any

import msgspec

from backend.verify.replay import presence_acts, result_acts
from backend.verify.replay.deed import Deed
from backend.verify.replay.world import ANYTHING, Missing, Row, World

CONTACT = ("email", "tell_by", "shared_phone")
NOBODY: Row = {"email": None, "tell_by": None, "shared_phone": False}


def contact(world: World, deed: Deed) -> None:
    """Whoever was reached before stands in a row of that act, where anybody was; where that cannot be read any more,
    perhaps."""
    case, known = world.get("cases", deed.subject), world.find("contacts", deed.subject)
    was = {"phone": case["phone"]} | {name: (known or NOBODY)[name] for name in CONTACT}
    key = (deed.subject, deed.made_by, deed.id)
    unread = ANYTHING in (was["phone"], was["email"])
    if key in world.former_there if unread else was["phone"] is not None or was["email"] is not None:
        world.put("former_contacts", dict(zip(("case_id", "made_by", "act_id"), key, strict=True)) | was)
    row = {"case_id": deed.subject}
    if deed.personal is None:
        world.put("cases", case, phone=ANYTHING)
        world.put("contacts", row, **dict.fromkeys(CONTACT, ANYTHING))
        return
    told: Mapping[str, Any] = msgspec.json.decode(deed.personal)
    world.put("cases", case, phone=told.get("phone"))
    world.put("contacts", row, **{name: told.get(name, usual) for name, usual in NOBODY.items()})


def blank(world: World, deed: Deed) -> None:
    for row in world.of_case("former_contacts", deed.subject):
        world.put("former_contacts", row, phone=None, **NOBODY)


def address(world: World, deed: Deed) -> None:
    case = world.get("cases", deed.subject)
    commune = deed.body.get("visit_commune") or case["visit_commune"]
    world.put("cases", case, visit_commune=commune, **result_acts.house(deed.personal), **_from(case))
    presence_acts.blank(world, deed)


def way(world: World, deed: Deed) -> None:
    case = world.get("cases", deed.subject)
    if case["result_way"] == deed.body["way"]:
        raise Missing("another way")
    world.put("cases", case, result_way=deed.body["way"], **_from(case))


def _from(case: Row) -> Row:
    """Where only the owner may receive, the change waits: until when, the calendar of the post said."""
    return {} if case["recipient_class"] in ("registered", "household") else {"result_from": ANYTHING}
