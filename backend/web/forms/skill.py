"""Which couriers of a post may take a case of its model on a day, and how the others are marked (F23). Pure: no I/O."""

from collections.abc import Sequence, Set
from datetime import date
from uuid import UUID

from backend.appointments.slots import Slot
from backend.staff.competence_model import Mode
from backend.web.forms.field import FilledWrong, Option
from backend.web.forms.situation import Situation
from backend.web.model_words import MODELS
from backend.web.words import OVER, Words

PAGE = Words("Thành thạo mô hình", "Models mastered")
"""Where it is entered."""


def able(about: Situation, on: date) -> Set[UUID]:
    """Couriers of the case's post whom the gate of that day does not stop."""
    post, model = about.case.handling_unit, about.case.model
    return about.offices.once(("able", post, model, on), lambda: _able(about, on))


def _able(about: Situation, on: date) -> Set[UUID]:
    post, known = about.case.handling_unit, about.offices.competence
    couriers = (UUID(one.value) for one in about.offices.couriers_of(post))
    return frozenset(courier for courier in couriers if known.fits(post, about.case.model, courier, on))


def options(about: Situation, free: Sequence[Slot]) -> tuple[Option, ...]:
    """The couriers of the post, who may be given the case first; who has not mastered its model is marked."""
    post, model = about.case.handling_unit, about.case.model
    days = tuple(dict.fromkeys(slot.day for slot in free))
    return about.offices.once(("skill", post, model, days), lambda: _options(about, days or (about.offices.today,)))


def _options(about: Situation, days: Sequence[date]) -> tuple[Option, ...]:
    couriers = about.offices.couriers_of(about.case.handling_unit)
    marks = [(_lacking(about, UUID(one.value), days), one) for one in couriers]
    return tuple(_marked(one, lacking, days) for lacking, one in sorted(marks, key=lambda it: len(it[0])))


def _lacking(about: Situation, courier: UUID, days: Sequence[date]) -> list[date]:
    """Days for which somebody looks and nothing is entered."""
    known, post, model = about.offices.competence, about.case.handling_unit, about.case.model
    return [
        on for on in days if known.mode(post, model, on) is not Mode.OFF and not known.has_mastered(courier, model, on)
    ]


def _marked(one: Option, lacking: Sequence[date], days: Sequence[date]) -> Option:
    if not lacking:
        return one
    when = "" if len(lacking) == len(days) else f" {min(lacking):%d/%m}–{max(lacking):%d/%m}"
    return Option(
        one.value,
        Words(
            f"{one.words.vi} · chưa ghi là thành thạo mô hình này{when}",
            f"{one.words.en} · not known to master this model{when}",
        ),
    )


def must_fit(about: Situation, courier: UUID, on: date) -> None:
    """Raises FilledWrong, naming who could go that day."""
    fit = able(about, on)
    couriers = about.offices.couriers_of(about.case.handling_unit)
    if courier in fit or courier not in {UUID(one.value) for one in couriers}:
        return
    model = MODELS[about.case.model].vi
    names = ", ".join(one.words.vi for one in couriers if UUID(one.value) in fit)
    could = f"Người đi được: {names}." if names else f"{nobody(about).vi}"
    raise FilledWrong(
        f"Ngày {on:%d/%m/%Y} bưu cục chỉ giao mô hình “{model}” cho người đã được ghi là thành thạo. {could}",
        pointer="/courier",
    )


def nobody(about: Situation) -> Words:
    """What to do where no courier of the post may be given the case."""
    model = MODELS[about.case.model]
    return Words(
        f"Chưa bưu tá nào của bưu cục được ghi là thành thạo mô hình “{model.vi}”."
        f" Trưởng bưu cục ghi ở trang {PAGE.vi}.",
        f"No courier of the post is known to master the model “{model.en}”."
        f" The head of post enters it under {PAGE.en}.",
    )


def warning(about: Situation) -> Words | None:
    """Where a window cannot be promised on any day because nobody may go."""
    if about.case.live_visit is not None or about.case.state in OVER:
        return None
    days = {slot.day for slot in about.slots("home") if slot.left != 0}
    return nobody(about) if days and not any(able(about, on) for on in days) else None
