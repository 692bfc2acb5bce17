"""What acts on duties to tell mean, and what a registration says of how the citizen wants to be told."""

from collections.abc import Mapping
from typing import Any

import msgspec

from backend.verify.replay.deed import Deed
from backend.verify.replay.world import ANYTHING, Missing, World

NEVER_TOLD = {"told_at": None, "told_by": None, "how": None, "told_whom": None, "dropped_because": None}


def contact(world: World, deed: Deed) -> None:
    """A row only where something was said; where the personal part cannot be read any more, perhaps."""
    row: dict[str, Any] = {"case_id": deed.subject}
    if deed.personal is None:
        if deed.subject in world.contacts_there:
            world.put("contacts", row, email=ANYTHING, tell_by=ANYTHING, shared_phone=ANYTHING)
        return
    told: Mapping[str, Any] = msgspec.json.decode(deed.personal)
    email, tell_by, shared = told.get("email"), told.get("tell_by"), told.get("shared_phone", False)
    if email is not None or tell_by is not None or shared:
        world.put("contacts", row, email=email, tell_by=tell_by, shared_phone=shared)


def blank_contact(world: World, deed: Deed) -> None:
    row = world.find("contacts", deed.subject)
    if row is not None:
        world.put("contacts", row, email=None, tell_by=None, shared_phone=False)


def open_duty(world: World, deed: Deed) -> None:
    duty = deed.uuid("duty_id")
    if world.find("duties", deed.subject, duty) is not None:
        raise Missing(f"a new duty {duty}")
    about = deed.body.get("about")
    row = {"case_id": deed.subject, "duty_id": duty, "template": deed.body["template"], "state": "none"}
    world.put(
        "duties", row, about=None if about is None else deed.uuid("about"), opened_at=deed.occurred_at, **NEVER_TOLD
    )


def record_told(world: World, deed: Deed) -> None:
    """Whoever told first has told."""
    row = world.get("duties", deed.subject, deed.uuid("duty_id"))
    if row["told_at"] is None:
        whom = deed.body.get("whom", "owner")
        row = row | {"told_at": deed.occurred_at, "told_by": deed.actor, "how": deed.body["how"], "told_whom": whom}
    world.put("duties", row)


def drop_duty(world: World, deed: Deed) -> None:
    row = world.get("duties", deed.subject, deed.uuid("duty_id"))
    world.put("duties", row, dropped_because=deed.body["reason"])
