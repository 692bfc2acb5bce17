"""The acts by which an owner changes where a result goes. Returns changed rows; nothing is written here."""

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from backend.dossiers.change_model import NewAddress
from backend.dossiers.errors import AddressMissing, ChangeWaits, DeliveryPromised, SameWay
from backend.dossiers.model import RESULT_GOES_OUT, Case, ResultWay


def moved(case: Case, house: NewAddress) -> Case:
    """Raises AddressMissing."""
    if not (house.address or house.hamlet or house.landmark):
        raise AddressMissing(
            "Chưa có địa chỉ mới. Ghi số nhà, ấp hoặc mốc gần nhà rồi gửi lại.", pointer="/personal/address"
        )
    return replace(case, address=house.address, hamlet=house.hamlet, landmark=house.landmark, access=house.access)


def to_way(case: Case, way: ResultWay) -> Case:
    """Raises SameWay."""
    if case.result_way == way:
        raise SameWay("Hồ sơ đang nhận kết quả theo cách này. Không cần đổi.")
    return replace(case, result_way=way)


def waiting(case: Case, since: date | None, promised: Iterable[date]) -> Case:
    """From `since` on the result is handed over as was changed; None: at once. `promised`: days on which it is to be
    brought. Raises DeliveryPromised."""
    too_soon = [day for day in promised if since is not None and day < since]
    if since is not None and too_soon:
        raise DeliveryPromised(
            f"Kết quả đã hẹn phát ngày {min(too_soon):%d/%m/%Y}, mà thay đổi có hiệu lực từ {since:%d/%m/%Y}."
            f" Dời lịch hẹn đến ngày {since:%d/%m/%Y} hoặc sau đó, rồi đổi lại."
        )
    return case if since is None else replace(case, result_from=since)


def must_not_wait(case: Case, purpose: str, day: date) -> None:
    """Of a visit that is promised for a day. Raises ChangeWaits."""
    if purpose in RESULT_GOES_OUT and case.result_from is not None and day < case.result_from:
        raise ChangeWaits(
            f"Chủ hồ sơ vừa đổi nơi hoặc cách nhận kết quả, có hiệu lực từ {case.result_from:%d/%m/%Y}."
            " Chọn ngày đó hoặc ngày sau."
        )
