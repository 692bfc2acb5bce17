"""A request for the postal service, by one channel. Pure: no I/O."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec

from backend.dossiers.model import Access, Channel, Code
from backend.dossiers.party_model import OldNumber, Parties, Phone, WhoTold
from backend.units.model import Model

Line = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Note = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]


class Registration(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `registrations`."""

    case_id: UUID
    registration_id: UUID
    channel: Channel
    unit_id: UUID
    registered_at: datetime
    forwarded_to: UUID | None = None
    forwarded_at: datetime | None = None
    acknowledged_at: datetime | None = None


class Register(msgspec.Struct, frozen=True, tag_field="kind", tag="register"):
    """A citizen asks for the service. Registering at X for a dossier of Y is always allowed (row 18).

    `registered_on`: the day of a registration on paper that is entered late; None: today. `model`: how the case is
    served; None: as `usual_model` says."""

    registration_id: UUID
    channel: Channel
    procedure: Code
    registered_at_unit: UUID
    supporting_unit: UUID
    handling_unit: UUID
    competent_unit: UUID
    dossier_code: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    visit_commune: Annotated[str, msgspec.Meta(pattern="^[0-9]{5}$")] | None = None
    registered_on: date | None = None
    model: Model | None = None


class RegisterPersonal(msgspec.Struct, frozen=True, kw_only=True):
    """The personal part of `register`: who, and where. `salt` makes the hash in the envelope unguessable.

    `owner_name`, `owner_number`, `owner`: the owner; `phone`, `address`: where the case is served; its house
    has a `hamlet` (ấp, khóm), a `landmark` with how to get there, and an `access` (F26). `parties`: who else.
    `note`: whatever else the citizen says (row 19); it is in no table, and read from here.
    """

    salt: Annotated[str, msgspec.Meta(min_length=16, max_length=64)]
    owner_name: Line
    owner_number: OldNumber | None = None
    owner: WhoTold = WhoTold()
    parties: Parties = []
    phone: Phone | None = None
    address: Annotated[str, msgspec.Meta(max_length=400)] | None = None
    hamlet: Line | None = None
    landmark: Annotated[str, msgspec.Meta(min_length=1, max_length=400)] | None = None
    access: Access | None = None
    note: Note | None = None


class Forward(msgspec.Struct, frozen=True, tag_field="kind", tag="forward"):
    """1022 and one-stops forward to the post of the same level."""

    registration_id: UUID
    to_unit: UUID


class AcknowledgeForward(msgspec.Struct, frozen=True, tag_field="kind", tag="acknowledge_forward"):
    """The post says it has the registration."""

    registration_id: UUID
