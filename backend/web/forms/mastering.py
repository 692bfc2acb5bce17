"""Forms on who has mastered which model, and on the gate of an office. Pure: no I/O."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import get_args
from uuid import UUID

import msgspec

from backend.staff.competence_model import LONGEST_EVIDENCE, Competence, Gate, Mode, Qualification
from backend.units.model import Model
from backend.web.forms.field import Field, Filled, FilledWrong, Form, Option, options
from backend.web.forms.party_fields import read_day
from backend.web.model_words import MODELS, MODES
from backend.web.office_views import Colleague
from backend.web.words import Words, day

MODEL: Mapping[str, Model] = {model: model for model in get_args(Model)}
SAID = {
    "qualify": Words("Ghi người thành thạo", "Enter who has mastered a model"),
    "take_back": Words("Lấy lại", "Take back"),
    "set_gate": Words("Đặt mức kiểm tra", "Set what is done about others"),
}
"""What each form is called."""
USUALLY = timedelta(days=365)


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """An office as its head sees it. `people`: who serves citizens there."""

    unit: UUID
    today: date
    people: Sequence[Colleague]
    known: Competence

    def of(self, person: UUID, model: str) -> list[Qualification]:
        """What is entered and has not ended, the earliest first."""
        return [
            one
            for one in self.known.qualifications
            if (one.person_id, one.model) == (person, model) and one.until >= self.today
        ]

    def mode(self, model: str) -> Mode:
        """Today's."""
        return self.known.mode(self.unit, model, self.today)

    def later(self, model: str) -> list[Gate]:
        """Of what is to begin."""
        return [one for one in self.known.gates if one.model == model and one.since > self.today]


def forms(about: Office) -> list[Form]:
    """First who has mastered a model, then what is done about the others."""
    people = tuple(Option(str(one.person_id), Words(*[f"{one.name} ({one.badge})"] * 2)) for one in about.people)
    since = Field(name="since", words=Words("Từ ngày", "From"), value=day(about.today))
    until = Field(name="until", words=Words("Đến hết ngày", "Until"), value=day(about.today + USUALLY))
    model = Field(name="model", words=Words("Mô hình", "Model"), kind="select", options=options(MODELS))
    return [
        Form(
            kind="qualify",
            title=SAID["qualify"],
            fields=(
                Field(name="person", words=Words("Người", "Person"), kind="select", options=people),
                model,
                since,
                until,
                Field(
                    name="evidence",
                    words=Words("Bằng chứng", "Evidence"),
                    hint=Words("như số giấy chứng nhận, danh sách tập huấn", "as the number of a certificate"),
                ),
            ),
        ),
        Form(
            kind="set_gate",
            title=SAID["set_gate"],
            fields=(
                model,
                Field(name="mode", words=Words("Mức kiểm tra", "What is done"), kind="radio", options=options(MODES)),
                since,
            ),
        ),
    ]


def take_back(one: Qualification) -> Form:
    return Form(
        kind="take_back",
        title=SAID["take_back"],
        fields=(Field(name="qualification", words=Words("", ""), kind="hidden", value=str(one.id)),),
    )


def entered(kind: str, filled: Filled, act: UUID, unit: UUID, by: UUID, at: datetime) -> Qualification | Gate | UUID:
    """What a form says: a row to be, or the id of what is taken back. Raises FilledWrong."""
    if kind == "take_back":
        return filled.id("qualification")
    if kind not in SAID:
        raise FilledWrong("Tải lại trang rồi gửi lại biểu mẫu.")
    model, since = MODEL[filled.choice("model", MODEL)], read_day(filled.text("since", longest=20), "since")
    if kind == "set_gate":
        mode = Mode(filled.choice("mode", MODES))
        return Gate(id=act, unit_id=unit, model=model, mode=mode, since=since, set_by=by, recorded_at=at)
    return Qualification(
        id=act,
        person_id=filled.id("person"),
        unit_id=unit,
        model=model,
        since=since,
        until=read_day(filled.text("until", longest=20), "until"),
        evidence=filled.text("evidence", longest=LONGEST_EVIDENCE),
        entered_by=by,
        recorded_at=at,
    )
