"""Bags (túi thư): parcels under one tag on the way from one office to another, with a manifest. Pure: no I/O."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from backend.acts.envelope import HexHash
from backend.dossiers.model import Code
from backend.parcels.model import Few, Holder, HolderKind

Result = Literal["all_present", "short", "extra", "seal_broken"]
Side = Literal["giver", "receiver"]


class Bag(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `bags`. `unit_id`: who filled it. `holder`: who answers for what is still in it."""

    bag_id: UUID
    tag: str
    unit_id: UUID
    to_unit: UUID
    state: str
    holder_kind: HolderKind
    holder: UUID
    seal_number: str | None = None
    opened_at: datetime
    closed_at: datetime | None = None
    offered_at: datetime | None = None
    received_at: datetime | None = None
    received_by: UUID | None = None
    result: str | None = None
    giver_signed_by: UUID | None = None
    giver_signed_at: datetime | None = None
    receiver_signed_by: UUID | None = None
    receiver_signed_at: datetime | None = None
    settled_by: UUID | None = None
    settled_at: datetime | None = None
    settled_because: str | None = None

    @property
    def held_by(self) -> Holder:
        return Holder(self.holder_kind, self.holder)


class BagParcel(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `bag_parcels`."""

    bag_id: UUID
    parcel_id: UUID
    case_id: UUID
    announced: bool
    found: bool


class InBag(msgspec.Struct, frozen=True):
    """A parcel, with the case that owns it."""

    case_id: UUID
    parcel_id: UUID


Many = Annotated[list[InBag], msgspec.Meta(max_length=200)]


class OpenBag(msgspec.Struct, frozen=True, tag_field="kind", tag="open_bag"):
    """An empty bag under a tag, to be filled by `unit` for `to_unit`."""

    tag: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    unit: UUID
    to_unit: UUID


class PutInBag(msgspec.Struct, frozen=True, tag_field="kind", tag="put_in_bag"):
    """From now on the parcel is with the bag, and with whoever has that."""

    bag_id: UUID
    parcel_id: UUID

    @property
    def offer_id(self) -> UUID:
        """The hand-over by which it will be received."""
        return self.bag_id


class TakeOutOfBag(msgspec.Struct, frozen=True, tag_field="kind", tag="take_out_of_bag"):
    """While the bag is being filled: the parcel is back with the office."""

    bag_id: UUID
    parcel_id: UUID


class CloseBag(msgspec.Struct, frozen=True, tag_field="kind", tag="close_bag"):
    """The bag is tied. `parcels`: the manifest, which names all that is in it."""

    parcels: Many
    seal_number: Annotated[str, msgspec.Meta(min_length=1, max_length=20)]


class OfferBag(msgspec.Struct, frozen=True, tag_field="kind", tag="offer_bag"):
    """The giver's half. `announced`: how many parcels, as the manifest says."""

    announced: Few


class ReceiveBag(msgspec.Struct, frozen=True, tag_field="kind", tag="receive_bag"):
    """The receiver has looked at seal and parcels. Those `found` were received one by one, each by its own act; those
    `missing` stay with whoever had the bag."""

    unit: UUID
    found: Many
    missing: Many
    seal_intact: bool


class SignBagRecord(msgspec.Struct, frozen=True, tag_field="kind", tag="sign_bag_record"):
    """One side signs the hand-over record (biên bản giao nhận), which says: received `found` of `announced`.

    `shown_sha256`: of the record as it was shown.
    """

    side: Side
    found: Few
    announced: Few
    shown_sha256: HexHash


class SettleBag(msgspec.Struct, frozen=True, tag_field="kind", tag="settle_bag"):
    """Somebody other than the receiver says how the difference is explained."""

    reason: Code
