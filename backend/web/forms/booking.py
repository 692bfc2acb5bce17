"""Fields that promise a window: what is free at a place, and the couriers who have seats in it. Pure: no I/O."""

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date
from typing import Any
from uuid import UUID

from backend.appointments.slots import Slot
from backend.web.forms import skill
from backend.web.forms.field import Field, Filled, FilledWrong, Option
from backend.web.forms.situation import Situation
from backend.web.visit_views import VisitView
from backend.web.words import Words, weekday

FIRST_CALL = "07:00"
"""Before it a window is chosen only on purpose."""


def when(about: Situation, place: str, now: VisitView | None = None) -> Iterator[Field]:
    """Day and window in one choice, as no other pairs are open; then the courier. Nothing where nothing is free.

    `now`: the visit that is to be moved, whose own window is offered first.
    """
    free = [slot for slot in about.slots(place) if slot.left != 0]
    if not free and now is None:
        return
    kept = () if now is None else (_kept(now),)
    yield Field(
        name="slot",
        words=Words("Khung giờ", "Time window"),
        kind="select",
        value=kept[0].value if kept else _usual(about, place, free),
        options=(*kept, *_options(about, place, free)),
        hint=Words("chỉ những giờ còn chỗ", "only what is free"),
    )
    yield Field(
        name="courier",
        words=Words("Bưu tá", "Courier"),
        kind="select",
        value="" if now is None else str(now.courier),
        options=skill.options(about, free),
    )


def tried(about: Situation, place: str, fields: Sequence[Field], now: VisitView | None = None) -> Mapping[str, str]:
    """As a clerk might answer: a courier who may take the case and has a seat in the window that stands there; of a
    visit that is to be moved the one who has it, if that still may be."""
    chosen = next(field.value for field in fields if field.name == "slot")
    full: Set[UUID] = next((slot.full for slot in about.slots(place) if _value(slot) == chosen), frozenset[UUID]())
    able = skill.able(about, _day_of(chosen))
    if now is not None and now.courier in able:
        return {}
    free = [one.value for one in about.offices.couriers_of(about.case.handling_unit) if UUID(one.value) in able - full]
    return {"courier": free[0]} if free else {}


def promised(about: Situation, place: str, filled: Filled, visit: UUID) -> dict[str, Any]:
    """Courier, day, window and seat of an act. Raises FilledWrong for what the unit does not offer at that place.

    Of a full window a taken seat is asked for: whether it still is, the centre says, and knows a second click again.
    `visit`: the id of the one that the act makes.
    """
    day, window = _read(filled)
    courier = filled.id("courier")
    skill.must_fit(about, courier, day)
    said = {"courier": str(courier), "day": day.isoformat(), "window": window}
    now = about.case.live_visit
    if now is not None and now.seat is not None and (now.day, now.time_window) == (day, window):
        return said | {"seat": now.seat}
    found = next((slot for slot in about.slots(place) if (slot.day, slot.window) == (day, window)), None)
    if found is None:
        raise FilledWrong(
            "Ngày giờ này không mở hoặc đã qua. Chọn một khung giờ khác trong danh sách.", pointer="/slot"
        )
    if courier in found.full and found.left and all(one.visit_id != visit for one in about.case.visits):
        raise FilledWrong(
            "Bưu tá này đã đủ lượt trong khung giờ đó. Chọn bưu tá khác, hoặc khung giờ khác.", pointer="/courier"
        )
    return said | {"seat": found.seat}


def _read(filled: Filled) -> tuple[date, str]:
    day, _, window = filled.text("slot", longest=22).partition(" ")
    try:
        return date.fromisoformat(day), window
    except ValueError:
        raise FilledWrong("Chọn một khung giờ trong danh sách rồi gửi lại.", pointer="/slot") from None


def _usual(about: Situation, place: str, free: Sequence[Slot]) -> str:
    """The first that leaves time to tell everybody, and in which somebody may go."""
    key = ("usual", about.case.handling_unit, about.case.model, about.open_unit(place), place)
    return about.offices.once(key, lambda: _first(about, free))


def _first(about: Situation, free: Sequence[Slot]) -> str:
    soon = about.offices.next_day()
    able = [slot for slot in free if skill.able(about, slot.day) - slot.full] or free
    return _value(next((slot for slot in able if slot.day >= soon and slot.window >= FIRST_CALL), able[0]))


def _day_of(value: str) -> date:
    return date.fromisoformat(value.partition(" ")[0])


def _value(slot: Slot) -> str:
    return f"{slot.day.isoformat()} {slot.window}"


def _options(about: Situation, place: str, free: Sequence[Slot]) -> tuple[Option, ...]:
    post = about.case.handling_unit
    names = {UUID(one.value): one.words for one in about.offices.couriers_of(post)}
    key = ("windows", post, about.open_unit(place), place)
    return about.offices.once(key, lambda: tuple(_option(slot, names) for slot in free))


def _option(slot: Slot, names: Mapping[UUID, Words]) -> Option:
    when = f"{slot.day:%d/%m} · {slot.window}"
    words = Words(when, when)
    if slot.left is not None:
        words = Words(f"{when} · còn {slot.left} chỗ", f"{when} · {slot.left} left")
    if slot.full:
        who = ", ".join(sorted(names[courier].vi for courier in slot.full))
        words = Words(f"{words.vi} (đủ lượt: {who})", f"{words.en} (full: {who})")
    return Option(_value(slot), words, weekday(slot.day))


def _kept(now: VisitView) -> Option:
    when = f"{now.day:%d/%m} · {now.time_window}"
    words = Words(f"{when} · giữ nguyên giờ", f"{when} · as it is")
    return Option(f"{now.day.isoformat()} {now.time_window}", words, weekday(now.day))
