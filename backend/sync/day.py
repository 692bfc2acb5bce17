"""The day bundle: what a courier's phone needs to know, and what changed since it last asked. Pure: no I/O."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from backend.dossiers.model import Access
from backend.errors import Invalid
from backend.presence.model import Mark
from backend.sync.day_custody import InHand, PaperHeld, ParcelHeld
from backend.sync.day_people import BundledConsent, BundledMandate, BundledNotice, BundledReading
from backend.sync.day_shift import OwnDay
from backend.units.model import Model
from backend.visits.lists import Given, Taken, ToSee


class Owed(msgspec.Struct, frozen=True, kw_only=True):
    """`amount` in đồng."""

    charge_id: UUID
    line: str
    amount: int
    due_at: str
    state: str


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """A payment by transfer: what is asked, what came (đồng), and how far it is. `order_total`: what the household was
    asked for at once, where it pays for several cases."""

    payment_id: UUID
    reference: str
    total: int
    order_total: int | None
    received: int
    state: str


class BundledParty(msgspec.Struct, frozen=True, kw_only=True):
    """Who is who, as far as it is needed at a door: names and birth to hold against a card, no numbers."""

    party_id: UUID
    role: str
    kind: str
    relation: str | None
    name: str
    born: str | None
    phone: str | None
    shared_phone: bool
    authority: str | None
    authority_until: date | None
    since: date | None
    """From which day they may receive, where a change has to wait."""


class BundledQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """What the post asked the agency about a case, and what it answered. Both are None once the case is erased."""

    question_id: UUID
    state: str
    question: str | None
    asked_at: datetime
    answer: str | None
    answered_at: datetime | None


class BundledIncident(msgspec.Struct, frozen=True, kw_only=True):
    """An incident that touches the case and has not ended: Có sự cố. `things`: papers and parcels frozen by it."""

    incident_id: UUID
    cause: str
    things: list[UUID]


class BundledCase(msgspec.Struct, frozen=True, kw_only=True):
    """`version` is what an act on this case says as its `base`."""

    case_id: UUID
    version: int
    state: str
    procedure: str
    regime_on: date
    """The day whose version of the procedure holds for it."""
    channel: str
    model: Model
    """`no_writing`: the citizen does not write, the courier fills in everything."""
    visit_commune: str | None
    agency_confirmed: bool
    recipient_class: str | None
    """None: nobody knows; the owner alone may receive for certain."""
    result_from: date | None
    """The day before which its result is not handed over; None: nothing was changed that waits."""
    owner_name: str | None
    phone: str | None
    address: str | None
    hamlet: str | None
    landmark: str | None
    """A landmark near the house, and how to get there."""
    mark: Mark | None
    """Where the house is on the map, where somebody said it and the citizen lets it be kept."""
    access: Access | None
    dossier_code: str | None
    exception_open: bool
    parties: Sequence[BundledParty]
    papers: Sequence[PaperHeld]
    parcels: Sequence[ParcelHeld]
    charges: Sequence[Owed]
    payments: Sequence[Order]
    questions: Sequence[BundledQuestion]
    incidents: Sequence[BundledIncident]
    mandates: Sequence[BundledMandate]
    consents: Sequence[BundledConsent]
    notices: Sequence[BundledNotice]
    readings: Sequence[BundledReading]


class VisitRow(msgspec.Struct, frozen=True, kw_only=True):
    """One case's part in a visit as the tables have it."""

    visit_id: UUID
    case_id: UUID
    purpose: str
    place: str
    day: date
    time_window: str
    state: str
    confirmed: bool
    """Somebody said yes to the window; else the courier calls before setting out."""
    identity_checked: bool
    slip_signed: bool


class BundledVisit(VisitRow, frozen=True, kw_only=True):
    """One case's part in a visit, and what changes hands for it; a household's visit stands once per case."""

    give: Sequence[Given]
    take: Sequence[Taken]
    see: Sequence[ToSee]
    """Originals to be looked at and handed back: not on the take list, unless a copy is taken as well."""
    evidence: Sequence[str]
    """What is looked at before that: identity, authority, relation, word."""
    instead_of_word: Sequence[str]
    """What stands in for a hand-over word that nobody has."""
    due: int
    """Đồng to be paid."""
    perhaps_elsewhere: bool
    """Another phone of the courier has it too: it may have been done there, and nobody has heard yet (F11)."""
    take_known: bool
    """The procedure's list of papers is on record: what is not on the take list need not be asked for."""


class Gone(msgspec.Struct, frozen=True, kw_only=True):
    """A tombstone: this is no longer the courier's."""

    case_id: UUID
    visit_id: UUID


class SlipBlock(msgspec.Struct, frozen=True):
    """Numbers of collection slips only this phone may give out, both ends included."""

    first_number: int
    last_number: int


class ReferenceBlock(msgspec.Struct, frozen=True):
    """Numbers of payment references only this phone may give out, both ends included."""

    first_number: int
    last_number: int


class Payee(msgspec.Struct, frozen=True, kw_only=True):
    """Where citizens pay the phone's unit, from one day (None: since ever) until another, which is no longer in it."""

    account_id: UUID
    bank_bin: str
    account: str
    holder: str
    valid_from: date | None
    valid_until: date | None


class NoticeToShow(msgspec.Struct, frozen=True, kw_only=True):
    """Thông báo xử lý dữ liệu as it is to be read or shown: told, never asked. `sha256`: of `vi`."""

    notice: str
    version: str
    vi: str
    en: str
    sha256: str


class ExtraToAsk(msgspec.Struct, frozen=True, kw_only=True):
    """One question of its own, refusable without any effect. `private_life`: a child from 7 years is asked too."""

    extra: str
    version: str
    vi: str
    en: str
    sha256: str
    private_life: bool


class CourierCode(msgspec.Struct, frozen=True, kw_only=True):
    """What the code on the screen is made from, also without a network (RFC 6238): HMAC-SHA-256 over steps of `step`
    seconds, `digits` digits. Of one day; the citizen is told the badge number with it."""

    day: date
    badge: str
    secret: str
    """Base32 without padding."""
    step: int
    digits: int


class Lengthening(msgspec.Struct, frozen=True, kw_only=True):
    """With what a phone checks, without a network, the code that lengthens its lease (F25): RFC 4226 over HMAC-SHA-256,
    `digits` digits, the counter being the number of `challenge` digits that it shows itself. Of one day."""

    day: date
    secret: str
    """Base32 without padding."""
    challenge: int
    digits: int
    seconds: int
    """By so much, for each code."""


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """`GET /api/courier/sync/day`. `full`: forget what you have; this is everything."""

    cursor: str
    full: bool
    now: datetime
    lease_until: datetime
    """Until then the phone can read what it was given; then it forgets everything but what it has not sent (F25)."""
    next_seq: int
    rules: int
    catalogue: str | None
    """Name of the catalogue of procedures, to be fetched once: `GET /api/courier/procedures/{sha256}`."""
    forms: str
    """Name of the forms for who does not write, to be fetched once: `GET /api/courier/forms/{sha256}`."""
    cases: Sequence[BundledCase]
    visits: Sequence[BundledVisit]
    gone: Sequence[Gone]
    slip_blocks: Sequence[SlipBlock]
    reference_blocks: Sequence[ReferenceBlock]
    payees: Sequence[Payee]
    held: Sequence[InHand]
    """All that is in this courier's hands now."""
    labels: Sequence[str]
    """Labels of the sets in the courier's stock."""
    notices: Sequence[NoticeToShow]
    extras: Sequence[ExtraToAsk]
    """What citizens are told and asked today."""
    code: CourierCode
    lengthening: Lengthening
    own: OwnDay
    """The shift, the cash, and what changed on the list."""


def cursor(epoch: UUID, horizon: int) -> str:
    """Opaque to phones: the installation's epoch and the feed's horizon."""
    return f"{epoch.hex}-{horizon:x}"


def read_cursor(text: str, epoch: UUID) -> int | None:
    """The horizon to go on from; None when the installation was restored since, so that everything is sent anew.

    Raises Invalid for what is no cursor of ours.
    """
    head, _, tail = text.partition("-")
    try:
        known, horizon = UUID(hex=head), int(tail, 16)
    except ValueError as error:
        raise Invalid(
            "Dấu mốc đồng bộ không đọc được. Tải lại toàn bộ danh sách trong ngày.", pointer="/since"
        ) from error
    return horizon if known == epoch and 0 <= horizon < 2**63 else None
