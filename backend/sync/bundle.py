"""The day bundle of one courier: everything, or what changed since the phone last asked."""

from base64 import b32encode
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from msgspec.structs import asdict

from backend.acts.rules import current
from backend.clock import local_date
from backend.database import Transaction
from backend.eforms import service as eforms
from backend.fees import payment_queries as payments
from backend.fees import queries as fees
from backend.fees.payment_model import PayeeAccount
from backend.keys import KeyRing
from backend.parcels import queries as parcels
from backend.presence.codes import DIGITS, STEP, secret_of
from backend.procedures import people
from backend.procedures import service as procedures
from backend.procedures.people import ExtraText, NoticeText
from backend.staff import lengthening
from backend.staff import outbox_queries as staff
from backend.staff import queries as staff_queries
from backend.staff.model import Carrier
from backend.sync import queries
from backend.sync.day import (
    BundledCase,
    BundledVisit,
    CourierCode,
    Day,
    ExtraToAsk,
    Lengthening,
    NoticeToShow,
    Payee,
    ReferenceBlock,
    SlipBlock,
    VisitRow,
    cursor,
    read_cursor,
)
from backend.sync.lease import AFTERWARDS, lease_until
from backend.sync.own_day import own_day
from backend.visits.lists import lists


async def day(
    tx: Transaction,
    ring: KeyRing,
    carrier: Carrier,
    since: str | None,
    at: datetime,
    *,
    lengthened: timedelta = AFTERWARDS,
) -> Day:
    """`lengthened`: by how long a code that is read out lengthens the lease. Raises Invalid for a cursor that is not
    ours."""
    position = await queries.position(tx)
    known = read_cursor(since, position.epoch) if since is not None else None
    person = carrier.person_id
    if known is None:
        cases = await queries.cases_in_bundle(tx, person)
        gone = []
    else:
        cases = await queries.cases_changed(tx, person, known, position.horizon)
        gone = await queries.gone(tx, person, known, position.horizon)
    bundled = await queries.bundled_cases(tx, person, cases) if cases else []
    visits = await queries.bundled_visits(tx, person, cases) if cases else []
    blocks = await fees.slip_blocks_of(tx, carrier.device_id)
    references = await payments.reference_blocks_of(tx, carrier.device_id)
    payees = await payments.payees_of_device(tx, carrier.device_id, local_date(at))
    sets = await parcels.sets_with(tx, person)
    return Day(
        cursor=cursor(position.epoch, position.horizon),
        full=known is None,
        now=at,
        lease_until=lease_until(at, await queries.windows_of(tx, person, local_date(at))),
        next_seq=await staff.next_seq(tx, carrier.device_id),
        rules=current(),
        catalogue=await procedures.find_newest_catalogue(tx),
        forms=eforms.newest_forms(),
        cases=bundled,
        visits=await _with_lists(tx, visits, bundled, await _others_since(tx, carrier, at)),
        gone=gone,
        slip_blocks=[SlipBlock(first, last) for first, last in blocks],
        reference_blocks=[ReferenceBlock(first, last) for first, last in references],
        payees=[_payee(payee) for payee in payees],
        held=await queries.in_hand(tx, person),
        labels=list(sets.values()),
        notices=[_notice(one) for one in people.notices(local_date(at))],
        extras=[_extra(one) for one in people.extras(local_date(at))],
        code=await _code(tx, ring, carrier, at),
        lengthening=_lengthening(ring, carrier, at, lengthened),
        own=await own_day(tx, carrier, list(sets), at),
    )


async def _code(tx: Transaction, ring: KeyRing, carrier: Carrier, at: datetime) -> CourierCode:
    on = local_date(at)
    secret = secret_of(ring, carrier.device_id, carrier.person_id, on)
    return CourierCode(
        day=on,
        badge=(await staff_queries.get_person(tx, carrier.person_id)).badge,
        secret=b32encode(secret).decode().rstrip("="),
        step=STEP,
        digits=DIGITS,
    )


def _lengthening(ring: KeyRing, carrier: Carrier, at: datetime, lengthened: timedelta) -> Lengthening:
    on = local_date(at)
    return Lengthening(
        day=on,
        secret=b32encode(lengthening.secret_of(ring, carrier.device_id, on)).decode().rstrip("="),
        challenge=lengthening.CHALLENGE_DIGITS,
        digits=lengthening.DIGITS,
        seconds=int(lengthened.total_seconds()),
    )


ANOTHER_PHONE = timedelta(days=2)
"""So long after it last called, what another phone of the courier may have done is still thought of."""


async def _others_since(tx: Transaction, carrier: Carrier, at: datetime) -> date | None:
    """The day on which another phone of the courier last called, unless that is long ago."""
    called = await staff.others_called(tx, carrier.person_id, carrier.device_id)
    return local_date(called) if called is not None and at - called < ANOTHER_PHONE else None


async def _with_lists(
    tx: Transaction, visits: Sequence[VisitRow], cases: Sequence[BundledCase], others_since: date | None
) -> list[BundledVisit]:
    """Each with what changes hands for its case. `others_since`: the day on which another phone last called."""
    of = {case.case_id: case for case in cases}
    known = await procedures.find_versions(tx, {(case.procedure, case.regime_on) for case in cases}) if cases else {}
    found: list[BundledVisit] = []
    for visit in visits:
        case = of[visit.case_id]
        version = known.get((case.procedure, case.regime_on))
        components = None if version is None else version.content.components
        both = lists(visit.purpose, case.recipient_class, case.papers, case.charges, components, visit.day)
        found.append(
            BundledVisit(
                **asdict(visit),
                give=both.give,
                take=both.take,
                see=both.see,
                evidence=both.evidence,
                instead_of_word=people.receiving(case.recipient_class, visit.day).instead_of_word,
                due=both.due,
                take_known=both.known,
                perhaps_elsewhere=others_since is not None and visit.day >= others_since,
            )
        )
    return found


def _notice(one: NoticeText) -> NoticeToShow:
    return NoticeToShow(notice=one.notice, version=one.version, vi=one.vi, en=one.en, sha256=one.sha256)


def _extra(one: ExtraText) -> ExtraToAsk:
    told = {"version": one.version, "vi": one.vi, "en": one.en, "sha256": one.sha256}
    return ExtraToAsk(extra=one.extra, private_life=one.private_life, **told)


def _payee(account: PayeeAccount) -> Payee:
    return Payee(
        account_id=account.id,
        bank_bin=account.bank_bin,
        account=account.account,
        holder=account.holder,
        valid_from=account.valid_from,
        valid_until=account.valid_until,
    )
