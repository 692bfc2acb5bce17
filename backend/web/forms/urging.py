"""Forms between the province and a unit: urging it about the case, and its answer. Pure: no I/O."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from backend.web.forms.asking import numbered, text_of
from backend.web.forms.field import Field, Filled, Form, Option, Written, hidden
from backend.web.forms.situation import Situation
from backend.web.urging_views import UrgingView
from backend.web.words import Words, act_words, day

DAYS_GIVEN, USUAL = 15, 2
"""How far ahead the day for an answer may be, and which day is offered first, from today."""


def urge(about: Situation) -> Iterator[Form]:
    """Of a case that is over too: money and papers may still be due."""
    case, days = about.case, _days(about)
    units = list(dict.fromkeys((case.handling_unit, case.supporting_unit, case.competent_unit)))
    yield Form(
        kind="urge",
        main=False,
        title=act_words("urge"),
        button=Words("Gửi đôn đốc", "Send"),
        fields=(
            Field(
                name="unit",
                words=Words("Đơn vị", "Unit"),
                kind="select",
                value=str(units[0]),
                options=about.unit_options(units),
            ),
            Field(name="words", words=Words("Việc cần làm", "What is to be done"), kind="textarea"),
            Field(
                name="answer_by",
                words=Words("Hạn trả lời", "To answer by"),
                kind="select",
                value=str(days[USUAL]),
                options=tuple(Option(str(one), Words(day(one), day(one))) for one in days),
            ),
        ),
        tried={"words": "…"},
        tries_personal=True,
    )


def _days(about: Situation) -> list[date]:
    return [about.offices.today + timedelta(days=ahead) for ahead in range(DAYS_GIVEN)]


def urged(about: Situation, filled: Filled, act: UUID) -> Written:
    body = {
        "urging_id": str(act),
        "unit": filled.choice("unit", [str(unit) for unit in about.case.units]),
        "answer_by": filled.choice("answer_by", [str(one) for one in _days(about)]),
    }
    return Written(body, {"words": text_of(filled, "words")})


def answer_urging(about: Situation) -> Iterator[Form]:
    """One for each that nobody has answered; the rules say whose it is."""
    waiting = [one for one in about.case.urgings if one.state == "urged"]
    for number, one in enumerate(waiting, 1):
        yield Form(
            kind="answer_urging",
            title=numbered("answer_urging", number, len(waiting)),
            button=Words("Gửi trả lời", "Send the answer"),
            note=_said(one),
            fields=(
                hidden("urging_id", one.urging_id),
                Field(name="answer", words=Words("Trả lời", "Answer"), kind="textarea"),
            ),
            tried={"answer": "…"},
            tries_personal=True,
        )


def _said(one: UrgingView) -> Words:
    return Words(
        f"{one.urged_by_name}, hạn {day(one.answer_by)}: {one.words or ''}",
        f"{one.urged_by_name}, by {day(one.answer_by)}: {one.words or ''}",
    )


def answered(_about: Situation, filled: Filled, _act: UUID) -> Written:
    return Written({"urging_id": str(filled.id("urging_id"))}, {"answer": text_of(filled, "answer")})
