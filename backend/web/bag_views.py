"""Bags as a desk is shown them: no citizen's name, only what stands on pouches and slips. Pure: no I/O."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from backend.parcels.bag_model import Bag


class BagLine(Bag, frozen=True, kw_only=True):
    """`inside`: how many are in it now. `announced`, `found`: by the manifest, by the receiver."""

    version: int
    inside: int
    announced: int
    found: int

    @property
    def signed_by_both(self) -> bool:
        return self.giver_signed_by is not None and self.receiver_signed_by is not None


class BagParcelView(msgspec.Struct, frozen=True, kw_only=True):
    """A parcel that is in the bag, was announced, or came out of it. `papers`: how many sheets of the slip lie in it.
    `fees`: đồng already collected for its case. `found`: as the record says; `received_at`: when somebody took it over
    since the bag was tied, also later than that."""

    case_id: UUID
    parcel_id: UUID
    number: int | None
    item_number: str | None
    seal_number: str | None
    inside: bool
    announced: bool
    found: bool
    received_at: datetime | None
    papers: int
    fees: int

    @property
    def shown(self) -> str:
        """As it stands on the pouch."""
        return self.item_number or (f"{self.number:05}" if self.number is not None else "không rõ nhãn")


class BagAbout(msgspec.Struct, frozen=True, kw_only=True):
    """One bag with its parcels, in the order of their numbers."""

    bag: BagLine
    parcels: Sequence[BagParcelView]

    @property
    def inside(self) -> list[BagParcelView]:
        return [one for one in self.parcels if one.inside]

    @property
    def announced(self) -> list[BagParcelView]:
        return [one for one in self.parcels if one.announced]

    @property
    def received(self) -> list[BagParcelView]:
        """Scanned by the receiver, among them what nobody announced; once there is a record, what that says."""
        made = self.bag.received_at is not None
        return [one for one in self.parcels if (one.found if made else one.received_at is not None)]

    @property
    def missing(self) -> list[BagParcelView]:
        there = self.received
        return [one for one in self.announced if one not in there]

    @property
    def record_hash(self) -> str:
        """SHA-256 of what the hand-over record says before anybody signs it."""
        bag = self.bag
        said = [bag.tag, bag.unit_id, bag.to_unit, bag.seal_number, bag.received_at, bag.result, bag.found]
        lines = [[one.item_number, one.seal_number, one.announced, one.found] for one in self.parcels]
        return hashlib.sha256(_encoder.encode([*said, bag.announced, lines])).hexdigest()


_encoder = msgspec.json.Encoder(order="deterministic")
