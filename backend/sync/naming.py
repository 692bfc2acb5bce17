"""Refusals of the rule table that whoever asks can tell apart by their type; all others are not possible now."""

from backend.acts.rules import NO_SUCH_ACT
from backend.appointments.errors import CourierNotFit, OutsideHours, WindowFull
from backend.consents.errors import NotAllAsked
from backend.dossiers.errors import NotTheAgency
from backend.errors import Refusal
from backend.incidents.errors import IncidentOpen, UnderIncident
from backend.parcels.errors import (
    LabelNotIssued,
    LabelNotOurs,
    LabelOfAnother,
    LabelUsed,
    LabelVoid,
    OriginalNotReturned,
    OriginalTravels,
    PictureMissing,
    SecondPersonMissing,
)
from backend.questions.errors import NotTheUrged
from backend.signatures.errors import (
    ContentNotAsHashed,
    DeclarationUnsigned,
    FingerNotNamed,
    FormFilledWrong,
    FormNotInForce,
    ModeNotAccepted,
    NotAsRead,
    PageMissing,
    WitnessesMissing,
    WitnessGains,
    WitnessIsCourier,
    WitnessNotAdult,
    WitnessUnsigned,
)
from backend.sync.errors import NeedsAnother, NotNow, WaitsForAPerson

PUTTING_ON = frozenset({"seal", "relabel"})
"""Acts by which a label goes on a parcel."""
LABELS: dict[str, type[Refusal]] = {
    "none": LabelNotOurs,
    "printed": LabelNotIssued,
    "bound": LabelUsed,
    "voided": LabelVoid,
    "lost": LabelVoid,
}
BY_GUARD: dict[str, type[Refusal]] = {
    "guard:exception_open": WaitsForAPerson,
    "guard:of_competent_agency": NotTheAgency,
    "guard:of_urged_unit": NotTheUrged,
    "guard:same_person": NeedsAnother,
    "guard:within_hours": OutsideHours,
    "guard:courier_fits": CourierNotFit,
    "guard:window_has_room": WindowFull,
    "guard:must_travel": OriginalTravels,
    "guard:original_returns": OriginalNotReturned,
    "guard:picture_missing": PictureMissing,
    "guard:incident_open": IncidentOpen,
    "guard:under_incident": UnderIncident,
    "guard:second_person_missing": SecondPersonMissing,
    "guard:mode_accepted": ModeNotAccepted,
    "guard:signed_as_read": NotAsRead,
    "guard:content_as_hashed": ContentNotAsHashed,
    "guard:form_in_force": FormNotInForce,
    "guard:form_filled_right": FormFilledWrong,
    "guard:signed_page_missing": PageMissing,
    "guard:finger_named": FingerNotNamed,
    "guard:witnesses_missing": WitnessesMissing,
    "guard:witness_signed": WitnessUnsigned,
    "guard:witness_is_courier": WitnessIsCourier,
    "guard:witness_gains": WitnessGains,
    "guard:witness_adult": WitnessNotAdult,
    "guard:declarations_unsigned": DeclarationUnsigned,
    "guard:consent_lawful": NotAllAsked,
}


def named(kind: str, machine: str, state: str, reason: str) -> type[Refusal]:
    """What an act of this `kind` is refused as. A label that may not go on has a type for each reason (F01)."""
    if machine == "label_set" and kind in PUTTING_ON:
        if reason == NO_SUCH_ACT:
            return LABELS.get(state, NotNow)
        return LabelOfAnother if reason == "guard:holder_is_actor" else NotNow
    return BY_GUARD.get(reason, NotNow)
