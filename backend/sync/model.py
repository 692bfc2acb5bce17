"""All acts in one place: each capability's bodies by kind, and what goes over the wire."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

from backend.acts.model import Answer
from backend.appointments.model import Book, CancelAppointment, ConfirmCall, MoveAppointment
from backend.consents.model import RecordConsent, ShowNotice, WithdrawConsent
from backend.documents.model import Photograph
from backend.dossiers.change_model import ChangeAddress, ChangeResultWay
from backend.dossiers.mandate_model import RecordMandate, RevokeMandate
from backend.dossiers.model import (
    AcceptWithdrawal,
    Cancel,
    Code,
    Confirm,
    CrossCheck,
    Erase,
    IssueReceipt,
    LogCall,
    Merge,
    RefuseDossier,
    ReleaseResult,
    ReportMismatch,
    ReportPortalStatus,
    UndoMerge,
    Waive,
    Withdraw,
)
from backend.dossiers.party_model import ChangeRecipient, CorrectRegistration
from backend.fees.model import BeginShift, CloseShift, Collect, Quote, RecountCharge, Remit
from backend.fees.payment_model import (
    ApproveRefund,
    DropRefund,
    LapsePayment,
    MatchBankCredit,
    OpenRefund,
    PayRefund,
    RecordBankCredit,
    RecordTransferSaid,
    RecordUnmatchedCredit,
    ShowPaymentCode,
)
from backend.fees.relief_model import ClaimRelief, Exempt, RecordUnpaid, VoidCharge
from backend.fees.shift_model import CloseShiftProvisionally, CountersignClose, RecordVariance, SettleShift
from backend.incidents.model import AddToIncident, EndIncident, ReopenIncident, ReportIncident, TakeOnIncident
from backend.notices.model import ChangeContact, DropDuty, OpenDuty, RecordTold, SendCode
from backend.parcels.bag_model import (
    CloseBag,
    OfferBag,
    OpenBag,
    PutInBag,
    ReceiveBag,
    SettleBag,
    SignBagRecord,
    TakeOutOfBag,
)
from backend.parcels.loss_model import OpenOnRecord, RecordFound, RecordLoss
from backend.parcels.model import (
    DeferPhotograph,
    HandBackPapers,
    IssueLabelSets,
    Offer,
    OpenResult,
    OpenSeal,
    PrintLabelSets,
    Receive,
    RecordLabelLoss,
    Relabel,
    Reseal,
    ReturnLabelSets,
    Seal,
    SeeOriginal,
    TakePapers,
    VoidLabelSets,
)
from backend.presence.call_back_model import ListCallBack, RecordCallBack
from backend.questions.model import AnswerGuidance, AskGuidance
from backend.questions.urging_model import AnswerUrging, Urge
from backend.registrations.model import AcknowledgeForward, Forward, Register
from backend.run_sheets.model import ConfirmRekeyed, Rekey, SetAsideRekeyed
from backend.signatures.model import ReadBack, Sign, VoidSignature
from backend.staff.model import Health
from backend.visits.jobs import AcceptJobs
from backend.visits.model import (
    CheckIdentity,
    Depart,
    FailVisit,
    FinishVisit,
    HandOverResult,
    RecordArrival,
    RecordNotGone,
    SendAnyway,
)
from backend.visits.result_model import ForwardResult, Invite, KeepAtPost, ReturnResult, SendBackForCorrection


class ResolveReview(msgspec.Struct, frozen=True, tag_field="kind", tag="resolve_review"):
    """A person decides about an act in review: it takes effect as it is, on another case, or is set aside.

    Of an act of money or custody this is a proposal, until a second person signs it too.
    """

    made_by: UUID
    act_id: UUID
    resolution: Literal["apply", "apply_to", "set_aside"]
    reason: Code
    case: UUID | None = None


class CountersignReview(msgspec.Struct, frozen=True, tag_field="kind", tag="countersign_review"):
    """A second person agrees with a decision about an act of money or custody, which is then carried out.

    `made_by`, `act_id`: who decided, and the act `resolve_review` they decided by.
    """

    made_by: UUID
    act_id: UUID


class ClearException(msgspec.Struct, frozen=True, tag_field="kind", tag="clear_exception"):
    """A named person has looked at a fact that the rules would have refused; requests on the case go on."""

    exception_id: UUID
    reason: Code


Body = (
    Register
    | Forward
    | AcknowledgeForward
    | Confirm
    | ReportMismatch
    | CorrectRegistration
    | ChangeRecipient
    | SendCode
    | ChangeContact
    | ChangeAddress
    | ChangeResultWay
    | RecordMandate
    | RevokeMandate
    | Book
    | MoveAppointment
    | CancelAppointment
    | ConfirmCall
    | LogCall
    | AskGuidance
    | AnswerGuidance
    | Urge
    | AnswerUrging
    | ListCallBack
    | RecordCallBack
    | Depart
    | RecordArrival
    | CheckIdentity
    | SeeOriginal
    | TakePapers
    | Photograph
    | Sign
    | Quote
    | VoidSignature
    | ReadBack
    | ShowNotice
    | RecordConsent
    | WithdrawConsent
    | Collect
    | Seal
    | DeferPhotograph
    | SendAnyway
    | FinishVisit
    | FailVisit
    | RecordNotGone
    | Offer
    | Receive
    | OpenSeal
    | OpenOnRecord
    | RecordLoss
    | RecordFound
    | CrossCheck
    | Waive
    | IssueReceipt
    | ReleaseResult
    | OpenResult
    | Reseal
    | HandOverResult
    | Invite
    | KeepAtPost
    | ForwardResult
    | ReturnResult
    | SendBackForCorrection
    | ReportPortalStatus
    | Withdraw
    | AcceptWithdrawal
    | RefuseDossier
    | HandBackPapers
    | Cancel
    | Merge
    | UndoMerge
    | Erase
    | ResolveReview
    | CountersignReview
    | ClearException
    | OpenDuty
    | RecordTold
    | DropDuty
    | BeginShift
    | AcceptJobs
    | Remit
    | CloseShift
    | CloseShiftProvisionally
    | CountersignClose
    | RecordVariance
    | SettleShift
    | ShowPaymentCode
    | RecordTransferSaid
    | RecordUnmatchedCredit
    | RecordBankCredit
    | MatchBankCredit
    | LapsePayment
    | RecordUnpaid
    | ClaimRelief
    | Exempt
    | VoidCharge
    | RecountCharge
    | OpenRefund
    | ApproveRefund
    | PayRefund
    | DropRefund
    | PrintLabelSets
    | IssueLabelSets
    | ReturnLabelSets
    | VoidLabelSets
    | RecordLabelLoss
    | Relabel
    | OpenBag
    | PutInBag
    | TakeOutOfBag
    | CloseBag
    | OfferBag
    | ReceiveBag
    | SignBagRecord
    | SettleBag
    | ReportIncident
    | AddToIncident
    | TakeOnIncident
    | EndIncident
    | ReopenIncident
    | Rekey
    | ConfirmRekeyed
    | SetAsideRekeyed
)
"""The union of all acts, told apart by `kind`."""

_BODIES: tuple[type[msgspec.Struct], ...] = Body.__args__
DECODERS: dict[str, msgspec.json.Decoder[Any]] = {
    str(body.__struct_config__.tag): msgspec.json.Decoder(body) for body in _BODIES
}

Base64Url = Annotated[str, msgspec.Meta(max_length=100_000, pattern="^[A-Za-z0-9_-]*$")]


class Sent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One command on the wire. `envelope` is the exact bytes that were signed; both it and the rest without padding.

    `sealed`: instead of all others, a batch of this one act as JSON, sealed for the centre when it was made: a phone
    whose lease is over still sends it, and cannot read it.
    """

    envelope: Base64Url | None = None
    signature: Annotated[str, msgspec.Meta(max_length=128)] | None = None
    personal: Base64Url | None = None
    sealed: Annotated[str, msgspec.Meta(max_length=300_000, pattern="^[A-Za-z0-9_-]*$")] | None = None


class Batch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`POST /api/courier/sync/acts`."""

    acts: Annotated[list[Sent], msgspec.Meta(max_length=200)]
    health: Health | None = None


class Answered(msgspec.Struct, frozen=True):
    """The answers, in the order sent."""

    answers: Sequence[Answer]
    received_at: datetime
