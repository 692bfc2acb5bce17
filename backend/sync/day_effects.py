"""What the acts of a courier's day do to the rows: change money, paying in, the count and who signs it."""

from msgspec.structs import replace

from backend.acts.model import Source
from backend.fees import service as fees
from backend.fees.errors import NobodySigned, NotAtYourPost, NothingAwaited, ShiftAlreadyOpen
from backend.fees.model import BeginShift, CloseShift, Remit, Shift
from backend.fees.service import Count
from backend.fees.shift_model import CloseShiftProvisionally, CountersignClose, RecordVariance, SettleShift
from backend.sync.doing import Doing, Effect
from backend.visits.jobs import AcceptJobs


def begin_shift(do: Doing, body: BeginShift) -> None:
    if do.world.get(Shift, do.subject) is not None:
        raise ShiftAlreadyOpen("Ca này đã mở. Mở ca mới bằng nút Đầu ca.")
    if do.act.source is Source.DESK and not do.world.knows("own_post", do.act.key):
        raise NotAtYourPost(
            "Mở ca ở bưu cục của mình; người làm tại Một cửa mở ca ở bưu điện cùng cấp. Chọn lại bưu cục.",
            pointer="/body/unit",
        )
    shift = Shift(
        shift_id=do.subject,
        courier=do.actor,
        unit_id=body.unit,
        day=body.day,
        state="none",
        float_amount=body.float_amount,
        begun_at=do.act.occurred_at,
    )
    do.world.put(shift)
    do.enter(do.act.envelope.id, fees.begin(shift), case=None)


def accept_jobs(do: Doing, _body: AcceptJobs) -> None:
    """That it was said is all: what was seen is read from the acts themselves."""
    do.shift()


def remit(do: Doing, body: Remit) -> None:
    do.enter(do.act.envelope.id, fees.remit(do.shift(), body), case=None)


def close_shift(do: Doing, body: CloseShift) -> None:
    _count(do, Count(body.counted, 0, body.reason))


def close_shift_provisionally(do: Doing, body: CloseShiftProvisionally) -> None:
    _count(do, Count(body.counted, body.awaited, body.reason))


def _count(do: Doing, count: Count) -> None:
    shift = do.shift()
    expected = do.world.cash_of(shift.courier)
    closed, moves = fees.close(shift, count, expected, do.act.occurred_at, do.act.received_at)
    do.world.put(closed)
    do.enter(do.act.envelope.id, moves, case=None)


def countersign_close(do: Doing, _body: CountersignClose) -> None:
    do.world.put(replace(do.shift(), countersigned_by=do.actor, countersigned_at=do.act.occurred_at))


def record_variance(do: Doing, body: RecordVariance) -> None:
    """Not more than is awaited still."""
    shift = do.shift()
    left = (shift.awaited or 0) - do.world.arrived.get(shift.shift_id, 0)
    if body.amount > left:
        raise NothingAwaited(
            f"Chỉ còn chờ {max(0, left)} đồng. Ghi chênh lệch nhiều nhất bằng số đó.", pointer="/body/amount"
        )
    varied, moves = fees.vary(shift, body.amount, body.reason)
    do.world.put(varied)
    do.enter(do.act.envelope.id, moves, case=None)


def settle_shift(do: Doing, _body: SettleShift) -> None:
    """A day is final under the name of a second person: whoever settles it by hand signs it, time alone does not."""
    shift = do.shift()
    if shift.countersigned_by is not None:
        return
    if do.act.source is Source.TIMER or do.actor == shift.courier:
        raise NobodySigned("Ca tạm chốt này chưa có người thứ hai ký. Người khác của bưu cục đếm lại và ký trước.")
    do.world.put(replace(shift, countersigned_by=do.actor, countersigned_at=do.act.occurred_at))


EFFECTS: dict[str, Effect] = {
    "begin_shift": begin_shift,
    "accept_jobs": accept_jobs,
    "remit": remit,
    "close_shift": close_shift,
    "close_shift_provisionally": close_shift_provisionally,
    "countersign_close": countersign_close,
    "record_variance": record_variance,
    "settle_shift": settle_shift,
}
