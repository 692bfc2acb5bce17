"""What becomes of papers under an incident: lost, found again, a pouch opened on record by two people. Pure: no I/O."""

from typing import Annotated
from uuid import UUID

import msgspec

from backend.acts.envelope import HexHash
from backend.dossiers.model import Code
from backend.parcels.model import Few, Ids


class RecordLoss(msgspec.Struct, frozen=True, tag_field="kind", tag="record_loss"):
    """Nobody can show these: from now on they are with nobody, under the incident (holder "mất")."""

    incident_id: UUID
    parcel_ids: Ids = []
    paper_ids: Ids = []


class RecordFound(msgspec.Struct, frozen=True, tag_field="kind", tag="record_found"):
    """What was lost under the incident is in hand again: the courier's whose phone says so, or that of `unit`."""

    incident_id: UUID
    parcel_ids: Ids = []
    paper_ids: Ids = []
    unit: UUID | None = None


class OpenOnRecord(msgspec.Struct, frozen=True, tag_field="kind", tag="open_on_record"):
    """A pouch opened by others than its receiver takes two people of the office, a record (biên bản mở niêm phong) and
    a new seal number (F10). `second`: the other one. `counted`: papers in it. `record_sha256`: of the record that both
    signed, if a picture of it was sent."""

    parcel_id: UUID
    second: UUID
    counted: Few
    seal_number: Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
    reason: Code
    record_sha256: HexHash | None = None
