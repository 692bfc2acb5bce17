"""A filled form before an officer: in the order in which it is read, in words, each answer with its source."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from backend.eforms.model import Filled, canonical
from backend.web.form_words import Shown, shown
from backend.web.people_views import ReadingView
from tests.builders_forms import VERSION, filled_copy, hash_of


def reading(filled: dict[str, Any], version: str = VERSION, **changes: Any) -> ReadingView:
    told: dict[str, Any] = {
        "visit_id": UUID(int=1),
        "document": "to_khai",
        "form_version": version,
        "content_sha256": hash_of(filled, version),
        "read_at": datetime(2026, 11, 25, tzinfo=UTC),
        "read_by_name": "Lan",
        "signed": False,
        "content": canonical(version, Filled(**filled)).decode(),
    }
    return ReadingView(**told | changes)


def lines(form: Shown) -> list[tuple[str, str, str]]:
    return [(line.asked.vi, line.answered.vi, line.source.vi) for part in form.parts for line in part.lines]


def test_each_answer_is_in_words_with_its_source_in_reading_order() -> None:
    form = shown(reading(filled_copy()))
    assert form is not None
    assert form.as_hashed
    assert form.title.vi == "Tờ khai cấp bản sao trích lục hộ tịch"
    assert [part.title.vi for part in form.parts] == [
        "Người yêu cầu",
        "Bản sao cần cấp",
        "Người được cấp",
        "Lần đăng ký",
    ]
    said = lines(form)
    assert said[1] == ("Họ, chữ đệm, tên người yêu cầu", "Nguyễn Thị Sáu", "từ thẻ căn cước")
    assert ("Bản sao trích lục về", "Khai sinh", "nghe nói") in said
    assert "12/03/1954" in [answered for _, answered, _ in said]
    assert len(said) == len(filled_copy()["values"])


def test_what_was_not_hashed_so_is_said() -> None:
    form = shown(reading(filled_copy(), content_sha256="0" * 64))
    assert form is not None
    assert not form.as_hashed


def test_nothing_is_hidden_of_a_form_that_nobody_knows_or_of_a_field_that_it_has_not() -> None:
    strange = filled_copy(ghi_chu="Bà nói thêm")
    strange["sources"]["ghi_chu"] = "heard"
    form = shown(reading(strange))
    assert form is not None
    assert lines(form)[-1] == ("ghi_chu", "Bà nói thêm", "không rõ")
    unknown = shown(reading(strange, "ct-2026-01"))
    assert unknown is not None
    assert len(lines(unknown)) == len(strange["values"])


def test_of_a_form_on_paper_nothing_is_shown() -> None:
    assert shown(reading(filled_copy(), content=None)) is None
