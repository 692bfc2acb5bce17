"""What an act brings to light by itself: papers counted against the slip, damage that nobody had written down, a bag.

Each must have its incident, whose id follows from the act and the thing it was found on.
"""

from uuid import UUID

from backend.verify.commands import derived
from backend.verify.replay.deed import Deed
from backend.verify.replay.world import Row, World


def bring(world: World, deed: Deed, cause: str, on: UUID) -> None:
    world.incidents_due.append(derived("incident", deed.made_by.hex, deed.command.hex, cause, on.hex))


def bring_miscount(world: World, deed: Deed, parcel: UUID, listed: int) -> None:
    counted = deed.body["counted"]
    if counted != listed:
        bring(world, deed, "short" if counted < listed else "extra", parcel)


def bring_damage(world: World, deed: Deed, paper: Row, said: str, on: UUID) -> None:
    if worn(paper["condition"], said) != paper["condition"]:
        bring(world, deed, said, on)


def worn(before: str, said: str) -> str:
    """Known damage does not heal by being looked at once more."""
    return before if said == "intact" else said
