"""What listing a visit for a call-back, and what the citizen then says, do to the row."""

from msgspec.structs import replace

from backend.presence import call_back_model
from backend.presence.call_back_model import CallBack, ListCallBack, RecordCallBack
from backend.presence.errors import CallBackUnknown
from backend.sync import coming_to_light
from backend.sync.doing import Doing, Effect


def list_call_back(do: Doing, body: ListCallBack) -> None:
    do.visit(body.visit_id)
    do.world.put(call_back_model.listed(do.subject, body, do.act.occurred_at))


def record_call_back(do: Doing, body: RecordCallBack) -> None:
    row = do.world.get(CallBack, do.subject, body.call_back_id)
    if row is None:
        raise CallBackUnknown("Lượt này không có trong danh sách phúc tra. Tải lại trang rồi chọn lại.")
    do.world.put(replace(row, tries=row.tries + 1, answered_by=do.actor, answered_at=do.act.occurred_at))
    if body.answer == "disagrees":
        coming_to_light.on_dispute(do, row)


EFFECTS: dict[str, Effect] = {"list_call_back": list_call_back, "record_call_back": record_call_back}
"""Both by the rule table's machine `call_back`."""
