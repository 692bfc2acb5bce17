"""What acts on a phone mean: let in, let out, reported lost. Its place in the line is looked at with its commands."""

from datetime import datetime

from backend.verify.replay.deed import Deed
from backend.verify.replay.world import World


def enrol_device(world: World, deed: Deed) -> None:
    world.put(
        "devices",
        {
            "id": deed.subject,
            "person_id": deed.uuid("person"),
            "unit_id": deed.uuid("unit"),
            "thumbprint": bytes.fromhex(deed.body["thumbprint"]),
            "enrolled_at": deed.occurred_at,
            "enrolled_by": deed.actor,
            "revoked_at": None,
            "revoked_by": None,
            "lost_at": None,
            "lost_by": None,
            "lent_until": None,
            "lent_from": None,
            "state": "none",
        },
    )


def lend_device(world: World, deed: Deed) -> None:
    """A spare phone, under a key of its own, until some hours into the next day."""
    enrol_device(world, deed)
    until = datetime.fromisoformat(deed.body["lent_until"])
    world.put("devices", world.get("devices", deed.subject), lent_until=until, lent_from=deed.uuid("lent_from"))


def extend_lease(world: World, deed: Deed) -> None:
    """A code was read out for it, at its post, to a phone that was let in: nothing of it is another."""
    phone = world.get("devices", deed.subject)
    world.put("devices", phone, unit_id=deed.uuid("unit"), person_id=deed.uuid("person"))


def revoke_device(world: World, deed: Deed) -> None:
    """The first revocation stays as it is."""
    phone = world.get("devices", deed.subject)
    if phone["revoked_at"] is None:
        phone = phone | {"revoked_at": deed.occurred_at, "revoked_by": deed.actor}
    world.put("devices", phone)


def report_device_lost(world: World, deed: Deed) -> None:
    """Also revokes it."""
    revoke_device(world, deed)
    world.put("devices", world.get("devices", deed.subject), lost_at=deed.occurred_at, lost_by=deed.actor)
