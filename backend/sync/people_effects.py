"""What acts of signing, reading back, mandates, notice and consent do to the rows."""

from msgspec.structs import replace

from backend.acts.model import Source
from backend.consents import model as consents
from backend.consents.errors import NeverAnswered
from backend.consents.model import Consent, RecordConsent, ShowNotice, WithdrawConsent
from backend.dossiers import mandates, parties
from backend.dossiers.errors import MandateUnknown
from backend.dossiers.mandate_model import Mandate, RecordMandate, RevokeMandate
from backend.dossiers.party_model import PartiesPersonal, Party
from backend.signatures import service as signatures
from backend.signatures.errors import AlreadySigned, SignatureUnknown
from backend.signatures.model import ReadBack, Sign, Signature, VoidSignature
from backend.sync.consent_facts import lawful
from backend.sync.doing import Doing, Effect
from backend.sync.form_facts import filled_in
from backend.sync.party_effects import fit, personal_of
from backend.sync.presence_effects import place_kept, unmark
from backend.sync.signature_facts import is_accepted
from backend.visits.model import CaseVisit


def sign(do: Doing, body: Sign) -> None:
    do.visit(body.visit_id)
    if do.world.get(Signature, do.subject, body.signature_id) is not None:
        raise AlreadySigned("Chữ ký này đã có. Giữ chữ ký đầu; ký lại thì tạo chữ ký mới.")
    do.world.put(signatures.sign(do.subject, body, do.act.occurred_at, accepted=is_accepted(do, body)))
    _signed_for(do, do.case_visit(body.visit_id))


def void_signature(do: Doing, body: VoidSignature) -> None:
    do.visit(body.visit_id)
    signed = do.world.get(Signature, do.subject, body.signature_id)
    if signed is None:
        raise SignatureUnknown("Hồ sơ này không có chữ ký đó. Tải lại rồi chọn lại.")
    _void(do, signed)


def read_back(do: Doing, body: ReadBack) -> None:
    """The form as it is now: what was signed of another one is void. Of an erased case nothing that was said stays."""
    do.visit(body.visit_id)
    filled = filled_in(do) if do.case.erased_at is None else None
    reading = signatures.read_back(do.subject, body, filled, do.actor, do.act.occurred_at)
    do.world.put(reading)
    known = do.world.of_case(Signature, do.subject)
    for signed in signatures.outdated(known, body.document, reading.content_sha256, body.form_version):
        _void(do, signed)


def _void(do: Doing, signed: Signature) -> None:
    do.world.put(signatures.void(signed, do.act.occurred_at))
    if (part := do.world.get(CaseVisit, do.subject, signed.visit_id)) is not None:
        _signed_for(do, part)


def _signed_for(do: Doing, part: CaseVisit) -> None:
    stands = signatures.signed_for(part.visit_id, do.world.of_case(Signature, do.subject))
    if part.slip_signed != stands:
        do.world.put(replace(part, slip_signed=stands))


def record_mandate(do: Doing, body: RecordMandate) -> None:
    """What was taken back stays so: a new paper has an id of its own."""
    if body.visit_id is not None:
        do.visit(body.visit_id)
    if do.act.personal is not None and do.case.erased_at is None:
        told = parties.told(do.subject, personal_of(do, PartiesPersonal).parties)
        do.world.put(*fit(do, parties.introduced(do.world.of_case(Party, do.subject), told)))
    known = do.world.get(Mandate, do.subject, body.mandate_id)
    if known is None or known.revoked_at is None:
        there = do.world.of_case(Party, do.subject)
        told = mandates.record(do.subject, body, there, do.actor, do.act.occurred_at)
        do.world.put(replace(told, state=known.state) if known is not None else told)


def revoke_mandate(do: Doing, body: RevokeMandate) -> None:
    known = do.world.get(Mandate, do.subject, body.mandate_id)
    if known is None:
        raise MandateUnknown("Hồ sơ này không có giấy đó. Tải lại trang rồi chọn lại.")
    if known.revoked_at is None:
        do.world.put(mandates.revoke(known, do.actor, do.act.occurred_at))


def show_notice(do: Doing, body: ShowNotice) -> None:
    if body.visit_id is not None:
        do.visit(body.visit_id)
    do.world.put(consents.told(do.subject, body, do.actor, do.act.occurred_at))


def record_consent(do: Doing, body: RecordConsent) -> None:
    if body.visit_id is not None:
        do.visit(body.visit_id)
    do.world.put(consents.answered(do.subject, body, do.act.occurred_at))
    if body.extra == "place_mark" and body.given and lawful(do, body) and do.act.source is Source.DEVICE:
        place_kept(do)


def withdraw_consent(do: Doing, body: WithdrawConsent) -> None:
    """What was kept by that consent is gone with it: where the house is on the map."""
    given = do.world.get(Consent, do.subject, body.extra)
    if given is None:
        raise NeverAnswered("Công dân chưa từng đồng ý điều này. Không cần rút lại.")
    do.world.put(replace(given, withdrawn_at=do.act.occurred_at))
    if body.extra == "place_mark":
        unmark(do)


EFFECTS: dict[str, Effect] = {
    "sign": sign,
    "void_signature": void_signature,
    "read_back": read_back,
    "record_mandate": record_mandate,
    "revoke_mandate": revoke_mandate,
    "show_notice": show_notice,
    "record_consent": record_consent,
    "withdraw_consent": withdraw_consent,
}
