"""What becomes of charges that are not paid, and of those that are not owed, in the rows (F09)."""

from uuid import UUID

from msgspec.structs import replace

from backend.fees import payments
from backend.fees import service as fees
from backend.fees.errors import ChargeUnknown, NoLongerOwed
from backend.fees.model import Charge
from backend.fees.relief_model import ClaimRelief, Exempt, RecordUnpaid, VoidCharge
from backend.sync.doing import Doing, Effect
from backend.sync.money_about import collector_of


def record_unpaid(do: Doing, body: RecordUnpaid) -> None:
    do.visit(body.visit_id)
    for charge_id in body.charge_ids:
        do.world.put(replace(_charge(do, charge_id), unpaid_because=body.reason))


def claim_relief(do: Doing, body: ClaimRelief) -> None:
    do.visit(body.visit_id)
    do.world.put(replace(_charge(do, body.charge_id), relief_claimed=body.relief))


def exempt(do: Doing, body: Exempt) -> None:
    """What is not paid is not owed any more; what was, is the citizen's, with an owner and a day."""
    charge = _charge(do, body.charge_id)
    if charge.wants_money:
        _release(do, charge)
        return
    paid = charge.final
    if charge.released_by is not None or not paid:
        raise NoLongerOwed("Khoản này đã được miễn hoặc đã bỏ. Tải lại trang.")
    act = do.act.envelope.id
    do.world.put(replace(charge, counted=0, released_by=act, relief_claimed=body.relief))
    do.enter(act, ((charge.payee, paid), (f"credit:{do.subject}", -paid)), case=do.subject)
    do.world.put(
        payments.owed_back(
            do.subject,
            act,
            paid,
            "exempt_afterwards",
            owner=do.case.handling_unit,
            at=do.act.occurred_at,
            collected_by=collector_of(do.world, do.subject, charge.charge_id),
        )
    )


def void_charge(do: Doing, body: VoidCharge) -> None:
    _release(do, _charge(do, body.charge_id))


def _release(do: Doing, charge: Charge) -> None:
    do.world.put(replace(charge, released_by=do.act.envelope.id))
    do.enter(do.act.envelope.id, fees.released(charge), case=do.subject)


def _charge(do: Doing, charge_id: UUID) -> Charge:
    charge = do.world.get(Charge, do.subject, charge_id)
    if charge is None:
        raise ChargeUnknown("Khoản phí này không có trong hồ sơ. Tải lại trang rồi chọn lại.")
    return charge


EFFECTS: dict[str, Effect] = {
    "record_unpaid": record_unpaid,
    "claim_relief": claim_relief,
    "exempt": exempt,
    "void_charge": void_charge,
}
