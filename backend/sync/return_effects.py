"""What the acts by which papers go home, or a case ends before its result, do to the rows."""

from msgspec.structs import replace

from backend.dossiers import service as dossiers
from backend.dossiers.model import AcceptWithdrawal, Cancel, RefuseDossier, ReportMismatch, Withdraw
from backend.parcels.model import HandBackPapers
from backend.sync.case_effects import dossier_of, give_up_all
from backend.sync.doing import Doing, Effect
from backend.sync.door_effects import handed_over


def report_mismatch(do: Doing, _body: ReportMismatch) -> None:
    do.world.put(replace(do.case, agency_confirmed=False, return_cause="mismatch"))


def withdraw(do: Doing, _body: Withdraw) -> None:
    """Of what the agency has, it is asked."""
    if dossiers.is_with_agency(do.case):
        give_up_all(do)
        do.world.put(replace(do.case, withdrawal_asked=True))
    else:
        _ends(do, "withdrawn")


def cancel(do: Doing, _body: Cancel) -> None:
    _ends(do, "cancelled")


def accept_withdrawal(do: Doing, _body: AcceptWithdrawal) -> None:
    _ends(do, "withdrawn")


def refuse_dossier(do: Doing, _body: RefuseDossier) -> None:
    _ends(do, "refused")


def _ends(do: Doing, cause: str) -> None:
    """Appointments are given up, and the dossier may be registered anew."""
    give_up_all(do)
    do.world.put(replace(dossier_of(do), live=False), replace(do.case, return_cause=cause, withdrawal_asked=False))


def hand_back_papers(do: Doing, body: HandBackPapers) -> None:
    handed_over(do, body.paper_ids)
    do.world.put(replace(do.case_visit(body.visit_id), changed_hands=True))


EFFECTS: dict[str, Effect] = {
    "report_mismatch": report_mismatch,
    "withdraw": withdraw,
    "cancel": cancel,
    "accept_withdrawal": accept_withdrawal,
    "refuse_dossier": refuse_dossier,
    "hand_back_papers": hand_back_papers,
}
