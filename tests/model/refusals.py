"""What every refusal is: a type of ours, and Vietnamese that says what is wrong and ends in what to do."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from backend.acts.model import Answer
from backend.errors import Refusal
from backend.sync.desk import Refused

TYPE = "urn:tannha:problem:"
VIETNAMESE = re.compile("[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)
NOT_FOR_PEOPLE = re.compile(r"[{}_<>]|None|\b(?:None|True|False|null)\b")
"""Names of fields, places left open, and what a program says."""
TO_DO = re.compile(
    r"\b(tải lại|xem lại|xem|kiểm tra|nhờ|lấy|chọn|mở|mời|quét|gửi|ghi|báo|sửa|chuyển|đếm|tạo|bấm|tìm|dời|đặt|lập"
    r"|bỏ|hỏi|kết thúc|chờ|hẹn|trả|nhận|thu|ký|chụp|giữ|đọc|dùng|nhập|gọi|gõ|đưa|điền|niêm phong|bàn giao|giải quyết"
    r"|xác nhận|xác minh|làm|nộp|hủy|in|thử|đóng|bổ sung|người phụ trách sẽ|không cần)\b",
    re.IGNORECASE,
)
"""What people do. The last sentence says one of these."""


def kinds(of: type[Refusal] = Refusal) -> Iterator[str]:
    """Every type of refusal there is, by its slug."""
    yield of.slug()
    for one in of.__subclasses__():
        yield from kinds(one)


@cache
def _types() -> frozenset[str]:
    return frozenset(TYPE + kind for kind in kinds())


def complaints(type_: str, title: str, detail: str) -> list[str]:
    """Empty: people can read it and go on."""
    found: list[str] = []
    said = detail.strip()
    if type_ not in _types():
        found.append(f"no type of ours: {type_}")
    found += [f"not Vietnamese: {text!r}" for text in (title, said) if not VIETNAMESE.search(text)]
    found += [f"not for people: {text!r}" for text in (title, said) if NOT_FOR_PEOPLE.search(text)]
    if not title.endswith((".", "?")) or not said.endswith((".", "?")):
        found.append(f"no sentence: {title!r} {said!r}")
    last = re.split(r"(?<=[.!?])\s+", said)[-1]
    if not TO_DO.search(last):
        found.append(f"says nothing to do: {said!r}")
    return found


def check_answers(answers: Sequence[Answer]) -> None:
    """Of a phone. What stands in review or behind says why, too."""
    for answer in answers:
        if answer.problem is not None:
            wrong = complaints(answer.problem.type, answer.problem.title, answer.problem.detail)
            assert not wrong, wrong
        else:
            assert answer.standing != "refused", answer


def check_refusal(refusal: Refusal) -> None:
    """Of a desk."""
    if isinstance(refusal, Refused):
        told = refusal.problem
        wrong = complaints(told.type, told.title, told.detail)
    else:
        wrong = complaints(TYPE + refusal.slug(), refusal.title(), str(refusal))
    assert not wrong, wrong
