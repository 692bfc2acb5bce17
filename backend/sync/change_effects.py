"""What the acts by which an owner changes contact, house and way of receiving do to the rows (F07)."""

from msgspec.structs import replace

from backend.appointments.model import Appointment
from backend.dossiers import changes
from backend.dossiers.change_model import ChangeAddress, ChangeResultWay, NewAddress
from backend.dossiers.model import RESULT_GOES_OUT, Case
from backend.notices import service as notices
from backend.notices.model import ChangeContact, ChangedContact, Contact
from backend.sync.case_effects import only_states
from backend.sync.doing import Doing, Effect
from backend.sync.party_effects import personal_of
from backend.sync.presence_effects import unmark


def change_contact(do: Doing, _body: ChangeContact) -> None:
    """At once; whoever was reached until now is told."""
    told = personal_of(do, ChangedContact)
    was = notices.former(do.case.phone, do.world.get(Contact, do.subject), do.subject, *do.act.key)
    do.world.put(replace(do.case, phone=told.phone), notices.changed(do.subject, told))
    if was is not None:
        do.world.put(was)


def change_address(do: Doing, body: ChangeAddress) -> None:
    moved = changes.moved(do.case, personal_of(do, NewAddress))
    unmark(do)
    do.world.put(_waiting(do, replace(moved, visit_commune=body.visit_commune or moved.visit_commune)))


def change_result_way(do: Doing, body: ChangeResultWay) -> None:
    do.world.put(_waiting(do, changes.to_way(do.case, body.way)))


def _waiting(do: Doing, case: Case) -> Case:
    """Where only the owner may receive, the change holds for the result from the next working day."""
    live = [one for one in do.world.of_case(Appointment, do.subject) if one.live]
    promised = [one.day for one in live if one.purpose in RESULT_GOES_OUT]
    return changes.waiting(case, do.world.changed_from.get(do.act.key), promised)


EFFECTS: dict[str, Effect] = {
    "send_code": only_states,
    "change_contact": change_contact,
    "change_address": change_address,
    "change_result_way": change_result_way,
}
