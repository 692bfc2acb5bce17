"""What the acts on a duty to tell do to its row."""

from uuid import UUID

from backend.notices import service as notices
from backend.notices.errors import DutyUnknown
from backend.notices.model import DropDuty, Duty, OpenDuty, RecordTold
from backend.sync.doing import Doing, Effect


def open_duty(do: Doing, body: OpenDuty) -> None:
    known = do.world.get(Duty, do.subject, body.duty_id)
    do.world.put(notices.open_duty(known, do.case.case_id, body, do.act.occurred_at))


def record_told(do: Doing, body: RecordTold) -> None:
    do.world.put(notices.record_told(_duty(do, body.duty_id), body, do.actor, do.act.occurred_at))


def drop_duty(do: Doing, body: DropDuty) -> None:
    do.world.put(notices.drop_duty(_duty(do, body.duty_id), body))


def _duty(do: Doing, duty: UUID) -> Duty:
    found = do.world.get(Duty, do.subject, duty)
    if found is None:
        raise DutyUnknown("Không có việc phải báo này. Tải lại trang rồi chọn lại.")
    return found


EFFECTS: dict[str, Effect] = {"open_duty": open_duty, "record_told": record_told, "drop_duty": drop_duty}
