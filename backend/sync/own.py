"""Whose case it is: what a phone or a desk may write about at all.

A phone's act about a case that never was its courier's goes to review; a desk's is refused. Registering is free to
all, for any unit's dossier (row 18).
"""

from collections.abc import Mapping
from uuid import UUID

from backend.acts.model import Act, Source
from backend.acts.service import Chains
from backend.dossiers.errors import CaseNotFound
from backend.dossiers.model import Case
from backend.fees.model import Shift
from backend.staff.model import Post, Role
from backend.staff.outbox_queries import Outbox
from backend.sync.errors import NoStock, NotYourCase, NotYourShift
from backend.sync.world import World

OF_ONES_OWN_DAY = frozenset({"remit", "close_shift"})
ANYBODY = frozenset({"register", "begin_shift"})
PROVINCE_WIDE = frozenset({Role.OPERATOR, Role.SUPERVISOR, Role.ADMINISTRATOR})


def stranger(
    act: Act, chains: Chains, world: World, devices: Mapping[UUID, Outbox], posts: frozenset[Post]
) -> str | None:
    """Why a person must look at a phone's act first. Of a desk's it raises CaseNotFound, NoStock, NotYourCase,
    NotYourShift."""
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
    if act.subject[0] != "case" or act.envelope.kind in ANYBODY:
        return None
    return None if world.was_with(act.subject[1], act.envelope.actor, device.id) else "not-in-bundle"


def _of_a_colleague(act: Act, world: World) -> bool:
    """Cash and count of a day are of the courier whose day it is."""
    shift = world.get(Shift, act.subject[1]) if act.envelope.kind in OF_ONES_OWN_DAY else None
    return shift is not None and shift.courier != act.envelope.actor


def _check_desk(act: Act, chains: Chains, world: World, posts: frozenset[Post]) -> None:
    if _of_a_colleague(act, world):
        raise NotYourShift("Ca này của người khác. Mở ca của mình rồi làm lại.")
    if act.subject[0] == "unit" and not chains.knows(act.subject):
        raise NoStock("Đơn vị này chưa in bộ nhãn nào. Trả về bưu cục đã giao bộ nhãn, hoặc in trước.")
    if act.source is not Source.DESK or act.envelope.kind in ANYBODY or act.subject[0] != "case":
        return
    if world.get(Case, act.subject[1]) is None or not chains.knows(act.subject):
        raise CaseNotFound("Không có hồ sơ này. Kiểm tra lại mã.")
    if not counting(act, world, posts):
        raise NotYourCase("Hồ sơ không thuộc đơn vị của ông/bà. Chuyển cho đơn vị đang giữ hồ sơ.")


def counting(act: Act, world: World, posts: frozenset[Post]) -> frozenset[Post]:
    """The posts that give the right to an act. At a desk, on a case: those at an office of the case, so that what one
    may elsewhere is not lent to what one is here; the province's anywhere. On an office's stock: those at that office.
    """
    if act.subject[0] == "unit":
        return frozenset(post for post in posts if post.unit_id == act.subject[1] or post.role in PROVINCE_WIDE)
    case = world.get(Case, act.subject[1]) if act.source is Source.DESK and act.subject[0] == "case" else None
    if case is None or act.envelope.kind in ANYBODY:
        return posts
    own = {case.supporting_unit, case.handling_unit, case.competent_unit}
    return frozenset(post for post in posts if post.unit_id in own or post.role in PROVINCE_WIDE)
