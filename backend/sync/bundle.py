"""The day bundle of one courier: everything, or what changed since the phone last asked."""

from datetime import datetime

from backend.acts.rules import current
from backend.clock import local_date
from backend.database import Transaction
from backend.fees import payment_queries as payments
from backend.fees import queries as fees
from backend.fees.payment_model import PayeeAccount
from backend.parcels import queries as parcels
from backend.procedures import service as procedures
from backend.staff import outbox_queries as staff
from backend.staff.model import Carrier
from backend.sync import queries
from backend.sync.day import Day, Payee, ReferenceBlock, SlipBlock, cursor, read_cursor


async def day(tx: Transaction, carrier: Carrier, since: str | None, at: datetime) -> Day:
    """Raises Invalid for a cursor that is not ours."""
    position = await queries.position(tx)
    known = read_cursor(since, position.epoch) if since is not None else None
    person = carrier.person_id
    if known is None:
        cases = await queries.cases_in_bundle(tx, person)
        gone = []
    else:
        cases = await queries.cases_changed(tx, person, known, position.horizon)
        gone = await queries.gone(tx, person, known, position.horizon)
    blocks = await fees.slip_blocks_of(tx, carrier.device_id)
    references = await payments.reference_blocks_of(tx, carrier.device_id)
    payees = await payments.payees_of_device(tx, carrier.device_id, local_date(at))
    return Day(
        cursor=cursor(position.epoch, position.horizon),
        full=known is None,
        now=at,
        next_seq=await staff.next_seq(tx, carrier.device_id),
        rules=current(),
        catalogue=await procedures.find_newest_catalogue(tx),
        cases=await queries.bundled_cases(tx, cases) if cases else [],
        visits=await queries.bundled_visits(tx, person, cases) if cases else [],
        gone=gone,
        slip_blocks=[SlipBlock(first, last) for first, last in blocks],
        reference_blocks=[ReferenceBlock(first, last) for first, last in references],
        payees=[_payee(payee) for payee in payees],
        labels=await parcels.labels_with(tx, person),
    )


def _payee(account: PayeeAccount) -> Payee:
    return Payee(
        account_id=account.id,
        bank_bin=account.bank_bin,
        account=account.account,
        holder=account.holder,
        valid_from=account.valid_from,
        valid_until=account.valid_until,
    )
