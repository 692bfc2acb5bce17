"""What stands beside each office of a case: the case's state and the day it was opened, for the office's lists."""

from backend.verify.replay.world import World


def tell_units(world: World) -> None:
    """After the last act: the case's own, whatever moved it."""
    for row in list(world.rows["case_units"].values()):
        case = world.get("cases", row["case_id"])
        world.put("case_units", row, state=case["state"], opened_at=case["opened_at"])
