"""What acts bring to light by themselves: a count that differs from the slip, damage that was not there, a bag that is
short, a visit of which the citizen says otherwise. Each becomes an incident against the last holder, or the courier,
reported by the system in the same transaction.

It is said once: the id of the incident follows from the act that found it and the thing it was found on.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

import msgspec

from backend.acts import envelope
from backend.acts.envelope import Subject
from backend.acts.model import Act, Clocked, Source
from backend.acts.rules import current
from backend.ids import derived
from backend.incidents.model import Cause, Found, FoundBy, ReportIncident, Touched
from backend.parcels import service as parcels
from backend.parcels.bag_model import Bag, InBag, ReceiveBag
from backend.parcels.model import HandOver, Holder, HolderKind, Paper, Parcel, Receive
from backend.presence.call_back_model import CallBack
from backend.sync.doing import Doing

SYSTEM = derived("system", "incidents")
"""Who reports, where nobody did."""


def reported(found: Found, act: Act) -> Act:
    """The system's act that reports it: made by nobody's hand, in the name of who found it."""
    maker, act_id = act.key
    incident = derived("incident", maker.hex, act_id.hex, found.cause, found.on.hex)
    body = ReportIncident(
        cause=found.cause,
        unit=found.unit,
        answers=found.answers,
        happened_at=act.occurred_at,
        touches=list(found.touches),
        last_holder=found.last_holder,
        last_hand_over=found.last_hand_over,
        found_by=FoundBy(maker, act_id),
    )
    told = msgspec.to_builtins(body)
    data = envelope.write(
        made_by=SYSTEM,
        id=derived("report_incident", incident.hex),
        actor=act.envelope.actor,
        subject=Subject("incident", incident),
        kind=str(told.pop("kind")),
        rules=current(),
        base=0,
        occurred_at=act.received_at,
        body=told,
    )
    return Act(
        envelope=envelope.read(data),
        source=Source.TIMER,
        data=data,
        fingerprint=envelope.fingerprint(data),
        signature=None,
        personal=None,
        carried_by=None,
        received_at=act.received_at,
        occurred_at=act.received_at,
        clock=Clocked.SERVER,
    )


def on_counting(do: Doing, parcel: Parcel, counted: int, listed: int) -> None:
    """Papers counted against the slip (F04). Whoever handed the pouch over answers for what is missing."""
    if counted == listed:
        return
    came = [
        half
        for half in do.world.of_case(HandOver, do.subject)
        if half.received_at is not None and parcel.parcel_id in half.parcel_ids
    ]
    last = max(came, key=lambda half: (half.received_at, half.offer_id)) if came else None
    gave = parcel.held_by
    if last is not None and last.giver_kind is not None and last.giver is not None:
        gave = Holder(HolderKind(last.giver_kind), last.giver)
    _bring(
        do,
        "short" if counted < listed else "extra",
        parcel.parcel_id,
        [Touched(do.subject, "parcel", parcel.parcel_id)],
        unit=parcel.holder if parcel.holder_kind is HolderKind.UNIT else do.case.handling_unit,
        gave=gave,
        hand_over=None if last is None else last.offer_id,
    )


def on_receiving(do: Doing, body: Receive, inside: Sequence[Paper], loose: Sequence[Paper]) -> None:
    """Damage that the giver's side had not written down."""
    unit = body.receiver.id if body.receiver.kind is HolderKind.UNIT else do.case.handling_unit
    worse: dict[Cause, list[Touched]] = {}
    papers = {paper.paper_id: paper for paper in (*inside, *loose)}
    for paper in papers.values():
        said = body.of(paper.paper_id)
        if parcels.is_worse(paper.condition, said):
            worse.setdefault(_cause(said), []).append(Touched(do.subject, "paper", paper.paper_id))
    for cause, things in worse.items():
        pouches = dict.fromkeys(papers[one.id].parcel_id for one in things if one.id in papers)
        whole = [Touched(do.subject, "parcel", one) for one in pouches if one is not None and one in body.parcel_ids]
        _bring(do, cause, body.offer_id, [*whole, *things], unit=unit, gave=body.giver, hand_over=body.offer_id)


def on_taking(do: Doing, taken: Paper, known: Paper | None) -> None:
    """A paper that was in other hands than the citizen's before it was taken, and looked better there."""
    if known is None or known.holder_kind is HolderKind.CITIZEN or known.held_by == taken.held_by:
        return
    if parcels.is_worse(known.condition, taken.condition):
        touched = [Touched(do.subject, "paper", taken.paper_id)]
        _bring(
            do,
            _cause(taken.condition),
            taken.paper_id,
            touched,
            unit=do.case.handling_unit,
            gave=known.held_by,
            hand_over=None,
        )


def on_bag(do: Doing, bag: Bag, came: Bag, body: ReceiveBag, announced: Collection[InBag]) -> None:
    """Each parcel that the bag lacked or that nobody announced, and a seal that was not intact."""
    answers = bag.holder if bag.holder_kind is HolderKind.UNIT else bag.unit_id
    extra = [one for one in body.found if one not in announced]
    wrong: list[tuple[Cause, InBag]] = [*(("short", one) for one in body.missing), *(("extra", one) for one in extra)]
    for cause, one in wrong:
        touched = [Touched(one.case_id, "parcel", one.parcel_id)]
        _put(do, cause, one.parcel_id, touched, body.unit, answers, bag.held_by, bag.bag_id)
    if came.result == "seal_broken":
        _put(do, "seal_broken", bag.bag_id, [], body.unit, answers, bag.held_by, bag.bag_id)


def on_dispute(do: Doing, asked: CallBack) -> None:
    """Who was called back says that it was not as it was recorded (F12). The courier of the visit has to answer."""
    touched = [Touched(do.subject, "case", do.subject)]
    courier = Holder(HolderKind.COURIER, asked.courier)
    unit = do.case.handling_unit
    _put(do, "visit_disputed", asked.call_back_id, touched, unit, unit, courier, None)


def _cause(condition: str) -> Cause:
    return msgspec.convert(condition, Cause)


def _bring(
    do: Doing, cause: Cause, on: UUID, touches: Sequence[Touched], *, unit: UUID, gave: Holder, hand_over: UUID | None
) -> None:
    case = do.case
    answers = gave.id if gave.kind is HolderKind.UNIT and gave.id in case.offices else case.handling_unit
    _put(do, cause, on, touches, unit, answers, gave, hand_over)


def _put(
    do: Doing,
    cause: Cause,
    on: UUID,
    touches: Sequence[Touched],
    unit: UUID,
    answers: UUID,
    gave: Holder,
    hand_over: UUID | None,
) -> None:
    found = Found(
        cause=cause,
        on=on,
        touches=touches,
        unit=unit,
        answers=answers,
        last_holder=gave,
        last_hand_over=hand_over,
    )
    do.world.found.append(found)
