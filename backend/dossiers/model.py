"""The case, the dossier, and what an agency says and does about them. Pure: no I/O."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from backend.units.model import Model

Code = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
Amount = Annotated[int, msgspec.Meta(ge=1, le=1_000_000_000)]
"""Integer đồng."""

Access = Literal["motorbike", "boat", "ferry"]
"""How one gets to a house (F26): by motorbike, only by a small boat, across by ferry."""

RESULT_GOES_OUT = frozenset({"deliver", "exchange"})
"""Purposes of visits that bring the result."""

ResultWay = Literal["home", "post", "one_stop"]
"""Brought home, collected at the post, collected at the one-stop."""

FINAL_PORTAL_STATUSES = frozenset({3, 7, 8, 10})
"""Không được tiếp nhận, công dân rút, dừng xử lý, đã trả kết quả: the dossier no longer lives."""


class Channel(StrEnum):
    """How a registration came (QĐ 1326: portal, 1022, any one-stop, any post office)."""

    PORTAL = "portal"
    HOTLINE = "hotline"
    ONE_STOP = "one_stop"
    POST = "post"


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `cases`."""

    case_id: UUID
    state: str
    procedure: str
    channel: Channel
    regime_on: date
    supporting_unit: UUID
    handling_unit: UUID
    competent_unit: UUID
    visit_commune: str | None = None
    model: Model = "home"
    assisted: bool = False
    agency_confirmed: bool = False
    check_result: str = "none"
    checked_by: UUID | None = None
    recipient_class: str | None = None
    """As the catalogue said on the day; None: nobody knows who may receive the result."""
    owner_name: str | None = None
    owner_folded: str | None = None
    owner_number: str | None = None
    phone: str | None = None
    address: str | None = None
    hamlet: str | None = None
    landmark: str | None = None
    access: Access | None = None
    born_of: UUID
    opened_at: datetime
    closed_at: datetime | None = None
    erased_at: datetime | None = None
    merged_into: UUID | None = None
    """The case that goes on in its place."""
    return_cause: str = "none"
    """Why the citizen's papers go home."""
    withdrawal_asked: bool = False
    """The citizen wants it back from the agency, which has not answered yet."""
    result_way: ResultWay = "home"
    result_from: date | None = None
    """From which day the result may be handed over, where a change had to wait (F07)."""

    @property
    def offices(self) -> frozenset[UUID]:
        """Whose case it is now."""
        return frozenset((self.supporting_unit, self.handling_unit, self.competent_unit))


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `dossiers`: the agency's file as last reported."""

    case_id: UUID
    code: str | None = None
    live: bool = True
    portal_status: int | None = None
    source: str | None = None
    reported_at: datetime | None = None
    received_at: datetime | None = None
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả (Mẫu 01): when the agency had the complete dossier, the day it promised,
    and who issued the receipt when. All None: not issued yet."""
    due_on: date | None = None
    receipt_at: datetime | None = None
    receipt_by: UUID | None = None


class Due(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fee line the agency says is due (row 10: `XAC_NHAN`)."""

    charge_id: UUID
    line: Code
    amount: Amount
    due_at: Literal["reception", "return"] = "reception"


class Confirm(msgspec.Struct, frozen=True, tag_field="kind", tag="confirm"):
    """The agency confirms what was registered, names the fees and the papers to collect."""

    dossier_code: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    charges: Annotated[list[Due], msgspec.Meta(max_length=40)] = []
    components: Annotated[list[Code], msgspec.Meta(max_length=60)] = []


class ReportMismatch(msgspec.Struct, frozen=True, tag_field="kind", tag="report_mismatch"):
    """The agency says that what was registered does not fit."""

    field: Code


class CheckedItem(msgspec.Struct, frozen=True):
    """One component compared: paper against the e-dossier, or against list and slip (F22)."""

    component: Code
    result: Literal["match", "mismatch", "missing"]


class CrossCheck(msgspec.Struct, frozen=True, tag_field="kind", tag="cross_check"):
    """The item-by-item comparison of the paper dossier."""

    result: Literal["passed", "not_passed"]
    items: Annotated[list[CheckedItem], msgspec.Meta(max_length=60)] = []


class Waive(msgspec.Struct, frozen=True, tag_field="kind", tag="waive"):
    """A named approver lets a case pass without a passed check; the reason is personal text."""

    reason: Code


class ReportPortalStatus(msgspec.Struct, frozen=True, tag_field="kind", tag="report_portal_status"):
    """What the National Public Service Portal says, 1-10, with its source."""

    status: Annotated[int, msgspec.Meta(ge=1, le=10)]
    source: Code


class IssueReceipt(msgspec.Struct, frozen=True, tag_field="kind", tag="issue_receipt"):
    """The agency's receipt and appointment (Mẫu 01, F03). `received_at`: when it had the complete dossier, from which
    the time counts; `due_on`: the day it promises, in Việt Nam."""

    received_at: Annotated[datetime, msgspec.Meta(tz=True)]
    due_on: date


class ReleaseResult(msgspec.Struct, frozen=True, tag_field="kind", tag="release_result"):
    """The agency releases a result, which becomes a paper in the agency's hands."""

    paper_id: UUID
    parcel_id: UUID
    component: Code
    originals: Annotated[int, msgspec.Meta(ge=1, le=50)] = 1
    copies: Annotated[int, msgspec.Meta(ge=0, le=50)] = 0


class Withdraw(msgspec.Struct, frozen=True, tag_field="kind", tag="withdraw"):
    """The citizen no longer wants it (before or after papers were taken)."""


class AcceptWithdrawal(msgspec.Struct, frozen=True, tag_field="kind", tag="accept_withdrawal"):
    """The agency gives the dossier back, as the citizen asked."""


class RefuseDossier(msgspec.Struct, frozen=True, tag_field="kind", tag="refuse_dossier"):
    """The agency does not take the dossier (Mẫu 03); why, in its own words, is the personal part: `{"note": "..."}`."""

    reason: Code


class Merge(msgspec.Struct, frozen=True, tag_field="kind", tag="merge"):
    """This case and another are one matter (F02): the other, `survivor`, goes on. Nothing is lost: acts, papers and
    money stay where they are, and keep their ids."""

    survivor: UUID
    reason: Code


class UndoMerge(msgspec.Struct, frozen=True, tag_field="kind", tag="undo_merge"):
    """They were two matters after all. `survivor`: what it was merged into."""

    survivor: UUID
    reason: Code


class Cancel(msgspec.Struct, frozen=True, tag_field="kind", tag="cancel"):
    """The registration is cancelled before anything was taken."""

    reason: Code


class LogCall(msgspec.Struct, frozen=True, tag_field="kind", tag="log_call"):
    """A call with the citizen about the case: who called whom, and whether they spoke. What was said is the personal
    part: `{"note": "..."}`.

    `visit_id`: the visit it was about, where it was about one.
    """

    direction: Literal["in", "out"]
    outcome: Literal["reached", "no_answer", "busy", "wrong_number"]
    visit_id: UUID | None = None


class Erase(msgspec.Struct, frozen=True, tag_field="kind", tag="erase"):
    """The personal part of a case is erased: its data key is destroyed, its files deleted, its rows blanked."""

    reason: Code


class CaseUnit(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `case_units`: whose case it is (F16), or whose hands its papers are in."""

    case_id: UUID
    unit_id: UUID
    relation: str
