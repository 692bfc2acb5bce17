"""Papers, parcels and the hand-over with its two halves. Pure: no I/O."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from backend.acts.envelope import HexHash
from backend.dossiers.model import Code

SetNumber = Annotated[int, msgspec.Meta(ge=1, le=99_999_999)]
SetNumbers = Annotated[list[SetNumber], msgspec.Meta(min_length=1, max_length=500)]
MOST_SETS = 500
"""In one act."""
Few = Annotated[int, msgspec.Meta(ge=0, le=200)]
Condition = Literal["intact", "torn", "wet", "faded"]
Form = Literal["original", "register_copy", "certified_copy", "plain_copy", "electronic_copy"]
Ids = Annotated[list[UUID], msgspec.Meta(max_length=200)]


class HolderKind(StrEnum):
    """Who can hold a paper or a parcel."""

    CITIZEN = "citizen"
    COURIER = "courier"
    UNIT = "unit"
    BAG = "bag"
    LOST = "lost"


class Holder(msgspec.Struct, frozen=True):
    """One holder. A citizen is known by the case, a courier by the person, an office by the unit."""

    kind: HolderKind
    id: UUID


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `papers`. `seen_by`, `seen_at`: who looked at the original last without taking it, and when."""

    case_id: UUID
    paper_id: UUID
    component: str
    form: str
    originals: int
    copies: int
    condition: str
    is_result: bool = False
    state: str
    parcel_id: UUID | None = None
    holder_kind: HolderKind
    holder: UUID
    seen_by: UUID | None = None
    seen_at: datetime | None = None
    superseded: bool = False
    """A result that came back and gave way to another one."""
    picture_deferred: str | None = None
    """Why its pictures are still to be made."""
    goes_with: UUID | None = None
    """The case of the household with which the original itself goes (F29)."""

    @property
    def held_by(self) -> Holder:
        return Holder(self.holder_kind, self.holder)


class Parcel(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `parcels`."""

    case_id: UUID
    parcel_id: UUID
    label: str | None = None
    seal_number: str | None = None
    state: str
    holder_kind: HolderKind
    holder: UUID

    @property
    def held_by(self) -> Holder:
        return Holder(self.holder_kind, self.holder)


class HandOver(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `hand_overs`: one id, two halves, which may come in any order."""

    case_id: UUID
    offer_id: UUID
    giver_kind: str | None = None
    giver: UUID | None = None
    receiver_kind: str | None = None
    receiver: UUID | None = None
    parcel_ids: list[UUID] = []
    paper_ids: list[UUID] = []
    offered_at: datetime | None = None
    received_at: datetime | None = None
    condition: str | None = None


class LabelSet(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `label_sets`. `unit_id`: the office whose stock it is of, also while a courier carries it.

    Of the card only hashes are kept: see `cards`.
    """

    number: int
    label: str
    item_number: str
    card_token_sha256: bytes
    look_up_hash: bytes
    word_hash: bytes
    unit_id: UUID
    state: str
    holder_kind: HolderKind
    holder: UUID
    case_id: UUID | None = None
    parcel_id: UUID | None = None


class CardFound(msgspec.Struct, frozen=True, kw_only=True):
    """A card found by its look-up number. `case_id`: None while it is bound to none, or is not the citizen's."""

    number: int
    state: str
    case_id: UUID | None


class Taken(msgspec.Struct, frozen=True):
    """One paper taken over, counted and looked at."""

    id: UUID
    component: Code
    form: Form
    originals: Few
    copies: Few
    condition: Condition = "intact"


class TakePapers(msgspec.Struct, frozen=True, tag_field="kind", tag="take_papers"):
    """The courier takes papers from the citizen, each with its counts and condition (the slip)."""

    visit_id: UUID
    papers: Annotated[list[Taken], msgspec.Meta(min_length=1, max_length=200)]


class SeeOriginal(msgspec.Struct, frozen=True, tag_field="kind", tag="see_original"):
    """The original of one component was looked at and handed back at once: it stays with the citizen (row 25).

    Where the procedure asks for a picture, `photograph` names the same `paper_id` first. `goes_with`: another case of
    the visit with which the original itself goes: one that must travel goes once and counts as seen for the others
    (F29).
    """

    visit_id: UUID
    paper_id: UUID
    component: Code
    originals: Annotated[int, msgspec.Meta(ge=1, le=200)] = 1
    condition: Condition = "intact"
    goes_with: UUID | None = None


class Seal(msgspec.Struct, frozen=True, tag_field="kind", tag="seal"):
    """Papers become one sealed parcel under a label set of the courier's stock."""

    visit_id: UUID
    parcel_id: UUID
    label: Annotated[str, msgspec.Meta(min_length=8, max_length=200)]
    seal_number: Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
    paper_ids: Ids


class Offer(msgspec.Struct, frozen=True, tag_field="kind", tag="offer"):
    """The giver's half: custody does not move yet."""

    offer_id: UUID
    parcel_ids: Ids
    paper_ids: Ids
    to: Holder


class PaperCondition(msgspec.Struct, frozen=True):
    """How one paper looks to who takes it over."""

    paper_id: UUID
    condition: Condition


class Receive(msgspec.Struct, frozen=True, tag_field="kind", tag="receive"):
    """The receiver's half: custody moves. It contains the offer's id, so halves may come in any order.

    `condition`: of all that is taken over; `conditions`: of single papers that look otherwise. What is worse than it
    was becomes an incident against the giver (F10).
    """

    offer_id: UUID
    parcel_ids: Ids
    paper_ids: Ids
    giver: Holder
    receiver: Holder
    condition: Condition = "intact"
    conditions: Annotated[list[PaperCondition], msgspec.Meta(max_length=200)] = []

    def of(self, paper: UUID) -> str:
        """How a paper looks to the receiver."""
        return next((one.condition for one in self.conditions if one.paper_id == paper), self.condition)


class HandBackPapers(msgspec.Struct, frozen=True, tag_field="kind", tag="hand_back_papers"):
    """The citizen has these papers again: at the door, before they went anywhere, or on a visit that brings them back.
    What they lay in is opened."""

    visit_id: UUID
    paper_ids: Annotated[list[UUID], msgspec.Meta(min_length=1, max_length=200)]


class DeferPhotograph(msgspec.Struct, frozen=True, tag_field="kind", tag="defer_photograph"):
    """Pictures that cannot be made at the door are made at the post (F10)."""

    visit_id: UUID
    paper_ids: Annotated[list[UUID], msgspec.Meta(min_length=1, max_length=200)]
    reason: Literal["rain", "dark", "phone", "other"]


class OpenResult(msgspec.Struct, frozen=True, tag_field="kind", tag="open_result"):
    """The envelope is opened before the recipient, who counts and reads what is in it before signing (F07)."""

    visit_id: UUID
    parcel_id: UUID
    recipient_class: Literal["owner", "registered", "household"]


class Reseal(msgspec.Struct, frozen=True, tag_field="kind", tag="reseal"):
    """What was opened and not handed over goes on under a new seal."""

    visit_id: UUID
    parcel_id: UUID
    seal_number: Annotated[str, msgspec.Meta(min_length=1, max_length=20)]


class OpenSeal(msgspec.Struct, frozen=True, tag_field="kind", tag="open_seal"):
    """The receiving office opens a parcel and counts its papers against the slip first (F04)."""

    parcel_id: UUID
    counted: Few


class PrintLabelSets(msgspec.Struct, frozen=True, tag_field="kind", tag="print_label_sets"):
    """New sets into an office's stock. The numbers go on where the installation's last ones ended."""

    first: SetNumber
    count: Annotated[int, msgspec.Meta(ge=1, le=MOST_SETS)]

    @property
    def numbers(self) -> range:
        return range(self.first, self.first + self.count)


class IssueLabelSets(msgspec.Struct, frozen=True, tag_field="kind", tag="issue_label_sets"):
    """From the office's stock into the bag of one of its people, who then answers for every set."""

    courier: UUID
    numbers: SetNumbers


class ReturnLabelSets(msgspec.Struct, frozen=True, tag_field="kind", tag="return_label_sets"):
    """Unused sets, or found ones, are back in the office's stock."""

    numbers: SetNumbers


class VoidLabelSets(msgspec.Struct, frozen=True, tag_field="kind", tag="void_label_sets"):
    """Spoilt sets: torn up, never to be bound."""

    numbers: SetNumbers
    reason: Code


class RecordLabelLoss(msgspec.Struct, frozen=True, tag_field="kind", tag="record_label_loss"):
    """Nobody can show these sets."""

    numbers: SetNumbers
    reason: Code


class Relabel(msgspec.Struct, frozen=True, tag_field="kind", tag="relabel"):
    """A torn or unreadable label gives way to that of another set. The citizen keeps the first card; the new set's is
    torn up. `photographs`: SHA-256 of the pictures of both labels (F01)."""

    parcel_id: UUID
    label: Annotated[str, msgspec.Meta(min_length=8, max_length=200)]
    seal_number: Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
    photographs: Annotated[list[HexHash], msgspec.Meta(max_length=4)] = []
