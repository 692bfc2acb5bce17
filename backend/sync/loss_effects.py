"""What a loss under an incident, a finding, and a pouch opened on record do to papers and parcels."""

from collections.abc import Sequence

from msgspec.structs import replace

from backend.acts.model import Source
from backend.incidents.errors import NotOfThisIncident
from backend.incidents.model import Touched
from backend.incidents.service import frozen, things
from backend.parcels.errors import NothingNamed, NotTheReceiver, SealNotNew
from backend.parcels.loss_model import OpenOnRecord, RecordFound, RecordLoss
from backend.parcels.model import Holder, HolderKind, Paper, Parcel
from backend.sync import coming_to_light
from backend.sync.doing import Doing, Effect
from backend.sync.door_effects import give, inside


def record_loss(do: Doing, body: RecordLoss) -> None:
    """They stay in the ledger, with nobody: the incident answers for them. What is lost is touched as well."""
    incident = do.incident(body.incident_id)
    _named(do, body)
    give(do, body.parcel_ids, body.paper_ids, Holder(HolderKind.LOST, incident.incident_id))
    touched = [
        *(Touched(do.subject, "parcel", one) for one in body.parcel_ids),
        *(Touched(do.subject, "paper", one) for one in body.paper_ids),
    ]
    rows = things(incident.incident_id, touched)
    do.world.put(*(rows if incident.open else frozen(rows, open=False)))


def record_found(do: Doing, body: RecordFound) -> None:
    incident = do.incident(body.incident_id)
    lost = Holder(HolderKind.LOST, incident.incident_id)
    if any(row.held_by != lost for row in _named(do, body)):
        raise NotOfThisIncident("Có giấy tờ hoặc bưu gửi không ghi là mất trong biên bản này. Xem lại rồi chọn lại.")
    give(do, body.parcel_ids, body.paper_ids, _finder(do, body))


def _finder(do: Doing, body: RecordFound) -> Holder:
    """Raises NotTheReceiver."""
    if do.act.source is Source.DEVICE:
        return Holder(HolderKind.COURIER, do.actor)
    if body.unit is None or body.unit not in do.units:
        raise NotTheReceiver("Ghi đã tìm thấy cho đơn vị đang giữ. Chọn đơn vị của mình.")
    return Holder(HolderKind.UNIT, body.unit)


def _named(do: Doing, body: RecordLoss | RecordFound) -> Sequence[Parcel | Paper]:
    """Raises NothingNamed, PaperUnknown, ParcelUnknown."""
    named = [*do.parcels(body.parcel_ids), *do.papers(body.paper_ids)]
    if not named:
        raise NothingNamed("Chưa chọn giấy tờ hay bưu gửi. Chọn rồi gửi lại.", pointer="/body/paper_ids")
    return named


def open_on_record(do: Doing, body: OpenOnRecord) -> None:
    """Looked into by two, and sealed anew: papers stay in it, and whose hands it is in does not change."""
    [parcel] = do.parcels([body.parcel_id])
    if parcel.seal_number == body.seal_number:
        raise SealNotNew("Số niêm phong mới phải khác số cũ. Ghi số trên niêm phong mới.", pointer="/body/seal_number")
    coming_to_light.on_counting(do, parcel, body.counted, len(inside(do, [body.parcel_id])))
    do.world.put(replace(parcel, seal_number=body.seal_number))


EFFECTS: dict[str, Effect] = {
    "record_loss": record_loss,
    "record_found": record_found,
    "open_on_record": open_on_record,
}
