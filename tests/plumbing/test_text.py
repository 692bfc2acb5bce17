"""The text gate and folding."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import Invalid
from backend.text import UnusableCharacter, folded, gate


@pytest.mark.parametrize(
    ("character", "said"),
    [
        ("\0", "ký tự rỗng (U+0000)"),
        ("\x07", "ký tự điều khiển (U+0007)"),
        ("\t", "ký tự điều khiển (U+0009)"),
        ("\n", "ký tự điều khiển (U+000A)"),
        ("\x85", "ký tự điều khiển (U+0085)"),
        ("\u202e", "ký tự đổi chiều chữ (U+202E)"),
        ("\u2067", "ký tự đổi chiều chữ (U+2067)"),
        ("\u200f", "ký tự đổi chiều chữ (U+200F)"),
        ("\u200b", "ký tự ẩn (U+200B)"),
        ("\u200d", "ký tự ẩn (U+200D)"),
        ("\ufeff", "ký tự ẩn (U+FEFF)"),
        ("\u00ad", "ký tự ẩn (U+00AD)"),
        ("\u034f", "ký tự ẩn (U+034F)"),
        ("\u3164", "ký tự ẩn (U+3164)"),
        ("\ufe0f", "ký tự ẩn (U+FE0F)"),
        ("\U000e0041", "ký tự ẩn (U+E0041)"),
        ("\u0378", "mã chưa được gán chữ (U+0378)"),
        ("\uffff", "mã chưa được gán chữ (U+FFFF)"),
        ("\ue000", "mã dùng riêng (U+E000)"),
        ("\ud800", "nửa ký tự (U+D800)"),
        ("\u2028", "ký tự xuống dòng lạ (U+2028)"),
    ],
)
def test_a_character_that_cannot_be_seen_is_refused_by_name_and_place(character: str, said: str) -> None:
    with pytest.raises(UnusableCharacter) as refused:
        gate(f"Huệ{character}", pointer="/owner/name")
    assert str(refused.value) == f"Chữ thứ 4 là {said}, không dùng được. Xóa đi rồi gửi lại."
    assert refused.value.pointer == "/owner/name"
    assert isinstance(refused.value, Invalid)


def test_two_ways_to_write_one_name_become_one() -> None:
    decomposed = unicodedata.normalize("NFD", "Nguyễn Thị Huệ")
    assert decomposed != "Nguyễn Thị Huệ"
    assert gate(decomposed) == "Nguyễn Thị Huệ"


def test_the_place_is_counted_in_the_letters_people_see() -> None:
    with pytest.raises(UnusableCharacter, match="Chữ thứ 4 "):
        gate(unicodedata.normalize("NFD", "Huệ") + "\u200b")


@pytest.mark.parametrize(
    "text", ["", "Ấp 1, xã Mỹ Hiệp", "21.000 đồng", "D'Angelo – số 5/2", "Y Jŭt Êban", "漢字", "😀"]
)
def test_what_people_write_passes_unchanged(text: str) -> None:
    assert gate(text) == text


def test_several_lines_pass_only_where_lines_are_asked_for() -> None:
    assert gate("Qua cầu\r\nrẽ trái\rnhà mái tôn", lines=True) == "Qua cầu\nrẽ trái\nnhà mái tôn"
    with pytest.raises(UnusableCharacter):
        gate("Qua cầu\tsắt", lines=True)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("hoà", "hòa"),
        ("Thuý", "thúy"),
        ("Đốc Binh Kiều", "doc binh kieu"),
        ("Tân Công Sính", "Tân Công Sinh"),
        ("ĐỒNG THÁP", "đồng tháp"),
        ("Ðồng Tháp", "Đồng Tháp"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Huệ"), "nguyen thi hue"),
        ("  Mỹ   Hiệp ", "my hiep"),
        ("Lê\u00a0Lợi", "le loi"),
        ("1２３", "123"),
    ],
)
def test_spellings_that_search_must_not_tell_apart(left: str, right: str) -> None:
    assert folded(left) == folded(right)


@pytest.mark.parametrize(("left", "right"), [("Hoàn", "Hoa"), ("Tân Phú", "Tân Phước"), ("Ba", "Bá Ân")])
def test_names_that_differ_stay_different(left: str, right: str) -> None:
    assert folded(left) != folded(right)


@given(st.text())
def test_what_passed_the_gate_passes_it_again_unchanged(text: str) -> None:
    try:
        once = gate(text, lines=True)
    except UnusableCharacter:
        return
    assert gate(once, lines=True) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode()


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)
