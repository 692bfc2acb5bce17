"""What acts on a line of the run sheet do to the rows. What the line tells takes effect when it is confirmed."""

from typing import Any

import msgspec
from msgspec.structs import replace

from backend.run_sheets import model as run_sheets
from backend.run_sheets.errors import AlreadyFromPhone, LineUnclear
from backend.run_sheets.model import ConfirmRekeyed, Rekey, RekeyPersonal, RunSheetLine, SetAsideRekeyed
from backend.sync.doing import Doing, Effect
from backend.sync.model import DECODERS
from backend.sync.once import told_once
from backend.sync.party_effects import personal_of
from backend.visits.model import CaseVisit, RecordArrival, Visit


def rekey(do: Doing, body: Rekey) -> None:
    """Raises LineUnclear, naming what; AlreadyFromPhone; Invalid for a personal part that tells of no act of it."""
    bodies = bodies_of(body)
    _check_personal(do, body)
    _check_visit(do, body, bodies[0])
    _check_times(do, body)
    if do.world.knows("from_phone", body.line_id):
        raise AlreadyFromPhone("Việc ghi ở dòng này đã có trên hệ thống từ máy của bưu tá. Bỏ phần trùng rồi nhập lại.")
    tells = set[str]().union(*map(told_once, bodies))
    line = run_sheets.typed(do.subject, body, tells, by=do.actor, at=do.act.occurred_at, act=do.act.envelope.id)
    do.world.put(line)


def bodies_of(body: Rekey) -> list[Any]:
    """What the line tells, decoded. Raises LineUnclear."""
    found: list[Any] = []
    for place, one in enumerate(body.acts):
        try:
            decoded = DECODERS[one.kind].decode(msgspec.json.encode(one.body))
        except msgspec.MsgspecError as error:
            raise LineUnclear(
                f"Việc thứ {place + 1} ghi chưa đúng ({error}). Xem lại phiếu rồi nhập lại.",
                pointer=f"/body/acts/{place}/body",
            ) from error
        if decoded.visit_id != body.visit_id:
            raise LineUnclear(
                f"Việc thứ {place + 1} thuộc lượt phục vụ khác. Nhập mỗi lượt một dòng.",
                pointer=f"/body/acts/{place}/body/visit_id",
            )
        found.append(decoded)
    return found


def _check_personal(do: Doing, body: Rekey) -> None:
    """What cannot be read now would be lost when the line takes effect."""
    parts = personal_of(do, RekeyPersonal).parts if do.act.personal is not None else {}
    for place in parts:
        if place not in {str(known) for known in range(len(body.acts))}:
            raise LineUnclear(
                f"Phần riêng tư ghi cho việc thứ {place}, không có trong dòng. Nhập lại.", pointer="/personal/parts"
            )


def _check_visit(do: Doing, body: Rekey, first: Any) -> None:
    visit = do.world.get(Visit, body.visit_id)
    if visit is None:
        begun = first.unplanned if isinstance(first, RecordArrival) else None
        if begun is None or begun.unit not in do.units:
            raise LineUnclear(
                "Không có lượt phục vụ này. Chọn lượt trong danh sách, hoặc nhập là việc phát sinh của bưu cục mình.",
                pointer="/body/visit_id",
            )
    elif visit.courier != body.courier:
        raise LineUnclear("Lượt này không giao cho bưu tá đó. Xem lại tên trên phiếu.", pointer="/body/courier")
    elif do.world.get(CaseVisit, do.subject, body.visit_id) is None and not visit.unplanned:
        raise LineUnclear("Lượt này không phục vụ hồ sơ này. Xem lại mã trên phiếu.", pointer="/body/visit_id")


def _check_times(do: Doing, body: Rekey) -> None:
    before = do.act.occurred_at - run_sheets.OLDEST
    for place, one in enumerate(body.acts):
        if not before <= one.at <= do.act.occurred_at:
            raise LineUnclear(
                f"Giờ của việc thứ {place + 1} phải trước lúc nhập, không quá 31 ngày, và theo thứ tự đã làm.",
                pointer=f"/body/acts/{place}/at",
            )
        before = one.at


def confirm_rekeyed(do: Doing, body: ConfirmRekeyed) -> None:
    """What the line tells is carried out in the same transaction, after this. Raises AlreadyFromPhone."""
    if do.world.knows("from_phone", body.line_id):
        raise AlreadyFromPhone(
            "Sau khi nhập, máy của bưu tá đã gửi việc này. Bấm Bỏ dòng trùng với phiếu giấy, ghi rõ lý do."
        )
    _decide(do, do.world.get(RunSheetLine, do.subject, body.line_id))


def set_aside_rekeyed(do: Doing, body: SetAsideRekeyed) -> None:
    _decide(do, do.world.get(RunSheetLine, do.subject, body.line_id))


def _decide(do: Doing, line: RunSheetLine | None) -> None:
    """The rule table has seen to it that there is one."""
    if line is not None:
        do.world.put(replace(line, decided_by=do.actor, decided_at=do.act.occurred_at))


EFFECTS: dict[str, Effect] = {
    "rekey": rekey,
    "confirm_rekeyed": confirm_rekeyed,
    "set_aside_rekeyed": set_aside_rekeyed,
}
