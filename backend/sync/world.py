"""The rows a batch works on, in memory: read once, changed as frozen Structs, written once per table."""

from collections.abc import Callable, Coroutine, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from msgspec.structs import replace

from backend.acts import queries as _acts
from backend.acts.model import Act, OpenedException, Touch
from backend.appointments import queries as _appointments
from backend.appointments.model import Appointment
from backend.consents import queries as _consents
from backend.consents.model import Consent, NoticeShown
from backend.database import Transaction
from backend.documents import queries as _documents
from backend.documents.model import Page, ReplacedPicture
from backend.dossiers import mandate_queries as _mandates
from backend.dossiers import party_queries as _parties
from backend.dossiers import queries as _dossiers
from backend.dossiers.mandate_model import Mandate
from backend.dossiers.model import Case, CaseUnit, Dossier
from backend.dossiers.party_model import Party
from backend.dossiers.tokens import TrackingToken
from backend.fees import payment_queries as _payments
from backend.fees import queries as _fees
from backend.fees.model import Balance, Charge, Collection, Entry, Shift
from backend.fees.payment_model import BankCredit, Payment, Refund
from backend.incidents import queries as _incidents
from backend.incidents.model import Found, Incident, IncidentThing
from backend.notices import queries as _notices
from backend.notices.model import Contact, Duty, FormerContact
from backend.parcels import bag_queries as _bags
from backend.parcels import queries as _parcels
from backend.parcels.bag_model import Bag, BagParcel
from backend.parcels.model import HandOver, HolderKind, LabelSet, Paper, Parcel
from backend.presence import call_back_queries as _call_backs
from backend.presence import queries as _presence
from backend.presence.call_back_model import CallBack
from backend.presence.model import HouseMark, Presence
from backend.questions import queries as _questions
from backend.questions import urging_queries as _urgings
from backend.questions.model import Question
from backend.questions.urging_model import Urging
from backend.registrations import queries as _registrations
from backend.registrations.model import Registration
from backend.run_sheets import queries as _run_sheets
from backend.run_sheets.model import RunSheetLine
from backend.signatures import queries as _signatures
from backend.signatures.model import Reading, Signature
from backend.sync.looked_up import LookedUp
from backend.visits import queries as _visits
from backend.visits import result_queries as _results
from backend.visits.model import Bundled, CaseVisit, Visit
from backend.visits.result_model import Invitation

Key = tuple[Any, ...]
R = TypeVar("R", bound=msgspec.Struct)
Load = Callable[[Transaction, Sequence[UUID]], Coroutine[Any, Any, Sequence[Any]]]
Save = Callable[[Transaction, Sequence[Any]], Coroutine[Any, Any, None]]
Named = Sequence[tuple[Act, Any]]
"""Acts with their bodies."""


class Kept(msgspec.Struct, frozen=True):
    """How one kind of row is known, read and written. `key[0]` is the case for everything a case owns."""

    key: tuple[str, ...]
    save: Save
    load: Load | None = None


# In the order they are written: what is referred to comes first.
ROWS: dict[type[msgspec.Struct], Kept] = {
    Case: Kept(("case_id",), _dossiers.save_cases, _dossiers.cases_of),
    CaseUnit: Kept(("case_id", "unit_id", "relation"), _dossiers.add_case_units),
    Party: Kept(("case_id", "party_id"), _parties.save_parties, _parties.parties_of),
    Mandate: Kept(("case_id", "mandate_id"), _mandates.save_mandates, _mandates.mandates_of),
    Dossier: Kept(("case_id",), _dossiers.save_dossiers, _dossiers.dossiers_of),
    Registration: Kept(
        ("case_id", "registration_id"), _registrations.save_registrations, _registrations.registrations_of
    ),
    Visit: Kept(("visit_id",), _visits.save_visits),
    Invitation: Kept(("case_id", "invitation_id"), _results.save_invitations, _results.invitations_of),
    CaseVisit: Kept(("case_id", "visit_id"), _visits.save_case_visits, _visits.case_visits_of),
    Bundled: Kept(("case_id", "person_id", "visit_id"), _visits.save_bundle, _visits.bundle_of),
    Appointment: Kept(("case_id", "appointment_id"), _appointments.save_appointments, _appointments.appointments_of),
    Parcel: Kept(("case_id", "parcel_id"), _parcels.save_parcels, _parcels.parcels_of),
    Paper: Kept(("case_id", "paper_id"), _parcels.save_papers, _parcels.papers_of),
    HandOver: Kept(("case_id", "offer_id"), _parcels.save_hand_overs, _parcels.hand_overs_of),
    LabelSet: Kept(("number",), _parcels.save_label_sets),
    Bag: Kept(("bag_id",), _bags.save_bags),
    BagParcel: Kept(("bag_id", "parcel_id"), _bags.save_bag_parcels),
    Page: Kept(("case_id", "page_id"), _documents.save_pages),
    ReplacedPicture: Kept(("case_id", "page_id", "file_sha256"), _documents.add_replaced),
    Signature: Kept(("case_id", "signature_id"), _signatures.save_signatures, _signatures.signatures_of),
    Reading: Kept(("case_id", "document"), _signatures.save_readings, _signatures.readings_of),
    NoticeShown: Kept(("case_id", "notice"), _consents.save_notices_shown, _consents.notices_shown_of),
    Consent: Kept(("case_id", "extra"), _consents.save_consents, _consents.consents_of),
    Charge: Kept(("case_id", "charge_id"), _fees.save_charges, _fees.charges_of),
    Collection: Kept(("case_id", "collection_id"), _fees.save_collections, _fees.collections_of),
    Payment: Kept(("case_id", "payment_id"), _payments.save_payments, _payments.payments_of),
    BankCredit: Kept(("credit_id",), _payments.save_bank_credits),
    Refund: Kept(("case_id", "refund_id"), _payments.save_refunds, _payments.refunds_of),
    Shift: Kept(("shift_id",), _fees.save_shifts),
    Entry: Kept(("transfer_id", "line"), _fees.add_entries),
    Balance: Kept(("account",), _fees.move_balances),
    Contact: Kept(("case_id",), _notices.save_contacts, _notices.contacts_of),
    FormerContact: Kept(("case_id", "made_by", "act_id"), _notices.save_former_contacts, _notices.former_contacts_of),
    Duty: Kept(("case_id", "duty_id"), _notices.save_duties, _notices.duties_of),
    HouseMark: Kept(("case_id",), _presence.save_house_marks, _presence.house_marks_of),
    Presence: Kept(("case_id", "visit_id"), _presence.save_presence, _presence.presence_of),
    CallBack: Kept(("case_id", "call_back_id"), _call_backs.save_call_backs, _call_backs.call_backs_of),
    Question: Kept(("case_id", "question_id"), _questions.save_questions, _questions.questions_of),
    Urging: Kept(("case_id", "urging_id"), _urgings.save_urgings, _urgings.urgings_of),
    Incident: Kept(("incident_id",), _incidents.save_incidents),
    IncidentThing: Kept(
        ("case_id", "incident_id", "kind", "thing_id"), _incidents.save_things, _incidents.things_of_cases
    ),
    RunSheetLine: Kept(("case_id", "line_id"), _run_sheets.save_lines, _run_sheets.lines_of),
    OpenedException: Kept(("case_id", "exception_id"), _acts.add_exceptions, _acts.open_exceptions),
    TrackingToken: Kept(("token_sha256",), _dossiers.save_tokens),
}


class World(LookedUp):
    """Everything loaded for a batch. `put` remembers; `save` writes what changed, each table once."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[type, dict[Key, Any]] = {kind: {} for kind in ROWS}
        self._of_case: dict[tuple[type, Key], set[Key]] = {}
        self._changed: dict[type, dict[Key, None]] = {kind: {} for kind in ROWS}
        self._undo: list[tuple[type, Key, Any, bool]] = []
        self.found: list[Found] = []
        """What the act being decided brings to light by itself."""
        self._known: set[tuple[str, object]] = set()
        self.registers: dict[UUID, tuple[str, date]] = {}
        """By case that an act of the batch registers: its procedure, and the day whose catalogue holds for it."""

    def get(self, kind: type[R], *key: object) -> R | None:
        return self._rows[kind].get(key)

    def regime(self, case: UUID) -> tuple[str, date] | None:
        """Its procedure, and the day whose catalogue holds for it: also of a case that this batch registers."""
        known = self.get(Case, case)
        return self.registers.get(case) if known is None else (known.procedure, known.regime_on)

    def of_case(self, kind: type[R], case: UUID) -> list[R]:
        """Everything of one kind that a case owns."""
        rows = self._rows[kind]
        return [rows[key] for key in self._of_case.get((kind, (case,)), ())]

    def all_of(self, kind: type[R]) -> list[R]:
        """Everything of one kind that is loaded."""
        return list(self._rows[kind].values())

    def cash_of(self, courier: UUID) -> int:
        """Đồng in a courier's hands: the balance loaded, and what this batch has moved since."""
        account = f"cash:{courier}"
        moved = self.get(Balance, account)
        return self.cash.get(courier, 0) + (moved.amount if moved else 0)

    def papers_with(self, courier: UUID) -> int:
        """Papers in a courier's hands: those loaded, as this batch has left them, and all others."""
        hands = (HolderKind.COURIER, courier)
        loaded = sum((paper.holder_kind, paper.holder) == hands for paper in self._rows[Paper].values())
        return self.papers_elsewhere.get(courier, 0) + loaded

    def labelled(self, label: str) -> LabelSet | None:
        """The set of a label that the batch names."""
        return self.get(LabelSet, self.set_numbers.get(label))

    def was_with(self, case: UUID, person: UUID, device: UUID) -> bool:
        """Whether a case ever was in a courier's bundle, or was born on that device."""
        row = self.get(Case, case)
        return (row is not None and row.born_of == device) or any(
            bundled.person_id == person for bundled in self.of_case(Bundled, case)
        )

    def of_visit(self, visit: UUID) -> list[CaseVisit]:
        """The part of each case in a visit: a household has several."""
        return [row for row in self._rows[CaseVisit].values() if row.visit_id == visit]

    def others_in(self, visit: UUID, case: UUID) -> list[CaseVisit]:
        """What the other cases need of a visit, without those that left it."""
        return [row for row in self.of_visit(visit) if row.case_id != case and row.outcome != CaseVisit.GIVEN_UP]

    def serves_others(self, visit: UUID, case: UUID) -> bool:
        """Whether other cases are still to be served in it."""
        return any(row.outcome is None for row in self.others_in(visit, case))

    def things_of(self, incident: UUID) -> list[IncidentThing]:
        """What an incident touches, as far as it is loaded."""
        rows: Iterable[IncidentThing] = self._rows[IncidentThing].values()
        return [row for row in rows if row.incident_id == incident]

    def in_window(self, unit: UUID, day: date, window: str) -> list[Visit]:
        """The visits promised in a window of a unit, each once: those there are, as this batch has left them."""
        rows: Iterable[Appointment] = self._rows[Appointment].values()
        asked = (unit, day, window)
        live = {row.visit_id for row in rows if row.live and (row.unit_id, row.day, row.time_window) == asked}
        return [visit for one in live if (visit := self.get(Visit, one)) is not None]

    def touches_of(self, subject: UUID, field: str) -> list[Touch]:
        return [touch for touch in self.touches if (touch.subject_id, touch.field) == (subject, field)]

    def note(self, what: str, about: object) -> None:
        """Something looked up beforehand that is no row: a taken seat, a live dossier."""
        self._known.add((what, about))

    def knows(self, what: str, about: object) -> bool:
        return (what, about) in self._known

    def learn(self, rows: Iterable[msgspec.Struct]) -> None:
        """Rows as the database has them."""
        for row in rows:
            self._keep(row)

    def put(self, *rows: msgspec.Struct) -> None:
        """Rows as they shall be."""
        for row in rows:
            kind, key = type(row), self._key(row)
            if isinstance(row, Balance) and (known := self._rows[kind].get(key)) is not None:
                row = replace(row, amount=row.amount + known.amount)  # noqa: PLW2901  (a balance is put as a change)
            self._undo.append((kind, key, self._rows[kind].get(key), key in self._changed[kind]))
            self._keep(row)
            self._changed[kind][key] = None

    def mark(self) -> None:
        """From here on, `undo` takes back what is put."""
        self._undo.clear()
        self.found.clear()

    def undo(self) -> None:
        for kind, key, before, was_changed in reversed(self._undo):
            if before is None:
                del self._rows[kind][key]
                self._of_case[(kind, key[:1])].discard(key)
            else:
                self._rows[kind][key] = before
            if not was_changed:
                self._changed[kind].pop(key, None)
        self._undo.clear()
        self.found.clear()

    async def load(self, tx: Transaction, kinds: Iterable[type], cases: Sequence[UUID]) -> None:
        """One query per kind for all cases of the batch."""
        for kind in kinds:
            load = ROWS[kind].load
            if load is not None and cases:
                self.learn(await load(tx, cases))

    async def save(self, tx: Transaction) -> None:
        for kind, kept in ROWS.items():
            if changed := self._changed[kind]:
                await kept.save(tx, [self._rows[kind][key] for key in changed])
                changed.clear()

    def _key(self, row: msgspec.Struct) -> Key:
        return tuple(getattr(row, name) for name in ROWS[type(row)].key)

    def _keep(self, row: msgspec.Struct) -> None:
        kind, key = type(row), self._key(row)
        self._rows[kind][key] = row
        self._of_case.setdefault((kind, key[:1]), set()).add(key)
