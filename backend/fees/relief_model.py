"""Charges that are not paid at the door, and those that are not owed (F09, F21). Pure: no I/O."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec

from backend.dossiers.model import Code


class RecordUnpaid(msgspec.Struct, frozen=True, tag_field="kind", tag="record_unpaid"):
    """Why these lines were not paid. The papers go on all the same; what is due at return keeps the result sealed."""

    visit_id: UUID
    charge_ids: Annotated[list[UUID], msgspec.Meta(min_length=1, max_length=40)]
    reason: Literal["no_money_now", "disputes_amount", "claims_exemption", "refuses"]


class ClaimRelief(msgspec.Struct, frozen=True, tag_field="kind", tag="claim_relief"):
    """The citizen says that a relief of the catalogue holds, and shows what proves it: an approver decides."""

    visit_id: UUID
    charge_id: UUID
    relief: Code


class Exempt(msgspec.Struct, frozen=True, tag_field="kind", tag="exempt"):
    """A named approver frees the citizen of a charge, by a relief that has a name. What was paid goes back."""

    charge_id: UUID
    relief: Code


class VoidCharge(msgspec.Struct, frozen=True, tag_field="kind", tag="void_charge"):
    """The agency takes back a charge that nobody has paid."""

    charge_id: UUID
    reason: Code
