"""Codes in words, Vietnamese first: the glossary's, for what the rule table does not name; dates."""

from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from backend.acts.reasons import reasons
from backend.acts.rules import UnknownWord, current, load
from backend.clock import VIETNAM
from backend.procedures.amounts import money
from backend.staff.model import Role
from backend.web.views import ProposalView, WaitingView


class Words(NamedTuple):
    vi: str
    en: str


CHANNELS = {
    "portal": Words("Cổng Dịch vụ công", "Public service portal"),
    "hotline": Words("Tổng đài 1022", "Hotline 1022"),
    "one_stop": Words("Một cửa", "One-stop"),
    "post": Words("Bưu điện", "Post"),
}
PURPOSES = {
    "collect": Words("Nhận giấy tờ", "Take papers"),
    "supplement": Words("Nhận giấy tờ bổ sung", "Take supplements"),
    "exchange": Words("Đổi giấy tờ lấy kết quả", "Exchange for the result"),
    "deliver": Words("Trả kết quả", "Hand over the result"),
    "return_papers": Words("Trả lại giấy tờ", "Return papers"),
}
PLACES = {
    "home": Words("Nhà công dân", "Home"),
    "post_counter": Words("Quầy bưu điện", "Post counter"),
    "one_stop": Words("Một cửa", "One-stop"),
    "mobile_point": Words("Điểm lưu động", "Mobile point"),
}
OTHER = Words("Thông tin khác", "Other information")
SEEN = Words("Xem rồi trả lại", "Seen and handed back")
EVIDENCE = {
    "identity": Words("giấy tờ tùy thân", "proof of identity"),
    "authority": Words("giấy ủy quyền nếu nhận thay", "authority of who receives for another"),
    "relation": Words("quan hệ với chủ hồ sơ", "relation to the owner"),
    "word": Words("mã nhận kết quả trên thẻ", "hand-over word on the card"),
}
FORMS = {
    "original": Words("Bản chính", "Original"),
    "register_copy": Words("Bản sao từ sổ gốc", "Copy from register"),
    "certified_copy": Words("Bản sao chứng thực", "Certified copy"),
    "plain_copy": Words("Bản sao", "Copy"),
    "electronic_copy": Words("Bản điện tử", "Electronic copy"),
}
BAG_RESULTS = {
    "all_present": Words("Đủ theo bản kê", "All present"),
    "short": Words("Thiếu so với bản kê", "Short"),
    "extra": Words("Thừa so với bản kê", "Extra"),
    "seal_broken": Words("Niêm phong không nguyên vẹn", "Seal not intact"),
}
CONDITIONS = {
    "intact": Words("Nguyên vẹn", "Intact"),
    "torn": Words("Rách", "Torn"),
    "wet": Words("Ướt", "Wet"),
    "faded": Words("Mờ", "Faded"),
}
DUE = {
    "reception": Words("Nộp khi tiếp nhận", "Due at reception"),
    "return": Words("Nộp khi nhận kết quả", "Due at return"),
}
HOLDERS = {
    "citizen": Words("Công dân", "Citizen"),
    "courier": Words("Bưu tá", "Courier"),
    "unit": Words("Đơn vị", "Unit"),
    "bag": Words("Túi thư", "Bag"),
    "lost": Words("Mất", "Lost"),
}
PORTAL = {
    1: Words("Mới đăng ký", "Newly registered"),
    2: Words("Được tiếp nhận", "Accepted"),
    3: Words("Không được tiếp nhận", "Not accepted"),
    4: Words("Đang xử lý", "Being handled"),
    5: Words("Yêu cầu bổ sung giấy tờ", "Supplement asked"),
    6: Words("Yêu cầu thực hiện nghĩa vụ tài chính", "Payment asked"),
    7: Words("Công dân yêu cầu rút hồ sơ", "Withdrawn by the citizen"),
    8: Words("Dừng xử lý", "Stopped"),
    9: Words("Đã xử lý xong", "Finished"),
    10: Words("Đã trả kết quả", "Result returned"),
}
"""Trạng thái trên Cổng, 1 to 10, word for word."""
STANDINGS = {
    "held": Words("Chờ việc trước của máy", "Waits for an earlier act of the phone"),
    "behind": Words("Chờ sau mục xem xét", "Waits behind a review"),
    "review": Words("Chờ người xem xét", "In review"),
    "applied": Words("Đã ghi", "Recorded"),
    "refused": Words("Không được ghi", "Refused"),
    "set_aside": Words("Đã để riêng", "Set aside"),
}
REVIEW_REASONS = {
    "unreadable": Words("Không đọc được nội dung", "Cannot be read"),
    "unreadable-body": Words("Không đọc được nội dung", "Cannot be read"),
    "unknown-kind": Words("Việc của phiên bản khác", "An act of another version"),
    "unknown-device": Words("Không phải máy của hệ thống", "No phone of ours"),
    "signature-wrong": Words("Chữ ký của máy không đúng", "The phone's signature is wrong"),
    "personal-differs": Words("Phần riêng tư không khớp", "The personal part does not fit"),
    "no-number": Words("Không có số thứ tự", "Has no number"),
    "number-used": Words("Số thứ tự đã dùng", "Its number was used"),
    "chain-broken": Words("Không nối với việc trước", "Does not follow the act before"),
    "device-revoked": Words("Máy đã bị thu hồi", "The phone was revoked"),
    "lending-ended": Words("Làm sau khi hết hạn mượn máy", "Done when the phone was lent no longer"),
    "actor-not-of-device": Words("Người làm không phải chủ máy", "Not by the phone's owner"),
    "unknown-subject": Words("Việc chưa có trên hệ thống", "About something unknown"),
    "only-at-a-desk": Words("Chỉ làm tại bưu cục", "Done at the post only"),
    "repeats-paper": Words("Trùng với phiếu giấy", "The same was typed in from paper"),
    "not-in-bundle": Words("Hồ sơ chưa từng giao cho bưu tá này", "Never was this courier's case"),
    "only-the-system": Words("Máy không được báo thay ngân hàng", "A phone does not speak for a bank"),
    "wrong-subject": Words("Việc ghi nhầm chỗ", "Written about the wrong thing"),
    "changed-by-another": Words("Người khác vừa sửa cùng mục", "Somebody else changed the same"),
}
LOOKED = {
    "seen": Words("Đã xem, để như vậy", "Looked at, stays as it is"),
    "called": Words("Đã gọi công dân", "Called the citizen"),
    "papers_checked": Words("Đã kiểm tra giấy tờ", "Checked the papers"),
    "double": Words("Trùng với việc khác", "Double of another"),
    "other": Words("Lý do khác (ghi rõ)", "Another reason (say which)"),
}
"""Why a person decides so about what waits."""
RESOLUTIONS = {
    "apply": Words("Cho có hiệu lực", "Let it take effect"),
    "set_aside": Words("Để riêng", "Set it aside"),
    "apply_to": Words("Ghi sang hồ sơ khác", "Put it on another case"),
}
CAUSES = {
    "paid_twice": Words("Nộp hai lần", "Paid twice"),
    "overpaid": Words("Nộp thừa", "Overpaid"),
    "short": Words("Chuyển thiếu", "Short transfer"),
    "exempt_afterwards": Words("Được miễn sau khi nộp", "Exempt afterwards"),
    "wrong_tariff": Words("Sai mức thu", "Wrong tariff"),
    "quantity_corrected": Words("Đếm lại số lượng", "Quantity corrected"),
    "withdrawn": Words("Công dân rút", "Withdrawn"),
    "refused": Words("Không được tiếp nhận", "Refused"),
}
"""Why money goes back (F09)."""
FAILURES = {one.code: Words(one.vi, one.en) for one in (*reasons().pick_up, *reasons().hand_over)}
UNPAID = {one.code: Words(one.vi, one.en) for one in reasons().unpaid}
"""Why nothing was paid at the door."""
DROPPING = {
    "mistake": Words("Mở nhầm", "Opened by mistake"),
    "citizen_keeps": Words("Công dân để nộp khoản khác", "The citizen keeps it for another fee"),
    "paid_otherwise": Words("Đã trả bằng cách khác", "Given back otherwise"),
}
ROLES_EN = {
    Role.COURIER: "Courier",
    Role.DISPATCHER: "Dispatcher",
    Role.COUNTER_CLERK: "Counter clerk",
    Role.POST_EMPLOYEE_AT_ONE_STOP: "Post employee at a one-stop",
    Role.CASHIER: "Cashier",
    Role.HEAD_OF_POST: "Head of post",
    Role.ONE_STOP_OFFICER: "One-stop officer",
    Role.APPROVER: "Approver",
    Role.PROCEDURE_OWNER: "Procedure owner",
    Role.OPERATOR: "1022 operator",
    Role.SUPERVISOR: "Supervisor",
    Role.ADMINISTRATOR: "Administrator",
}
COMPONENTS = {
    "to_khai": Words("Tờ khai", "Declaration"),
    "ban_sao": Words("Bản sao giấy tờ", "Copies"),
    "ket_qua": Words("Kết quả", "Result"),
    "citizens_own": Words("Giấy tờ công dân tự nộp thêm", "What the citizen adds by himself"),
}
"""For procedures whose list the catalogue does not tell: others are shown by their code."""
LINES = {
    "le_phi": Words("Phí, lệ phí", "State fee"),
    "cuoc": Words("Cước bưu chính", "Postage"),
}

WAYS = {
    "push": Words("thông báo trên máy đã bật", "a browser that asked"),
    "sms": Words("tin nhắn", "SMS"),
    "zalo": Words("Zalo", "Zalo"),
    "email": Words("thư điện tử", "e-mail"),
    "call": Words("điện thoại", "a call"),
    "paper": Words("giấy", "paper"),
}
"""How citizens are told."""
NOTICES = {
    "waiting": Words("Chờ gửi", "Will be sent"),
    "sent": Words("Đã gửi", "Sent"),
    "failed": Words("Không gửi được", "Could not be sent"),
    "dropped": Words("Không gửi", "Not sent"),
    "for_person": Words("Cần người báo", "A person must tell"),
}
NOTICE_REASONS = {
    "late": Words("đã muộn", "too late"),
    "overtaken": Words("việc đã qua", "events overtook it"),
    "newer": Words("đã có tin mới hơn", "there is a newer one"),
    "household": Words("cùng nhà đã được báo", "the household was told"),
    "erased": Words("dữ liệu đã xóa", "erased"),
    "no_channel": Words("không có điện thoại di động, thư điện tử", "neither mobile phone nor e-mail"),
    "chosen_person": Words("công dân chọn được gọi hoặc đưa giấy", "they chose a call or paper"),
    "no_sender": Words("chưa nối cổng gửi tin", "no message gateway is set"),
    "not_delivered": Words("cổng gửi tin không nhận", "the gateway did not take it"),
}


OVER = frozenset({"handed_over", "closed", "cancelled", "withdrawn", "merged"})
"""States in which nothing is waited for."""


def states() -> list[str]:
    """Of a case, along its way, as the rule table has them."""
    return list(load(current()).file.machines["case"].states)


def state_words(state: str, machine: str = "case") -> Words:
    """A state as the rule table names it; as it is when the table has no such word."""
    place = load(current()).file.machines.get(machine)
    found = place.states.get(state) if place is not None else None
    return Words(state, state) if found is None else Words(found.vi, found.en[:1].upper() + found.en[1:])


def act_words(kind: str | None) -> Words:
    try:
        rule = load(current()).act(kind or "")
    except UnknownWord:
        return Words(kind or "Chưa đọc được", kind or "Unread")
    return Words(rule.vi, rule.en[:1].upper() + rule.en[1:])


def waiting_words(waiting: WaitingView) -> Words:
    """What was done, and in numbers what it says: `Thu tiền (8.000 đ)`."""
    doing, said, parts = act_words(waiting.kind), waiting.figures, list[Words]()
    parts += [Words(*[money(said.amount)] * 2)] if said.amount is not None else []
    parts += [Words(f"{said.papers} giấy tờ", f"papers: {said.papers}")] if said.papers is not None else []
    parts += [Words(f"{said.parcels} bưu gửi", f"parcels: {said.parcels}")] if said.parcels is not None else []
    vi, en = ", ".join(one.vi for one in parts), ", ".join(one.en for one in parts)
    return Words(f"{doing.vi} ({vi})", f"{doing.en} ({en})") if parts else doing


def decided_words(proposal: ProposalView) -> Words:
    """Who decided what, when and why."""
    what, why = RESOLUTIONS[proposal.resolution], LOOKED.get(proposal.reason, Words(proposal.reason, proposal.reason))
    note = "" if proposal.note is None else f" {proposal.note}"
    return Words(
        f"{proposal.decided_by} quyết định lúc {moment(proposal.decided_at)}: {what.vi}. Lý do: {why.vi}.{note}",
        f"{proposal.decided_by} decided at {moment(proposal.decided_at)}: {what.en}. Reason: {why.en}.{note}",
    )


def exception_words(reason: str, machine: str, state: str) -> str:
    """What was crossed, in Vietnamese."""
    if reason == "role":
        return "Người làm không có vai trò cho việc này"
    try:
        title, _ = load(current()).refusal(reason, machine, state)
    except UnknownWord:
        return reason
    return title


def outcome_words(code: str | None, reason: str | None) -> Words | None:
    """How a visit ended, and why."""
    found = next((one for one in reasons().outcomes if one.code == code), None)
    if found is None:
        return None
    why = FAILURES.get(reason or "")
    return Words(found.vi, found.en) if why is None else Words(f"{found.vi}: {why.vi}", f"{found.en}: {why.en}")


def day(value: date) -> str:
    """23/11/2026."""
    return f"{value:%d/%m/%Y}"


_WEEKDAYS = (
    Words("Thứ Hai", "Monday"),
    Words("Thứ Ba", "Tuesday"),
    Words("Thứ Tư", "Wednesday"),
    Words("Thứ Năm", "Thursday"),
    Words("Thứ Sáu", "Friday"),
    Words("Thứ Bảy", "Saturday"),
    Words("Chủ nhật", "Sunday"),
)


@lru_cache(maxsize=64)
def weekday(value: date) -> Words:
    """Thứ Hai 23/11/2026."""
    name = _WEEKDAYS[value.weekday()]
    return Words(f"{name.vi} {day(value)}", f"{name.en} {day(value)}")


def clock(value: datetime) -> str:
    """14:30, in Việt Nam."""
    return f"{value.astimezone(VIETNAM):%H:%M}"


def moment(value: datetime) -> str:
    """23/11/2026 14:30, in Việt Nam."""
    return f"{value.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
