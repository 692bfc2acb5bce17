"""How people say where a house is (F26): number and group, hamlet, a landmark and the way there, how one gets to it."""

from typing import Protocol

from backend.web.words import Words

ACCESS = {
    "motorbike": Words("đi xe máy", "by motorbike"),
    "boat": Words("phải đi xuồng", "only by boat"),
    "ferry": Words("phải qua phà", "across by ferry"),
}


RESULT_WAYS = {
    "home": Words("Bưu tá mang đến nhà", "Brought home by the courier"),
    "post": Words("Tự đến nhận tại bưu cục", "Collected at the post office"),
    "one_stop": Words("Tự đến nhận tại Một cửa", "Collected at the one-stop"),
}


class House(Protocol):
    """What a case says of where it is served."""

    @property
    def address(self) -> str | None: ...
    @property
    def hamlet(self) -> str | None: ...
    @property
    def landmark(self) -> str | None: ...
    @property
    def access(self) -> str | None: ...


def house(one: House) -> Words:
    """Số 12, tổ 3, ấp 1 (qua cầu sắt, nhà thứ hai; phải đi xuồng). Nothing where nothing is known."""
    line = ", ".join(part for part in (one.address, one.hamlet) if part)
    access = ACCESS.get(one.access or "")
    return Words(*(_with(line, [one.landmark, None if access is None else access[lang]]) for lang in (0, 1)))


def _with(line: str, more: list[str | None]) -> str:
    known = "; ".join(part for part in more if part)
    return f"{line} ({known})" if line and known else line or known
