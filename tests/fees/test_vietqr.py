"""VietQR against published vectors, against an independent reader of QR pictures, and against damage."""

import io
import json
from typing import Any

import pytest
import qrcode
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from backend.fees.vietqr import MOST, Transfer, VietQrUnreadable, crc, decode, encode
from tests.shared_data import shared

POST = Transfer(
    bin="970449",
    account="0277102200001",
    amount=72_000,
    name="Bưu điện Thấp Mười",
    more={"08": "DT3K4M7XCA"},
)


def vectors() -> list[dict[str, Any]]:
    return json.loads(shared("domain", "data", "vietqr_vectors.json").read_text(encoding="utf-8"))


def test_the_crc_is_that_of_the_specification() -> None:
    assert crc("123456789") == "29B1"


def test_every_published_vector_is_read_or_refused_as_it_should_be() -> None:
    for vector in vectors():
        good = vector["well_formed"] and vector["crc_ok"] and vector["semantic_ok"]
        if not good:
            with pytest.raises(VietQrUnreadable):
                decode(vector["payload"])
            continue
        read = decode(vector["payload"])
        if "beneficiary" in vector:
            assert {"00": read.bin, "01": read.account} == vector["beneficiary"], vector["name"]
            assert dict(read.more) == vector["additional"], vector["name"]


def test_published_transfers_are_written_character_for_character() -> None:
    """All but the one for cash, whose fields we never write."""
    for vector in vectors():
        if vector["well_formed"] and vector["crc_ok"] and vector["semantic_ok"] and vector["name"] != "cash_withdrawal":
            assert encode(decode(vector["payload"])) == vector["payload"], vector["name"]


def test_another_reader_sees_in_the_picture_what_was_asked() -> None:
    picture = io.BytesIO()
    qrcode.make(encode(POST)).save(picture, kind="PNG")  # pyright: ignore[reportUnknownMemberType]
    [found] = zxingcpp.read_barcodes(Image.open(picture))
    read = decode(found.text)
    assert (read.bin, read.account, read.amount, read.more) == ("970449", "0277102200001", 72_000, {"08": "DT3K4M7XCA"})
    assert read.name == "Buu dien Thap Muoi"


@given(st.data())
def test_no_changed_character_passes(data: st.DataObject) -> None:
    text = encode(POST)
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(min_codepoint=32, max_codepoint=126).filter(lambda one: one != text[place]))
    with pytest.raises(VietQrUnreadable):
        decode(text[:place] + other + text[place + 1 :])


@given(st.text())
@settings(max_examples=300)
def test_whatever_is_scanned_is_read_or_refused(text: str) -> None:
    with pytest.raises(VietQrUnreadable):
        decode(text)
    with pytest.raises(VietQrUnreadable):
        decode((whole := text.encode("ascii", "ignore").decode() + "6304") + crc(whole))


@given(
    st.from_regex(r"\A[0-9A-Za-z]{1,19}\Z"),
    st.integers(1, MOST) | st.none(),
    st.from_regex(r"\A[ -~]{1,25}\Z"),
)
def test_what_was_written_is_read(account: str, amount: int | None, purpose: str) -> None:
    written = Transfer(bin="970405", account=account, amount=amount, more={"08": purpose})
    assert decode(encode(written)) == written


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 0},
        {"amount": MOST + 1},
        {"account": "0277 1022"},
        {"account": "1" * 20},
        {"bin": "97044"},
        {"name": "x" * 26},
        {"name": "日本"},
        {"more": {"08": "x" * 26}},
        {"more": {"11": "x"}},
    ],
)
def test_what_no_bank_would_read_is_not_written(wrong: dict[str, Any]) -> None:
    values: dict[str, Any] = {"bin": POST.bin, "account": POST.account, "amount": 1000} | wrong
    with pytest.raises(VietQrUnreadable):
        encode(Transfer(**values))
