"""Of the day bundle: in whose hands papers and parcels are. Pure: no I/O."""

from uuid import UUID

import msgspec


class PaperHeld(msgspec.Struct, frozen=True, kw_only=True):
    paper_id: UUID
    component: str
    form: str
    originals: int
    copies: int
    condition: str
    is_result: bool
    superseded: bool
    """A result that gave way to a corrected one: it is not handed over."""
    state: str
    holder_kind: str
    parcel_id: UUID | None = None
    """What it lies in."""


class ParcelHeld(msgspec.Struct, frozen=True, kw_only=True):
    """`held_by`: of the kind said. `offer_id`: somebody offers it to this courier."""

    parcel_id: UUID
    label: str | None
    state: str
    holder_kind: str
    held_by: UUID
    offer_id: UUID | None = None


class InHand(msgspec.Struct, frozen=True, kw_only=True):
    """What a courier holds of one case, also after its visit: a parcel with what lies in it, or papers in none."""

    case_id: UUID
    owner_name: str | None
    parcel_id: UUID | None
    label: str | None
    offered: bool
    """Given, and nobody has received it yet."""
    paper_ids: list[UUID]
