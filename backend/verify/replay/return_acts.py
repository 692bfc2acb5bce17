"""What acts mean by which papers go home, a case ends before its result, or two cases become one."""

from uuid import UUID

from backend.verify.replay import dossier_acts
from backend.verify.replay.case_acts import give_up_all
from backend.verify.replay.deed import Deed
from backend.verify.replay.door_acts import into_the_citizens_hands, served
from backend.verify.replay.world import Missing, World

WITH_AGENCY = ("handed_to_agency", "check_passed", "check_not_passed", "waiting_supplement", "in_progress")
"""States in which the agency alone gives a case back."""
OF_TWO = ("merge", "undo_merge")
"""Acts that stand on the chain of the case that goes on as well."""


def report_mismatch(world: World, deed: Deed) -> None:
    world.put("cases", world.get("cases", deed.subject), agency_confirmed=False, return_cause="mismatch")


def withdraw(world: World, deed: Deed) -> None:
    case = world.get("cases", deed.subject)
    if case["state"] in WITH_AGENCY:
        give_up_all(world, deed)
        world.put("cases", case, withdrawal_asked=True)
    else:
        _ends(world, deed, "withdrawn")


def cancel(world: World, deed: Deed) -> None:
    _ends(world, deed, "cancelled")


def accept_withdrawal(world: World, deed: Deed) -> None:
    _ends(world, deed, "withdrawn")


def refuse_dossier(world: World, deed: Deed) -> None:
    _ends(world, deed, "refused")


def _ends(world: World, deed: Deed, cause: str) -> None:
    """The dossier is nobody's."""
    give_up_all(world, deed)
    world.put("dossiers", dossier_acts.dossier(world, deed.subject), live=False)
    world.put("cases", world.get("cases", deed.subject), return_cause=cause, withdrawal_asked=False)


def hand_back_papers(world: World, deed: Deed) -> None:
    into_the_citizens_hands(world, deed)
    world.put("case_visits", served(world, deed), changed_hands=True)


def merge(world: World, deed: Deed) -> None:
    """Of the dossier's code the one that goes on takes care."""
    survivor = deed.uuid("survivor")
    give_up_all(world, deed)
    own, others = dossier_acts.dossier(world, deed.subject), dossier_acts.dossier(world, survivor)
    world.put("cases", world.get("cases", deed.subject), merged_into=survivor)
    world.put("dossiers", own, live=False)
    if own["code"] is not None and others["code"] in (None, own["code"]):
        live = True if True in (own["live"], others["live"]) else others["live"]
        world.put("dossiers", others, code=own["code"], live=live)


def undo_merge(world: World, deed: Deed) -> None:
    case, survivor = world.get("cases", deed.subject), UUID(deed.body["survivor"])
    if case["merged_into"] != survivor:
        raise Missing(f"a case merged into {survivor}")
    world.put("cases", case, merged_into=None, agency_confirmed=False)
