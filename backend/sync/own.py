"""Whose case it is: what a phone or a desk may write about at all.

A phone's act about a case that never was its courier's goes to review; a desk's is refused. Registering is free to
all, for any unit's dossier (row 18).
"""

from collections.abc import Mapping
from uuid import UUID

import msgspec

from backend.acts.model import Act, Source
from backend.acts.service import Chains
from backend.dossiers.errors import CaseNotFound
from backend.dossiers.model import Case
from backend.fees.model import Shift
from backend.incidents.errors import NotYourIncident
from backend.incidents.model import Incident
from backend.parcels.bag_model import Bag
from backend.parcels.errors import NotYourBag
from backend.run_sheets.model import ON_PAPER, RunSheetLine, repeats
from backend.staff.model import Post, Role
from backend.staff.outbox_queries import Outbox
from backend.sync.decide import ON_ANYTHING
from backend.sync.errors import NoStock, NotYourCase, NotYourShift
from backend.sync.model import DECODERS
from backend.sync.once import told_once
from backend.sync.world import World

OF_ONES_OWN_DAY = frozenset({"accept_jobs", "remit", "close_shift", "close_shift_provisionally"})
OF_ANOTHERS_DAY = frozenset({"countersign_close", "record_variance", "settle_shift"})
"""What the post of a day does about it."""
OF_STOCK = frozenset(
    {"print_label_sets", "issue_label_sets", "return_label_sets", "void_label_sets", "record_label_loss"}
)
"""What an office does with its label sets: on its own chain."""
ANYBODY = frozenset({"register", "begin_shift"})
PROVINCE_WIDE = frozenset({Role.OPERATOR, Role.SUPERVISOR, Role.ADMINISTRATOR})


def stranger(
    act: Act, chains: Chains, world: World, devices: Mapping[UUID, Outbox], posts: frozenset[Post]
) -> str | None:
    """Why a person must look at a phone's act first. Of a desk's it raises CaseNotFound, NoStock, NotYourBag,
    NotYourCase, NotYourIncident, NotYourShift."""
    device = devices.get(act.envelope.made_by) if act.source is Source.DEVICE else None
    if device is None:
        _check_desk(act, chains, world, posts)
        return None
    if device.person_id != act.envelope.actor:
        return "actor-not-of-device"
    if not chains.knows(act.subject):
        return "unknown-subject"
    if _of_a_colleague(act, world):
        return "not-your-shift"
    return _not_hers(act, world, device)


def _not_hers(act: Act, world: World, device: Outbox) -> str | None:
    """Of a case: it was told on paper already, or never was this courier's."""
    if act.subject[0] != "case" or act.envelope.kind in ANYBODY:
        return None
    if _repeats_paper(act, world):
        return "repeats-paper"
    return None if world.was_with(act.subject[1], act.envelope.actor, device.id) else "not-in-bundle"


def _of_a_colleague(act: Act, world: World) -> bool:
    """Cash and count of a day are of the courier whose day it is."""
    shift = world.get(Shift, act.subject[1]) if act.envelope.kind in OF_ONES_OWN_DAY else None
    return shift is not None and shift.courier != act.envelope.actor


def _repeats_paper(act: Act, world: World) -> bool:
    """Whether the same was written on paper, typed in and confirmed while the phone was silent (F11)."""
    lines = world.of_case(RunSheetLine, act.subject[1]) if act.envelope.kind in ON_PAPER else ()
    if not lines:
        return False
    try:
        body = DECODERS[act.envelope.kind].decode(act.envelope.body)
    except (msgspec.MsgspecError, RecursionError):
        return False  # nobody can read it, as will be said
    return any(repeats(line, act.envelope.actor, body.visit_id, told_once(body)) for line in lines)


def _check_desk(act: Act, chains: Chains, world: World, posts: frozenset[Post]) -> None:
    if _of_a_colleague(act, world):
        raise NotYourShift("Ca này của người khác. Mở ca của mình rồi làm lại.")
    if act.envelope.kind in OF_STOCK and not chains.knows(act.subject):
        raise NoStock("Đơn vị này chưa in bộ nhãn nào. Trả về bưu cục đã giao bộ nhãn, hoặc in trước.")
    if act.source is not Source.DESK or (own := _offices(act, world)) is None:
        return
    counts = counting(act, world, posts)
    if act.subject[0] == "shift":
        if not counts:
            raise NotYourShift("Ca này của bưu cục khác. Chuyển cho người phụ trách của bưu cục đó.")
        return
    if act.subject[0] == "bag":
        if not counts:
            raise NotYourBag("Túi thư này không đi từ hoặc đến đơn vị của ông/bà. Xem lại mã trên túi.")
        return
    if act.subject[0] == "incident":
        if not counts:
            raise NotYourIncident("Sự cố này của đơn vị khác. Chuyển cho trưởng bưu cục hoặc Một cửa phụ trách.")
        return
    decides = bool(counts) and act.envelope.kind in ON_ANYTHING
    if not chains.knows(act.subject) or not (own or decides):
        raise CaseNotFound("Không có hồ sơ này. Kiểm tra lại mã.")
    if not counts:
        raise NotYourCase("Việc này không thuộc đơn vị của ông/bà. Chuyển cho đơn vị đang giữ.")


def counting(act: Act, world: World, posts: frozenset[Post]) -> frozenset[Post]:
    """The posts that give the right to an act. At a desk, on a case: those at an office of the case, so that what one
    may elsewhere is not lent to what one is here; the province's anywhere. So too what is decided about a day, at the
    post of that day, and what is done to an office's stock; about what is not there yet only the province decides."""
    if act.envelope.kind in OF_STOCK:
        return frozenset(post for post in posts if post.unit_id == act.subject[1] or post.role in PROVINCE_WIDE)
    own = _offices(act, world)
    if act.source is not Source.DESK or own is None:
        return posts
    return frozenset(post for post in posts if post.unit_id in own or post.role in PROVINCE_WIDE)


def _offices(act: Act, world: World) -> set[UUID] | None:
    """Whose posts count; empty for what is not there. None: everybody's."""
    kind, (of, subject) = act.envelope.kind, act.subject
    if kind in ANYBODY:
        return None
    if of == "case":
        case = world.get(Case, subject)
        return set() if case is None else set(case.offices)
    if of == "bag":
        bag = world.get(Bag, subject)
        return {world.bags_opened[subject]} if bag is None and subject in world.bags_opened else _ends(bag)
    if of == "incident":
        return _of_incident(world, subject)
    return _decided_about(of, subject, world) if kind in (*ON_ANYTHING, *OF_ANOTHERS_DAY) else None


def _decided_about(of: str, subject: UUID, world: World) -> set[UUID] | None:
    """A day is its post's, or of the post that signs for it; what is of an office's stock or account is its own."""
    if of == "shift":
        shift = world.get(Shift, subject)
        return set() if shift is None else {shift.unit_id, world.signs_for.get(subject, shift.unit_id)}
    return {subject} if of == "unit" else None


def _of_incident(world: World, incident: UUID) -> set[UUID]:
    """Where it is reported, who handles it, and the offices of every case that it touches."""
    row = world.get(Incident, incident)
    if row is None:
        return {world.incidents_reported[incident]} if incident in world.incidents_reported else set()
    cases = [world.get(Case, case) for case in {thing.case_id for thing in world.things_of(incident)}]
    return {row.unit_id, row.reported_unit}.union(*(case.offices for case in cases if case))


def _ends(bag: Bag | None) -> set[UUID]:
    """Where a bag comes from, and where it goes."""
    return set() if bag is None else {bag.unit_id, bag.to_unit}
